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
    /// What stands before the button; the last paragraph leads to it. Lines end with LF.
    package let opening: [String]
    package let openingWithoutButton: [String]
    package let message: String
    package let button: String
    package let kind: Button
    package let username: String
    package let usernameLine: String
    package let usernameLineWithoutButton: String
    package let caution: String
    package let fallback: String
    /// For those whose mail program breaks links; nil where no link opens an account.
    package let code: LetterCode?
    package let sender: LetterSender

    /// The username line around the username, which HTML sets apart.
    package var aroundUsername: (before: String, after: String) { Self.around("{username}", in: usernameLine) }

    func letter(link: Redacted<String>, _ words: Words, _ renderer: Renderer) throws -> Letter {
        let plain = Self.around("{username}", in: usernameLineWithoutButton)
        let html = LetterHTML(
            language: words.language, direction: words.direction, subject: subject,
            opening: opening.map { TextParagraph(lines: TextLine.lines(of: $0)) }, hasMessage: !message.isEmpty,
            messageLines: TextLine.lines(of: message), link: link.value,
            button: button, isInvitation: kind == .invites, beforeUsername: aroundUsername.before, username: username,
            afterUsername: aroundUsername.after, caution: caution, signature: TextLine.lines(sender.lines),
            fallback: fallback,
            codeLine: code?.line(words), code: code?.text.value)
        let text = LetterText(
            opening: openingWithoutButton.joined(separator: "\n\n"), link: link.value, hasMessage: !message.isEmpty,
            message: message, usernameLine: plain.before + username + plain.after,
            codeLine: code?.plainLine(words), code: code?.text.value, caution: caution,
            signature: sender.lines.joined(separator: "\n"))
        return Letter(
            subject: HeaderText(cleaning: subject), text: try renderer.render(text, words: words),
            html: try renderer.render(html, words: words), language: words.language)
    }

    private static func around(_ mark: String, in line: String) -> (before: String, after: String) {
        guard let range = line.firstRange(of: mark) else { return (line, "") }
        return (String(line[..<range.lowerBound]), String(line[range.upperBound...]))
    }
}
