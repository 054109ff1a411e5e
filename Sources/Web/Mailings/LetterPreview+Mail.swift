import Core
import Mail
import Rendering

extension LetterPreview {
    /// The activation email to one of those who get it, in that person's language: the sentences of the mail itself.
    init(
        to reader: MailingPreview.Person, _ kind: AccountKind = .student, from sender: SignedIn, message: String,
        publicURL: String, _ visit: Visit
    ) {
        let words = visit.house.catalogs.words(reader.language)
        let from = LetterSender(name: sender.name, place: sender.place)
        let mail = ActivationMail.preview(
            kind: kind, givenName: reader.givenName, username: reader.username, sender: from, message: message,
            publicURL: publicURL, at: visit.now)
        let wording = mail.wording(words, visit.zone)
        self.init(
            sender: "\(sender.name), \(sender.place)", subject: wording.subject,
            opening: [wording.greeting, wording.opening], button: wording.button,
            closing: [
                wording.usernameLine.replacing("{username}", with: reader.username), wording.caution,
            ], signature: [sender.name, sender.place])
    }
}
