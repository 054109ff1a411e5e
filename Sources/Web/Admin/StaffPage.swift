package import Core
import Rendering

/// Everybody who works in the schools: who can sign in, and how to get the others in.
package struct StaffPage: Page {
    package static let template = "admin/staff"

    /// What a press on this page has just done.
    package enum News: Sendable, Equatable {
        case mailed(name: String)
        case mailedAll(count: Int)
        case noAddress(name: String)
    }
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
        let username: String
        let state: AdminBadge
        let address: String?
        let schools: String
        let mail: String
        let canMail: Bool
        let canLink: Bool
        /// The link is the second choice.
        let hasOther: Bool
        let waits: String?
    }
    let layout: Layout
    let menu: AdminMenu
    let note: AdminNote?
    let answer: String
    let hasMailable: Bool
    let mailAll: String
    let counters: [Counter]
    let state: String?
    let search: String
    let schools: [Choice]
    let found: String
    let people: [Person]
    let hasPeople: Bool
    let act: String
    let hasPages: Bool
    let first: String?
    let next: String?
    let here: String

    /// `act` is an id made for this drawing of the page; every form on it carries it.
    package init(
        _ list: StaffList, filter: StaffFilter, schools: [School], news: News? = nil, act: String, visit: Visit
    ) {
        let words = visit.words
        layout = Layout(words("Staff"), visit, current: .admin)
        menu = AdminMenu(.staff, words: words)
        note = news.map { Self.note($0, words) }
        answer = Self.answer(list, words)
        hasMailable = list.mailable > 0
        mailAll = words.plural(
            "Send activation email to {count} Pending", "Send activation emails to {count} Pending", list.mailable)
        counters = Self.counters(list, filter, words)
        state = filter.state?.rawValue
        search = filter.search
        self.schools =
            [Choice(value: "", name: words("All schools"), isCurrent: filter.school == nil)]
            + schools.map { Choice(value: "\($0.id)", name: $0.name, isCurrent: $0.id == filter.school) }
        found = words.plural("{count} person found.", "{count} people found.", list.found)
        people = list.lines.map { Person($0, visit) }
        hasPeople = !people.isEmpty
        self.act = act
        first = filter.after == nil ? nil : Self.address(filter, state: filter.state, after: nil)
        next = list.next.map { Self.address(filter, state: filter.state, after: $0) }
        hasPages = first != nil || next != nil
        here = Self.address(filter, state: filter.state, after: filter.after)
    }

    private static func address(_ filter: StaffFilter, state: StaffState?, after: String?) -> String {
        PageAddress(
            "/admin/staff",
            [
                "state": state?.rawValue, "school": filter.school?.description,
                "q": filter.search.isEmpty ? nil : filter.search, "after": after,
            ]
        ).description
    }

    private static func note(_ news: News, _ words: Words) -> AdminNote {
        switch news {
        case .mailed(let name): .good(words("The activation email for {name} is on its way.", ["name": name]))
        case .mailedAll(let count):
            .good(
                words.plural(
                    "{count} activation email is on its way.", "{count} activation emails are on their way.", count))
        case .noAddress(let name):
            .bad(words("{name} has no address. Make a one-time link instead.", ["name": name]))
        }
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
            name: words("Everybody"), count: words.number(all), href: address(filter, state: nil, after: nil),
            style: "",
            icon: "people", isCurrent: filter.state == nil)
        return [everybody]
            + StaffState.allCases.map { state in
                let badge = state.badge(words)
                return Counter(
                    name: badge.word, count: words.number(list.counts[state] ?? 0),
                    href: address(filter, state: state, after: nil), style: badge.style, icon: badge.icon,
                    isCurrent: filter.state == state)
            }
    }
}

extension StaffPage.Person {
    init(_ line: StaffLine, _ visit: Visit) {
        let words = visit.words
        id = "\(line.id)"
        name = line.name
        username = line.username
        state = line.state.badge(words)
        address = line.address
        var places = line.schools
        if line.isAdministrator { places.insert(words("Administrator"), at: 0) }
        schools = places.joined(separator: words(", "))
        mail = Self.mail(line, visit)
        let isUnderWay = line.lastMail.map { [.queued, .sending, .inData, .deferred, .held].contains($0) } ?? false
        canMail = line.state == .pending && line.address != nil && !isUnderWay
        canLink = line.state == .pending
        waits =
            switch line.state {
            case .active, .suspended: words("Nothing to do")
            case .pending: isUnderWay ? words("Goes by itself") : nil
            }
        hasOther = canMail || isUnderWay
    }

    private static func mail(_ line: StaffLine, _ visit: Visit) -> String {
        let words = visit.words
        guard let state = line.lastMail, let at = line.lastMailAt else { return words("Never mailed") }
        let moment = ["moment": words.moment(at.date, visit.zone)]
        return switch state {
        case .queued, .sending, .inData: words("Sending")
        case .deferred: words("Tries again")
        case .held: words("Held")
        case .accepted: words("Mailed {moment}", moment)
        case .unknown: words("Maybe sent {moment}", moment)
        case .failed, .bounced: words("Mail failed {moment}", moment)
        case .cancelled: words("Not mailed")
        }
    }
}

extension StaffState {
    func badge(_ words: Words) -> AdminBadge {
        switch self {
        case .pending: AdminBadge(style: "is-todo", icon: "todo", word: words("Pending"))
        case .active: AdminBadge(style: "is-active", icon: "active", word: words("Active"))
        case .suspended: AdminBadge(style: "is-maybe", icon: "hold", word: words("Suspended"))
        }
    }
}
