package import Core
package import Foundation
package import Rendering

/// The mail that tells an administrator of a roster that needs somebody. It holds no secret and no student's name: its
/// address is a page behind the sign-in.
package struct RosterNoticeMail: Sendable {
    package let notice: RosterNotice
    package let givenName: String
    package let username: String
    package let link: Redacted<String>
    package let sender: LetterSender

    package init(
        notice: RosterNotice, givenName: String, username: String, link: Redacted<String>, sender: LetterSender
    ) {
        self.notice = notice
        self.givenName = givenName
        self.username = username
        self.link = link
        self.sender = sender
    }

    /// The mail's sentences in one language.
    package func wording(_ words: Words, _ zone: TimeZone) -> LetterWording {
        let greeting = words("Hello {name},", ["name": givenName])
        return LetterWording(
            subject: subject(words),
            opening: [greeting, "\(fact(words, zone)) \(words("Look at it after you have signed in."))"],
            openingWithoutButton: [
                greeting, "\(fact(words, zone)) \(words("Look at it here after you have signed in:"))",
            ],
            message: "",
            button: words("Look at the roster plan"), kind: .invites,
            username: username,
            usernameLine: words("You get this mail as an administrator with the username {username}."),
            usernameLineWithoutButton: words("You get this mail as an administrator with the username {username}."),
            caution: words("Nobody will ever ask you for your password, not even the school office."),
            fallback: words("Does the button not work? Copy this address:"), code: nil,
            sender: sender)
    }

    private func subject(_ words: Words) -> String {
        switch notice.event {
        case .held:
            words.plural(
                "{count} school of a roster waits for you", "{count} schools of a roster wait for you",
                notice.schoolCount)
        case .waiting: words("A roster waits for you: nothing of it was taken yet")
        case .refused: words("A roster could not be read")
        }
    }

    private func fact(_ words: Words, _ zone: TimeZone) -> String {
        var values = ["file": notice.fileName, "moment": words.moment(notice.madeAt.date, zone)]
        switch notice.event {
        case .held:
            let others = notice.schoolCount - notice.schools.count
            let more = others > 0 ? [words.plural("{count} other", "{count} others", others)] : []
            values["schools"] = words.list(notice.schools + more)
            return words(
                "The roster {file} of {moment} would take people out, or change most at once: {schools}. There everybody stays as they are until an administrator confirms it. Everything else goes on.",
                values)
        case .waiting:
            return words(
                "The roster {file} of {moment} would change far too much at once, so nothing of it is taken until an administrator confirms it. Most often the export was cut short.",
                values)
        case .refused:
            values["reason"] = notice.refusal.map { words.message($0.reason, ["value": $0.value]) } ?? ""
            return words("The roster {file} of {moment} could not be read, so nothing was changed. {reason}", values)
        }
    }

    /// Throws when the templates do not fit.
    package func letter(_ words: Words, _ zone: TimeZone, _ renderer: Renderer) throws -> Letter {
        try wording(words, zone).letter(link: link, words, renderer)
    }
}
