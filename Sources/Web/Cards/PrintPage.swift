package import Core
import Rendering

/// Asks for whom cards are printed; POST /card-sheets makes the sheet.
package struct PrintPage: Page {
    package static let template = "cards/print"

    /// What must be mended before the sheet is made.
    package enum Problem: Sendable, Equatable {
        /// Neither All Classrooms nor a tracker is ticked.
        case nobodyChosen
        /// Nobody of those chosen gets a card.
        case nobodyToPrint
    }

    let layout: Layout
    let act: String
    let choice: TrackerChoice
    let choiceProblem: String?
    let problem: String?
    let onlys: [Only]
    let repeats: Bool
    let isLarge: Bool

    struct Only: Sendable {
        let value: String
        let name: String
        let note: String
        let isChosen: Bool
    }

    /// `everybody`: how many students in all trackers, each once.
    package init(
        trackers: [TrackerLine], everybody: Int, choice: MailingChoice, only: PrintOnly = .everybody,
        repeatsCards: Bool = false, size: CardSize = .usual, problem: Problem? = nil, act: ID<Act>, visit: Visit
    ) {
        let words = visit.words
        layout = Layout(words("Print Student Usernames/Passwords"), visit, current: .trackers)
        self.act = act.description
        self.choice = TrackerChoice(choice, trackers, everybody: everybody, words)
        choiceProblem = problem == .nobodyChosen ? words("Tick All Classrooms or one of your trackers.") : nil
        self.problem = problem.map { problem in
            switch problem {
            case .nobodyChosen: words("Nobody is chosen, so nothing was printed.")
            case .nobodyToPrint: words("Nobody of those chosen gets a card, so nothing was printed.")
            }
        }
        onlys = PrintOnly.allCases.map { Self.option($0, isChosen: $0 == only, words) }
        repeats = repeatsCards
        isLarge = size == .large
    }

    private static func option(_ only: PrintOnly, isChosen: Bool, _ words: Words) -> Only {
        let (name, note) =
            switch only {
            case .everybody: (words("Everybody"), words("active students get a card without a password"))
            case .need: (words("Only who needs a card"), words("no address, bounced, mail failed or maybe sent"))
            case .noAddress: (words("Only who has no address"), words("mail cannot reach them"))
            case .bounced: (words("Only who did not get the mail"), words("the mail bounced or failed"))
            }
        return Only(value: only.rawValue, name: name, note: note, isChosen: isChosen)
    }
}
