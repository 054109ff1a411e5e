package import Core
import Rendering

/// The Send dialog: who, what they will read, and in words what leaves before anything does.
package struct SendPage: Page {
    package static let template = "mailings/send"

    /// What must be mended before Send can be pressed again.
    package enum Problem: Sendable, Equatable {
        /// Nothing is ticked.
        case nobodyChosen
        /// Nobody of those chosen gets a mail.
        case nobodyToMail
        /// The Additional Message is longer than `AdditionalMessage.limit`.
        case messageTooLong
    }

    let layout: Layout
    let menu: AdminMenu
    let isAdmin: Bool
    let backHref: String
    let action: String
    let act: String
    let choice: GroupChoice
    let message: String
    let messageLimit: Int
    let messageProblem: String?
    let choiceProblem: String?
    let problem: String?
    let letter: LetterPreview?
    let addedLines: [String]
    let hasMessage: Bool
    let readers: String
    let sentence: String
    let skipped: [SkippedPeople]
    let hasSkipped: Bool
    let canSend: Bool

    /// `groups`: the chosen as checkboxes. `letter`: the mail to the first who gets one; nil when nobody does. `act` names
    /// this press of Send, however often it is pressed.
    package init(
        _ door: StudentDoor, groups: GroupChoice, choice: MailingChoice, message: String, preview: MailingPreview,
        letter: LetterPreview?, problem: Problem? = nil, act: ID<Act>, visit: Visit
    ) {
        let words = visit.words
        layout = Layout(words("Send Student Activation Emails"), visit, current: door.place)
        menu = AdminMenu(.students, words: words)
        isAdmin = door == .admin
        backHref = door.list
        action = door.send
        self.act = act.description
        self.choice = groups
        self.message = message
        messageLimit = AdditionalMessage.limit
        messageProblem = problem == .messageTooLong ? Self.tooLong(message, words) : nil
        choiceProblem = problem == .nobodyChosen ? door.tickSomething(words) : nil
        self.problem = problem.map { Self.text($0, words) }
        self.letter = letter
        hasMessage = !message.isEmpty
        addedLines = message.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
        readers = Self.readers(preview, words)
        sentence = Self.sentence(preview, words)
        skipped = SkippedPeople.all(of: preview, printing: GroupChoice.fields(choice), at: door, words)
        hasSkipped = !skipped.isEmpty
        canSend = !preview.mailed.isEmpty
    }

    private static func text(_ problem: Problem, _ words: Words) -> String {
        switch problem {
        case .nobodyChosen: words("Nobody is chosen, so nothing was sent.")
        case .nobodyToMail: words("Nobody of those chosen gets a mail, so nothing was sent.")
        case .messageTooLong: words("Your Additional Message is too long, so nothing was sent.")
        }
    }

    private static func tooLong(_ message: String, _ words: Words) -> String {
        let over = max(1, message.unicodeScalars.count - AdditionalMessage.limit)
        return words.plural(
            "Shorten it by {count} character: {limit} fit.", "Shorten it by {count} characters: {limit} fit.", over,
            ["limit": words.number(AdditionalMessage.limit)])
    }

    private static func readers(_ preview: MailingPreview, _ words: Words) -> String {
        guard let first = preview.mailed.first.first else { return words("nobody") }
        let rest = preview.mailed.count - 1
        return rest == 0
            ? first.name
            : words.plural("{name}, and {count} more", "{name}, and {count} more", rest, ["name": first.name])
    }

    private static func sentence(_ preview: MailingPreview, _ words: Words) -> String {
        guard preview.total > 0 else { return words("Nobody is chosen yet.") }
        let mailed =
            preview.mailed.isEmpty
            ? words("Nobody gets a mail")
            : words.plural("{count} gets a mail", "{count} get a mail", preview.mailed.count)
        let parts = [mailed] + SkippedPeople.sentence(preview, words)
        return parts.joined(separator: words(", ")) + "."
    }
}
