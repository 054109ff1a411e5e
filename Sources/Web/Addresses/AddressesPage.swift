import Core
import Rendering

/// Where lists of addresses are uploaded, the newest of them, and who may correct a single one.
struct AddressesPage: Page {
    static let template = "addresses/addresses"

    struct Line: Sendable {
        let href: String
        let name: String
        let made: String
        let state: AdminBadge
        let what: String
    }

    /// The district's rule; only administrators of the whole district see it.
    struct Rule: Sendable {
        let text: String
        let button: String
        /// What pressing the button makes of it.
        let value: String
    }

    let layout: Layout
    let menu: AdminMenu
    let note: AdminNote?
    let limit: String
    let act: String
    let lines: [Line]
    let hasLines: Bool
    let rule: Rule?

    /// `teachersMay` is nil for who cannot change it; `limit` is in MiB.
    init(
        _ lists: [AddressList], teachersMay: Bool?, note: AdminNote? = nil, limit: Int, act: ID<Act>, visit: Visit
    ) {
        let words = visit.words
        layout = Layout(words("Addresses"), visit, current: .admin)
        menu = AdminMenu(.students, words: words)
        self.note = note
        self.limit = words("At most {limit} MiB.", ["limit": words.number(limit)])
        self.act = act.description
        lines = lists.map { list in
            Line(
                href: "/admin/addresses/\(list.id)", name: list.fileName,
                made: words(
                    "{moment}, by {name}",
                    ["moment": words.moment(list.madeAt.date, visit.zone), "name": words.person(list.madeBy)]),
                state: Self.badge(list.state, words), what: AddressListPage.answer(list, words))
        }
        hasLines = !lines.isEmpty
        rule = teachersMay.map { may in
            Rule(
                text: may
                    ? words("Teachers may correct the address of a student of theirs.")
                    : words("Only administrators correct addresses."),
                button: may ? words("Leave it to administrators") : words("Let teachers correct addresses"),
                value: may ? "off" : "on")
        }
    }

    static func badge(_ state: AddressList.State, _ words: Words) -> AdminBadge {
        switch state {
        case .reading: AdminBadge(style: "is-ranout", icon: "clock", word: words("Being read"))
        case .ready: AdminBadge(style: "is-todo", icon: "warn", word: words("Waits for you"))
        case .refused: AdminBadge(style: "is-bounced", icon: "bounced", word: words("Not taken"))
        case .applying: AdminBadge(style: "is-card", icon: "send", word: words("Being applied"))
        case .applied: AdminBadge(style: "is-active", icon: "active", word: words("Applied"))
        }
    }
}
