import Core
import Mail
import Rendering
import Storage

extension LetterPreview {
    /// The mail that would be sent, from the code that sends it.
    init(_ letter: PreviewedLetter) {
        let wording = letter.wording
        self.init(
            sender: letter.from.name.description, subject: wording.subject, opening: wording.opening,
            button: wording.button,
            closing: [
                wording.usernameLine.replacing("{username}", with: wording.username), wording.caution,
            ], signature: wording.sender.lines, looks: MailLooks(letter))
    }
}

extension Services {
    /// A draft as somebody whom the sender may see would read it; nil where there is no such person.
    func preview(_ draft: MailDraft, to reader: ID<Account>, at now: Timestamp) async throws -> PreviewedLetter? {
        let mail = try await database.read { try $0.claimedMail(of: draft, to: reader, at: now) }
        return try mail.map { try mailroom.composer.preview(of: $0) }
    }
}
