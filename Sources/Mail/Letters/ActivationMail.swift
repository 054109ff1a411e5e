package import Core
package import Foundation
package import Rendering

/// The mail with which an account begins. It names its reader, since siblings may share an address.
package struct ActivationMail: Sendable {
    package let kind: AccountKind
    package let givenName: String
    package let username: String
    package let link: Redacted<String>
    package let code: LetterCode?
    package let worksUntil: Timestamp
    package let sender: LetterSender
    /// The Additional Message: shown as it was written, never a template, never made a link by us.
    package let message: String
    /// nil for FirstBell's own words.
    package let own: DistrictText?

    package init(
        kind: AccountKind = .student, givenName: String, username: String, link: Redacted<String>,
        code: LetterCode? = nil, worksUntil: Timestamp, sender: LetterSender, message: String, own: DistrictText? = nil
    ) {
        self.kind = kind
        self.givenName = givenName
        self.username = username
        self.link = link
        self.code = code
        self.worksUntil = worksUntil
        self.sender = sender
        self.message = message
        self.own = own
    }

    /// The mail's sentences in one language, for the mail itself and for the page that shows it beforehand.
    package func wording(_ words: Words, _ zone: TimeZone) -> LetterWording {
        let values = ["name": givenName, "day": words.day(worksUntil.date, zone)]
        let isStudent = kind == .student
        let button = words("Choose my password")
        let filled = own?.filled(
            givenName: givenName, username: username, sender: sender, linkEnds: words.day(worksUntil.date, zone))
        let greeting = words("Hello {name},", values)
        return LetterWording(
            subject: filled?.subject
                ?? (isStudent
                    ? words("{name}, your school account is ready", values)
                    : words("{name}, your staff account is ready", values)),
            opening: filled?.paragraphs ?? [
                greeting,
                isStudent
                    ? words(
                        "Your school account at FirstBell is ready. Press the button and choose your own password.")
                    : words(
                        "Your staff account at FirstBell is ready. With it you help your students to sign in. Press the button and choose your own password."
                    ),
            ],
            openingWithoutButton: filled.map { $0.paragraphs + ["\(button):"] } ?? [
                greeting,
                isStudent
                    ? words(
                        "Your school account at FirstBell is ready. Open this address and choose your own password:")
                    : words(
                        "Your staff account at FirstBell is ready. With it you help your students to sign in. Open this address and choose your own password:"
                    ),
            ],
            message: message, button: button, kind: .invites,
            username: username,
            usernameLine: words("Your username is {username}. The button works until {day}.", values),
            usernameLineWithoutButton: words("Your username is {username}. The address works until {day}.", values),
            caution: isStudent
                ? words("Did you not expect this mail? Show it to a grown-up or to your teacher.")
                : words("Did you not expect this mail? Then leave it alone, and tell the school office."),
            fallback: words("Does the button not work? Copy this address:"), code: code,
            sender: sender)
    }

    /// Throws when the templates do not fit.
    package func letter(_ words: Words, _ zone: TimeZone, _ renderer: Renderer) throws -> Letter {
        try wording(words, zone).letter(link: link, words, renderer)
    }
}
