package import Core
package import Foundation
package import Rendering

/// The mail with which the account of a teacher or administrator begins.
package struct StaffActivationMail: Sendable {
    package let givenName: String
    package let username: String
    package let link: Redacted<String>
    package let worksUntil: Timestamp
    package let sender: LetterSender
    package let message: String

    package init(
        givenName: String, username: String, link: Redacted<String>, worksUntil: Timestamp, sender: LetterSender,
        message: String
    ) {
        self.givenName = givenName
        self.username = username
        self.link = link
        self.worksUntil = worksUntil
        self.sender = sender
        self.message = message
    }

    /// The mail's sentences in one language.
    package func wording(_ words: Words, _ zone: TimeZone) -> ActivationWording {
        let values = ["name": givenName, "day": words.day(worksUntil.date, zone)]
        return ActivationWording(
            subject: words("{name}, your staff account is ready", values),
            greeting: words("Hello {name},", values),
            opening: words(
                "Your staff account at FirstBell is ready. With it you help your students to sign in. Press the button and choose your own password."
            ),
            openingWithoutButton: words(
                "Your staff account at FirstBell is ready. With it you help your students to sign in. Open this address and choose your own password:"
            ),
            message: message,
            button: words("Choose my password"),
            username: username,
            usernameLine: words("Your username is {username}. The button works until {day}.", values),
            usernameLineWithoutButton: words("Your username is {username}. The address works until {day}.", values),
            caution: words("Did you not expect this mail? Then leave it alone, and tell the school office."),
            fallback: words("Does the button not work? Copy this address:"),
            sender: sender)
    }

    /// Throws when the templates do not fit.
    package func letter(_ words: Words, _ zone: TimeZone, _ renderer: Renderer) throws -> Letter {
        try wording(words, zone).letter(link: link, words, renderer)
    }
}
