package import Core
package import Foundation
package import Rendering

/// The mail to somebody who has forgotten the own password. The old one works until a new one is chosen.
package struct RenewalMail: Sendable {
    package let kind: AccountKind
    package let givenName: String
    package let username: String
    package let link: Redacted<String>
    package let code: LetterCode?
    package let worksUntil: Timestamp
    package let sender: LetterSender
    /// nil for FirstBell's own words.
    package let own: DistrictText?

    package init(
        kind: AccountKind, givenName: String, username: String, link: Redacted<String>, code: LetterCode? = nil,
        worksUntil: Timestamp, sender: LetterSender, own: DistrictText? = nil
    ) {
        self.kind = kind
        self.givenName = givenName
        self.username = username
        self.link = link
        self.code = code
        self.worksUntil = worksUntil
        self.sender = sender
        self.own = own
    }

    /// The mail's sentences in one language.
    package func wording(_ words: Words, _ zone: TimeZone) -> LetterWording {
        let values = ["name": givenName, "moment": words.moment(worksUntil.date, zone)]
        let button = words("Choose a new password")
        let filled = own?.filled(
            givenName: givenName, username: username, sender: sender, linkEnds: words.moment(worksUntil.date, zone))
        return LetterWording(
            subject: filled?.subject ?? words("{name}, choose a new password", values),
            opening: filled?.paragraphs ?? [
                words("Hello {name},", values),
                words(
                    "Somebody pressed “Forgot your password?” for your account at FirstBell. Was it you? Press the button and choose a new password."
                ),
            ],
            openingWithoutButton: filled.map { $0.paragraphs + ["\(button):"] } ?? [
                words("Hello {name},", values),
                words(
                    "Somebody pressed “Forgot your password?” for your account at FirstBell. Was it you? Open this address and choose a new password:"
                ),
            ],
            message: "", button: button, kind: .invites,
            username: username,
            usernameLine: words("Your username is {username}. The button works until {moment}.", values),
            usernameLineWithoutButton: words("Your username is {username}. The address works until {moment}.", values),
            caution: kind == .student
                ? words(
                    "Was it not you? Then do nothing: your password stays as it is. If it happens again, tell your teacher."
                )
                : words(
                    "Was it not you? Then leave this mail alone: your password stays as it is. If it happens again, tell the school office."
                ),
            fallback: words("Does the button not work? Copy this address:"), code: code,
            sender: sender)
    }

    /// Throws when the templates do not fit.
    package func letter(_ words: Words, _ zone: TimeZone, _ renderer: Renderer) throws -> Letter {
        try wording(words, zone).letter(link: link, words, renderer)
    }
}
