package import Core
import Rendering

/// The people of one school in a plan, one kind of change at a time.
package struct RosterPlanPeoplePage: Page {
    package static let template = "admin/roster-people"

    struct Tab {
        let name: String
        let count: String
        let href: String
        let isCurrent: Bool
    }
    struct Person {
        let name: String
        let username: String
        let isUsernameNew: Bool
        let kind: String
        let changes: [Change]
    }
    struct Change {
        let fact: String
        let before: String?
        let after: String?
    }
    let layout: Layout
    let menu: AdminMenu
    let back: String
    let plan: String
    let school: String
    let tabs: [Tab]
    let people: [Person]
    let hasPeople: Bool
    let hasChanges: Bool
    let hasPages: Bool
    let first: String?
    let next: String?

    package init(_ page: RosterPlanPeople, isFirst: Bool = true, visit: Visit) {
        let words = visit.words
        layout = Layout(page.school.shownName(visit.words), visit, current: .admin)
        menu = AdminMenu(.rosterSyncs, words: words)
        back = "/admin/roster-syncs/\(page.sync.id)"
        plan = words("Roster plan of {moment}", ["moment": words.moment(page.sync.madeAt.date, visit.zone)])
        school = page.school.shownName(visit.words)
        let counts = page.school.students + page.school.staff
        tabs = RosterChangeKind.allCases.map { kind in
            Tab(
                name: Self.name(kind, words), count: words.number(kind.count(in: counts)),
                href: Self.address(page.sync.id, page.school.key, kind, after: nil), isCurrent: kind == page.change)
        }
        people = page.people.map { Person($0, words) }
        hasPeople = !people.isEmpty
        hasChanges = page.change == .changed
        first = isFirst ? nil : Self.address(page.sync.id, page.school.key, page.change, after: nil)
        next = page.next.map { Self.address(page.sync.id, page.school.key, page.change, after: $0) }
        hasPages = first != nil || next != nil
    }

    static func address(_ sync: ID<RosterSync>, _ key: String, _ change: RosterChangeKind, after: String?) -> String {
        PageAddress(
            "/admin/roster-syncs/\(sync)/schools/\(key.percentEncoded)",
            ["change": change.rawValue, "after": after]
        ).description
    }

    static func name(_ change: RosterChangeKind, _ words: Words) -> String {
        switch change {
        case .new: words("New")
        case .changed: words("Changed")
        case .leaving: words("Leaving")
        case .back: words("Back")
        }
    }
}

extension RosterPlanPeoplePage.Person {
    init(_ person: RosterPlanPerson, _ words: Words) {
        name = person.name
        username = person.username ?? words("made when the plan is applied")
        isUsernameNew = person.username == nil
        kind = person.kind == .student ? words("Student") : words("Staff")
        changes = person.changes.map { change in
            RosterPlanPeoplePage.Change(
                fact: Self.name(change.fact, words), before: Self.value(change.before, of: change.fact, words),
                after: Self.value(change.after, of: change.fact, words))
        }
    }

    /// As a person reads it; nil for nothing.
    private static func value(_ text: String, of fact: RosterFactChange.Fact, _ words: Words) -> String? {
        if text.isEmpty { return nil }
        guard fact == .roles else { return text }
        return text.split(separator: ", ").map { StaffWords.role(String($0), words) }.joined(separator: words(", "))
    }

    private static func name(_ fact: RosterFactChange.Fact, _ words: Words) -> String {
        switch fact {
        case .name: words("Name")
        case .username: words("Username")
        case .address: words("Address")
        case .grade: words("Grade")
        case .language: words("Language")
        case .schools: words("Schools")
        case .trackers: words("Trackers")
        case .number: words("Number")
        case .roles: words("Roles")
        case .rosterUsername: words("Username in the roster")
        case .rosterName: words("Name in the roster")
        }
    }
}

extension RosterChangeKind {
    func count(in counts: RosterChangeCounts) -> Int {
        switch self {
        case .new: counts.new
        case .changed: counts.changed
        case .leaving: counts.leaving
        case .back: counts.back
        }
    }
}
