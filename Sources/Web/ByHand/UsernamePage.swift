import Core
import Rendering

/// Changes the name with which one person signs in.
struct UsernamePage: Page {
    static let template = "by-hand/username"

    enum Problem: Sendable, Equatable {
        case unusable(HandProblem)
        /// Somebody else has given another username since the page was drawn.
        case changedMeanwhile
    }
    let layout: Layout
    let menu: AdminMenu
    let title: String
    let back: String
    let backName: String
    let note: AdminNote?
    let action: String
    let act: String
    let before: String
    let value: String
    let problem: String?
    let aliases: String?
    let roster: String?

    init(
        _ names: NamesOfPerson, kind: AccountKind, typed: String? = nil, problem: Problem? = nil, act: ID<Act>,
        visit: Visit
    ) {
        let words = visit.words
        title = words("Change the username of {name}", ["name": names.name])
        layout = Layout(title, visit, current: .admin)
        let isStudent = kind == .student
        menu = AdminMenu(isStudent ? PersonFormWords.studentsEntry : .staff, words: words)
        back = "\(kind.list)/\(names.id)"
        backName = names.name
        action = "\(back)/username"
        self.act = act.description
        before = names.username
        value = typed ?? names.username
        switch problem {
        case nil: (note, self.problem) = (nil, nil)
        case .unusable(let why):
            (note, self.problem) = (.bad(words("Nothing is saved yet. Look at what is marked.")), why.ofUsername(words))
        case .changedMeanwhile:
            note = .bad(
                words(
                    "Somebody else has given another username since you opened the page: {username}. Save again to put yours in its place.",
                    ["username": names.username]))
            self.problem = nil
        }
        aliases =
            names.aliases.isEmpty
            ? nil : words("Also signs in as {names}.", ["names": names.aliases.joined(separator: words(", "))])
        roster = names.rosterUsername.map { words("In the roster it is {username}.", ["username": $0]) }
    }
}
