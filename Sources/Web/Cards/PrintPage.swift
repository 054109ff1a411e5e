package import Core
import Rendering

/// Asks for whom cards are printed; POST /card-sheets makes the sheet.
package struct PrintPage: Page {
    package static let template = "cards/print"

    /// What must be mended before the sheet is made.
    package enum Problem: Sendable, Equatable {
        /// Nothing is ticked.
        case nobodyChosen
        /// Nobody of those chosen gets a card.
        case nobodyToPrint
        /// So many students do not fit on one sheet (`CardLimit.students`).
        case tooMany(Int)
    }

    let layout: Layout
    let menu: AdminMenu
    let isAdmin: Bool
    let backHref: String
    let action: String
    let act: String
    let choice: GroupChoice
    let choiceProblem: String?
    let problem: String?
    let onlys: [Only]
    /// True where a student may stand in the groups of several trackers.
    let mayRepeat: Bool
    let repeats: Bool
    let isLarge: Bool
    /// How much fits on one sheet, where whole schools are printed.
    let limit: String?

    struct Only: Sendable {
        let value: String
        let name: String
        let note: String
        let isChosen: Bool
    }

    /// `groups`: the chosen as checkboxes.
    package init(
        _ door: StudentDoor, groups: GroupChoice, only: PrintOnly = .everybody,
        repeatsCards: Bool = false, size: CardSize = .usual, problem: Problem? = nil, act: ID<Act>, visit: Visit
    ) {
        let words = visit.words
        layout = Layout(words("Print Student Usernames/Passwords"), visit, current: door.place)
        menu = AdminMenu(.students, words: words)
        isAdmin = door == .admin
        backHref = door.list
        action = door.makesSheet
        self.act = act.description
        self.choice = groups
        choiceProblem = problem == .nobodyChosen ? door.tickSomething(words) : nil
        self.problem = problem.map { problem in
            switch problem {
            case .nobodyChosen: words("Nobody is chosen, so nothing was printed.")
            case .nobodyToPrint: words("Nobody of those chosen gets a card, so nothing was printed.")
            case .tooMany(let students):
                words.plural(
                    "{count} student is chosen, but a sheet holds {limit}, so nothing was printed. Choose fewer schools.",
                    "{count} students are chosen, but a sheet holds {limit}, so nothing was printed. Choose fewer schools.",
                    students, ["limit": words.number(CardLimit.students)])
            }
        }
        onlys = PrintOnly.allCases.map { Self.option($0, isChosen: $0 == only, words) }
        limit =
            door == .admin
            ? words(
                "A sheet holds up to {limit} students; a large district prints school by school.",
                ["limit": words.number(CardLimit.students)]) : nil
        mayRepeat = door == .people
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
