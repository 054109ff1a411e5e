import Core
import Rendering

/// What an activation mail says, sentence by sentence. `{username}` still stands in the username lines.
package struct ActivationWording: Sendable, Equatable {
    package let subject: String
    package let greeting: String
    package let opening: String
    package let openingWithoutButton: String
    package let message: String
    package let button: String
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
        let html = ActivationMailHTML(
            language: words.language, direction: words.direction, subject: subject, greeting: greeting,
            opening: opening, hasMessage: !message.isEmpty, messageLines: TextLine.lines(of: message), link: link.value,
            button: button, beforeUsername: aroundUsername.before, username: username,
            afterUsername: aroundUsername.after, caution: caution, senderName: sender.name, senderPlace: sender.place,
            fallback: fallback)
        let text = ActivationMailText(
            greeting: greeting, opening: openingWithoutButton, link: link.value, hasMessage: !message.isEmpty,
            message: message, usernameLine: plain.before + username + plain.after, caution: caution,
            senderName: sender.name, senderPlace: sender.place)
        return Letter(
            subject: HeaderText(cleaning: subject), text: try renderer.render(text, words: words),
            html: try renderer.render(html, words: words), language: words.language)
    }

    private static func around(_ mark: String, in line: String) -> (before: String, after: String) {
        guard let range = line.firstRange(of: mark) else { return (line, "") }
        return (String(line[..<range.lowerBound]), String(line[range.upperBound...]))
    }
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

struct ActivationMailHTML: Page {
    static let template = "mail/activation-html"
    let language: String
    let direction: String
    let subject: String
    let greeting: String
    let opening: String
    let hasMessage: Bool
    let messageLines: [TextLine]
    let link: String
    let button: String
    let beforeUsername: String
    let username: String
    let afterUsername: String
    let caution: String
    let senderName: String
    let senderPlace: String
    let fallback: String
}

struct ActivationMailText: Page {
    static let template = "mail/activation-text"
    let greeting: String
    let opening: String
    let link: String
    let hasMessage: Bool
    let message: String
    let usernameLine: String
    let caution: String
    let senderName: String
    let senderPlace: String
}
