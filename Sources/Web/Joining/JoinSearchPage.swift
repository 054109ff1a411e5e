import Core
import Rendering

/// Where an administrator looks for the other account of a person; and the ids of rosters that may be taken apart.
struct JoinSearchPage: Page {
    static let template = "joining/search"

    struct Found {
        let href: String
        let name: String
        let about: String
    }
    struct Row {
        let source: String
        let id: String
        let text: String
        let label: String
    }
    let layout: Layout
    let menu: AdminMenu
    let title: String
    let back: String
    let backName: String
    let path: String
    let search: String
    let answer: String
    let found: [Found]
    let hasFound: Bool
    let apart: String
    let rows: [Row]
    let hasRows: Bool
    let act: String

    init(
        _ person: AccountSide, others: [AccountSide], search: String, ids: [PersonRosterID], kind: AccountKind,
        act: ID<Act>, visit: Visit
    ) {
        let words = visit.words
        title = words("Join {name} with another account", ["name": person.name])
        layout = Layout(title, visit, current: .admin)
        menu = AdminMenu(kind == .student ? PersonFormWords.studentsEntry : .staff, words: words)
        back = "\(kind.list)/\(person.id)"
        backName = person.name
        path = "\(back)/join"
        self.search = search
        found = others.map { other in
            Found(href: "\(kind.list)/\(person.id)/join/\(other.id)", name: other.name, about: Self.about(other, words))
        }
        hasFound = !found.isEmpty
        answer =
            search.isEmpty
            ? words.plural(
                "{count} account has the same name or number.", "{count} accounts have the same name or number.",
                found.count)
            : words.plural("{count} account was found.", "{count} accounts were found.", found.count)
        apart = "\(back)/apart"
        rows = ids.map { id in
            let text = words(
                "{source}: id {id}", ["source": id.sourceName ?? words("The district’s roster"), "id": id.sourceID])
            return Row(
                source: id.source, id: id.sourceID, text: text,
                label: words("This is another person: {row}", ["row": text]))
        }
        hasRows = !rows.isEmpty
        self.act = act.description
    }

    /// "Username cleo.bell, number 7, Alder Creek Elementary"
    private static func about(_ side: AccountSide, _ words: Words) -> String {
        let parts =
            [words("Username {username}", ["username": side.username])]
            + [side.number.map { words("number {number}", ["number": $0]) }].compactMap(\.self) + side.schools
        return parts.joined(separator: words(", "))
    }
}
