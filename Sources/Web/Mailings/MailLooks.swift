import Hummingbird
package import Mail

/// A mail as it is sent, byte for byte but for what opens a door: as HTML, on a phone, and as plain text.
///
/// A page that holds one is answered with `showingMail`.
package struct MailLooks: Sendable {
    let from: String
    let replyTo: String?
    let to: String
    let subject: String
    let html: String
    let text: String

    package init(_ letter: PreviewedLetter) {
        from = letter.from.inWords
        replyTo = letter.replyTo?.address.description
        to = letter.to
        subject = letter.letter.subject.description
        html = letter.letter.html
        text = letter.letter.text
    }
}

extension Mailbox {
    /// As a mail program shows it.
    fileprivate var inWords: String { "\(name) <\(address)>" }
}

extension Response {
    /// The same, where a mail may look as it does: mail programs know no style sheets, so its style stands in attributes.
    /// Script stays shut out, in the mail's frame twice.
    func showingMail() -> Response {
        var response = self
        response.headers[SecurityHeaders.policyName] = SecurityHeaders.policy + "; style-src-attr 'unsafe-inline'"
        return response
    }
}
