package import Core
import Rendering

/// Everybody who works in the schools: who can sign in, and how to get the others in.
package struct StaffPage: Page {
    package static let template = "staff/list"

    struct Counter {
        let name: String
        let count: String
        let href: String
        let style: String
        let icon: String
        let isCurrent: Bool
    }
    struct Choice {
        let value: String
        let name: String
        let isCurrent: Bool
    }
    struct Person {
        let id: String
        let name: String
        let href: String
        let username: String
        let state: AdminBadge
        /// The mark of whom somebody said "This was not me"; it leads to what can be done.
        let flag: StudentStep.Link?
        let address: BrokenAddress?
        let schools: String
        let claims: String?
        let mail: String
        let next: StudentStep
        let menu: [StudentStep]
        let hasMenu: Bool
    }
    let layout: Layout
    let menu: AdminMenu
    let note: AdminNote?
    let answer: String
    let mailAll: String?
    let proposed: String?
    let proposedHref: String
    /// Of how many somebody said "This was not me"; nil for none.
    let disowned: String?
    let disownedHref: String
    /// How many rows of the roster may be people made by hand; nil for none.
    let asked: String?
    let counters: [Counter]
    let state: String?
    let isProposed: Bool
    let isDisowned: Bool
    let search: String
    let schools: [Choice]
    let roles: [Choice]
    let found: String
    let people: [Person]
    let hasPeople: Bool
    let hasPages: Bool
    let first: String?
    let next: String?
    let here: String

    /// `act` is an id made for this drawing of the page; every form on it carries it.
    package init(_ list: StaffList, filter: StaffFilter, schools: [School], act: String, visit: Visit) {
        self.init(list, filter: filter, schools: schools, asked: 0, note: nil, act: act, visit: visit)
    }

    init(
        _ list: StaffList, filter: StaffFilter, schools: [School], asked: Int, note: AdminNote?, act: String,
        visit: Visit
    ) {
        let words = visit.words
        let here = filter.address
        layout = Layout(words("Staff"), visit, current: .admin)
        menu = AdminMenu(.staff, words: words)
        self.note = note
        answer = Self.answer(list, words)
        mailAll = (list.counts[.pending] ?? 0) > 0 ? words("Mail all Pending staff") : nil
        proposed =
            list.proposed == 0 || filter.isProposed
            ? nil
            : words.plural(
                "{count} person has another role in the roster than teacher. It gives no right until you grant it.",
                "{count} people have another role in the roster than teacher. It gives no right until you grant it.",
                list.proposed)
        disowned =
            list.disowned == 0 || filter.isDisowned
            ? nil
            : words.plural(
                "{count} person says: this was not me. Talk to them and settle it.",
                "{count} people say: this was not me. Talk to them and settle it.", list.disowned)
        disownedHref = StaffFilter(isDisowned: true).address
        self.asked =
            asked == 0
            ? nil
            : words.plural(
                "{count} row of the roster may be somebody who is here already.",
                "{count} rows of the roster may be people who are here already.", asked)
        proposedHref = StaffFilter(isProposed: true).address
        counters = Self.counters(list, filter, words)
        state = filter.state?.rawValue
        isProposed = filter.isProposed
        isDisowned = filter.isDisowned
        search = filter.search
        self.schools =
            [Choice(value: "", name: words("All schools"), isCurrent: filter.school == nil)]
            + schools.map { Choice(value: "\($0.id)", name: $0.name, isCurrent: $0.id == filter.school) }
        roles =
            [Choice(value: "", name: words("All roles"), isCurrent: filter.role == nil)]
            + StaffRole.allCases.map {
                Choice(value: $0.rawValue, name: StaffWords.name($0, words), isCurrent: $0 == filter.role)
            }
        found = words.plural("{count} person found.", "{count} people found.", list.found)
        people = list.lines.map { Person($0, act: act, here: here, visit) }
        hasPeople = !people.isEmpty
        first = filter.after == nil ? nil : filter.continued(after: nil).address
        next = list.next.map { filter.continued(after: $0).address }
        hasPages = first != nil || next != nil
        self.here = here
    }

    private static func answer(_ list: StaffList, _ words: Words) -> String {
        let all = list.counts.values.reduce(0, +)
        guard all > 0 else { return words("There is no staff yet. It comes with the roster.") }
        let pending = list.counts[.pending] ?? 0
        return pending == 0
            ? words("Everybody can sign in.")
            : words.plural("{count} person cannot sign in yet.", "{count} people cannot sign in yet.", pending)
    }

    private static func counters(_ list: StaffList, _ filter: StaffFilter, _ words: Words) -> [Counter] {
        let all = list.counts.values.reduce(0, +)
        let everybody = Counter(
            name: words("Everybody"), count: words.number(all), href: filter.showing(nil).address, style: "",
            icon: "people", isCurrent: filter.state == nil)
        return [everybody]
            + StaffState.allCases.map { state in
                let badge = state.badge(words)
                return Counter(
                    name: badge.word, count: words.number(list.counts[state] ?? 0),
                    href: filter.showing(state).address, style: badge.style, icon: badge.icon,
                    isCurrent: filter.state == state)
            }
    }
}

extension StaffPage.Person {
    init(_ line: StaffLine, act: String, here: String, _ visit: Visit) {
        let words = visit.words
        id = "\(line.id)"
        name = line.name
        href = StaffReturn.address("\(StaffReturn.list)/\(line.id)", from: here)
        username = line.username
        state = line.state.badge(words)
        flag =
            line.isDisowned
            ? StudentStep.Link(href: href, icon: "warn", label: words("Says: this was not me"), whom: line.name) : nil
        address = line.address.map(BrokenAddress.init)
        var places = line.schools
        if line.isAdministrator { places.insert(words("Administrator"), at: 0) }
        schools = places.joined(separator: words(", "))
        let claimed = line.claims.map { StaffWords.text($0, words) }.joined(separator: words(", "))
        claims = line.roleWaits ? words("In the roster: {roles}", ["roles": claimed]) : nil
        mail = StaffWords.mail(line, visit)
        let steps = StaffSteps(line, act: act, here: here, words: words)
        let others = steps.others + [steps.suspend].compactMap(\.self)
        if line.isDisowned {
            next = StudentStep(
                link: StudentStep.Link(
                    href: href, icon: "eye", label: words("Look and settle"),
                    whom: words("for {name}", ["name": line.name])))
            menu = steps.next.wait == nil ? [steps.next] + others : others
        } else if line.roleWaits {
            next = StudentStep(
                link: StudentStep.Link(
                    href: href, icon: "eye", label: words("Decide"), whom: words("for {name}", ["name": line.name])))
            menu = steps.next.wait == nil ? [steps.next] + others : others
        } else {
            (next, menu) = (steps.next, others)
        }
        hasMenu = !menu.isEmpty
    }
}
