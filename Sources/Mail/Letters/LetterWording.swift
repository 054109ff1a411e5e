import Core
import Rendering

/// What a mail says, sentence by sentence: all our mails are made of these parts. `{username}` still stands in the username
/// lines.
package struct LetterWording: Sendable, Equatable {
    /// What the reader can press; in plain text the address stands in its place.
    package enum Button: Sendable, Equatable {
        /// What the mail is sent for.
        case invites
        /// For those who must object; nobody else needs it.
        case objects
    }

    package let subject: String
    package let greeting: String
    /// The paragraphs before the button; the last one leads to it.
    package let opening: String
    package let openingWithoutButton: String
    package let message: String
    package let button: String
    package let kind: Button
    package let username: String
    package let usernameLine: String
    package let usernameLineWithoutButton: String
    package let caution: String
    package let fallback: String
    package let sender: LetterSender

    /// The username line around the username, which HTML sets apart.
    package var aroundUsername: (before: String, after: String) { Self.around("{username}", in: usernameLine) }

    func letter(link: Redacted<String>, _ words: Words, _ renderer: Renderer) throws -> Letter {
        let plain = Self.around("{username}", in: usernameLineWithoutButton)
        let html = LetterHTML(
            language: words.language, direction: words.direction, subject: subject, greeting: greeting,
            opening: opening, hasMessage: !message.isEmpty, messageLines: TextLine.lines(of: message), link: link.value,
            button: button, isInvitation: kind == .invites, beforeUsername: aroundUsername.before, username: username,
            afterUsername: aroundUsername.after, caution: caution, signature: sender.lines, fallback: fallback)
        let text = LetterText(
            greeting: greeting, opening: openingWithoutButton, link: link.value, hasMessage: !message.isEmpty,
            message: message, usernameLine: plain.before + username + plain.after, caution: caution,
            signature: sender.lines)
        return Letter(
            subject: HeaderText(cleaning: subject), text: try renderer.render(text, words: words),
            html: try renderer.render(html, words: words), language: words.language)
    }

    private static func around(_ mark: String, in line: String) -> (before: String, after: String) {
        guard let range = line.firstRange(of: mark) else { return (line, "") }
        return (String(line[..<range.lowerBound]), String(line[range.upperBound...]))
    }
}

/// Who a mail is from, as its reader knows them: teacher and school, or school and district.
package struct LetterSender: Sendable, Equatable {
    package let name: String
    /// Empty where the name says all.
    package let place: String
    package init(name: String, place: String) {
        self.name = name
        self.place = place
    }

    var parts: [String] { [name, place].filter { !$0.isEmpty } }
    var lines: [TextLine] { parts.enumerated().map { TextLine(text: $1, isLast: $0 == parts.count - 1) } }
}

/// One line of text that a person wrote with line ends.
struct TextLine: Sendable {
    let text: String
    let isLast: Bool

    static func lines(of text: String) -> [TextLine] {
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.enumerated().map { TextLine(text: String($1), isLast: $0 == lines.count - 1) }
    }
}

struct LetterHTML: Page {
    static let template = "mail/letter-html"
    let language: String
    let direction: String
    let subject: String
    let greeting: String
    let opening: String
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
}

struct LetterText: Page {
    static let template = "mail/letter-text"
    let greeting: String
    let opening: String
    let link: String
    let hasMessage: Bool
    let message: String
    let usernameLine: String
    let caution: String
    let signature: [TextLine]
}
