package import Core
package import Foundation
package import Rendering

extension MailLetter {
    /// FirstBell's own subject and text in one language, with placeholders: where a district's words begin.
    package func ownText(_ words: Words, _ zone: TimeZone) -> (subject: String, body: String) {
        let (name, username) = (MailPlaceholder.givenName.text, MailPlaceholder.username.text)
        let sender = LetterSender(name: "", place: "")
        let wording =
            isPressed
            ? ActivationMail(
                kind: reader, givenName: name, username: username, link: Redacted(""),
                worksUntil: Timestamp(milliseconds: 0), sender: sender, message: ""
            ).wording(words, zone)
            : RenewalMail(
                kind: reader, givenName: name, username: username, link: Redacted(""),
                worksUntil: Timestamp(milliseconds: 0), sender: sender
            ).wording(words, zone)
        return (wording.subject, wording.opening.joined(separator: "\n\n"))
    }
}
