import Core
import Rendering

/// The names of those who left: of a school or of all, and when each would be erased.
struct LeaverNamesPage: Page {
    static let template = "leavers/names"

    struct Tab: Sendable {
        let name: String
        let count: String
        let href: String
        let isCurrent: Bool
    }
    struct Line: Sendable {
        let name: String
        let href: String
        let username: String
        let kind: String
        let school: String
        let left: String
        let end: String
    }
    let layout: Layout
    let menu: AdminMenu
    let heading: String
    let tabs: [Tab]
    let lines: [Line]
    let hasLines: Bool
    let exportHref: String
    let hasPages: Bool
    let first: String?
    let next: String?

    /// `counts` are all of the district's.
    init(
        _ list: LeaverList, filter: LeaverFilter, counts: [LeaverCount], rules: LeaverRules, visit: Visit
    ) {
        let words = visit.words
        let here = counts.filter { filter.place == .anywhere || LeaverFilter.Place($0) == filter.place }
        heading =
            switch filter.place {
            case .anywhere: words("Everybody who left")
            case .nowhere: words("Who left without a school")
            case .school: words("Who left {school}", ["school": here.first?.school?.name ?? words("this school")])
            }
        layout = Layout(heading, visit, current: .admin)
        menu = AdminMenu(.leavers, words: words)
        let groups: [LeaverFilter.Group] = rules.eraseAfter == nil ? [.left, .archived] : LeaverFilter.Group.allCases
        tabs = groups.map { group in
            Tab(
                name: LeaverWords.name(group, words),
                count: words.number(here.reduce(0) { $0 + $1.number(of: group) }),
                href: LeaverFilter(group: group, place: filter.place).address, isCurrent: group == filter.group)
        }
        lines = list.lines.map { leaver in
            Line(
                name: leaver.name,
                href: leaver.kind == .student ? "/admin/students/\(leaver.id)" : "/admin/staff/\(leaver.id)",
                username: leaver.username, kind: LeaverWords.kind(leaver.kind, words),
                school: leaver.school ?? words("No school"), left: words.date(leaver.leftAt.date, visit.zone),
                end: LeaverWords.end(of: leaver, rules, visit))
        }
        hasLines = !lines.isEmpty
        exportHref = LeaverFilter(group: filter.group, place: filter.place).address(at: "/admin/leavers/people.csv")
        first = filter.after == nil ? nil : LeaverFilter(group: filter.group, place: filter.place).address
        next = list.next.map { LeaverFilter(group: filter.group, place: filter.place, after: $0).address }
        hasPages = first != nil || next != nil
    }
}

extension LeaverCount {
    fileprivate func number(of group: LeaverFilter.Group) -> Int {
        switch group {
        case .left: left
        case .archived: archived
        case .due: due
        case .kept: kept
        }
    }
}
