package import Core
package import Foundation
package import Rendering

/// The mail that tells what happened to an account. It holds no secret: its address opens no account, it only lets one be
/// flagged.
package struct NoticeMail: Sendable {
    package let kind: AccountKind
    package let event: Notice.Event
    package let givenName: String
    package let username: String
    /// The grown-up who did it; nil for the account's owner and for a roster.
    package let actor: String?
    package let at: Timestamp
    package let link: Redacted<String>
    package let sender: LetterSender

    package init(
        kind: AccountKind, event: Notice.Event, givenName: String, username: String, actor: String?, at: Timestamp,
        link: Redacted<String>, sender: LetterSender
    ) {
        self.kind = kind
        self.event = event
        self.givenName = givenName
        self.username = username
        self.actor = actor
        self.at = at
        self.link = link
        self.sender = sender
    }

    /// The mail's sentences in one language.
    package func wording(_ words: Words, _ zone: TimeZone) -> LetterWording {
        let values = ["name": givenName]
        return LetterWording(
            subject: subject(words),
            opening: [
                words("Hello {name},", values),
                "\(Self.fact(event, actor: actor, at: at, words, zone)) \(words("Was it you, or did you know? Then there is nothing to do."))",
            ],
            openingWithoutButton: [
                words("Hello {name},", values),
                "\(Self.fact(event, actor: actor, at: at, words, zone)) \(words("Was it you, or did you know? Then there is nothing to do. If not, open this address:"))",
            ],
            message: "",
            button: words("This was not me"), kind: .objects,
            username: username,
            usernameLine: words("It is about the account with the username {username}."),
            usernameLineWithoutButton: words("It is about the account with the username {username}."),
            caution: kind == .student
                ? words("Nobody will ever ask you for your password, not even your teacher.")
                : words("Nobody will ever ask you for your password, not even the school office."),
            fallback: words("Does the button not work? Copy this address:"), code: nil,
            sender: sender)
    }

    private func subject(_ words: Words) -> String {
        let values = ["name": givenName]
        return switch event {
        case .passwordChosen: words("{name}, your account is in use now", values)
        case .passwordChanged: words("{name}, your password was changed", values)
        case .passwordReset: words("{name}, your password was reset", values)
        case .addressChanged: words("{name}, your mail goes elsewhere now", values)
        }
    }

    /// What happened and when, in one sentence; the page behind the mail says the same.
    package static func fact(
        _ event: Notice.Event, actor: String?, at: Timestamp, _ words: Words, _ zone: TimeZone
    ) -> String {
        var values = ["moment": words.moment(at.date, zone)]
        values["person"] = actor
        return switch event {
        case .passwordChosen:
            words("On {moment} somebody chose a password for your account at FirstBell.", values)
        case .passwordChanged:
            words("On {moment} the password of your account at FirstBell was changed.", values)
        case .passwordReset where actor != nil:
            words(
                "On {moment} {person} reset the password of your account at FirstBell: the old one no longer works.",
                values)
        case .passwordReset:
            words(
                "On {moment} the password of your account at FirstBell was reset: the old one no longer works.", values)
        case .addressChanged:
            words(
                "On {moment} your account at FirstBell got another email address. This is the last mail to this one.",
                values)
        }
    }

    /// Throws when the templates do not fit.
    package func letter(_ words: Words, _ zone: TimeZone, _ renderer: Renderer) throws -> Letter {
        try wording(words, zone).letter(link: link, words, renderer)
    }
}
