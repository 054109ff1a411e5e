import Rendering

/// A mail as HTML.
struct LetterHTML: Page {
    static let template = "mail/letter-html"
    let language: String
    let direction: String
    let subject: String
    let opening: [TextParagraph]
    let hasMessage: Bool
    let messageLines: [TextLine]
    let link: String
    let button: String
    let isInvitation: Bool
    let beforeUsername: String
    let username: String
    let afterUsername: String
    let caution: String
    let signature: [TextLine]
    let fallback: String
    let codeLine: String?
    let code: String?
}

/// A mail as plain text.
struct LetterText: Page {
    static let template = "mail/letter-text"
    let opening: String
    let link: String
    let hasMessage: Bool
    let message: String
    let usernameLine: String
    let codeLine: String?
    let code: String?
    let caution: String
    let signature: String
}
