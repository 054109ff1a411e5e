/// The activation email as its reader will see it, for the Send dialog: sentence by sentence, and whole.
package struct LetterPreview: Sendable {
    let sender: String
    let subject: String
    /// What stands before the Additional Message.
    let opening: [String]
    /// The words on the button.
    let button: String
    /// What stands after the button.
    let closing: [String]
    let signature: [String]
    /// The mail itself; nil where only its sentences are shown.
    let looks: MailLooks?

    package init(
        sender: String, subject: String, opening: [String], button: String, closing: [String], signature: [String],
        looks: MailLooks? = nil
    ) {
        self.sender = sender
        self.subject = subject
        self.opening = opening
        self.button = button
        self.closing = closing
        self.signature = signature
        self.looks = looks
    }
}
