package import Core
import Rendering

/// The board: one row a student, each in exactly one plain state, mail and paper side by side.
package struct StudentsPage: Page {
    package static let template = "teaching/students"

    let layout: Layout
    let notice: String?
    let answer: String
    let pegs: Pegs
    let mailHref: String
    let mailLabel: String?
    let printHref: String
    let printLabel: String?
    /// The main button is for mail as long as somebody can be mailed.
    let printIsPrimary: Bool
    let sendAllHref: String
    let printAllHref: String
    let counters: [Counter]
    let filter: FilterBar
    let groups: [Group]
    let isEmpty: Bool
    let isFilteredEmpty: Bool
    let everybodyHref: String
    let found: String
    let here: String
    let nextHref: String?
    let firstHref: String?

    struct Counter: Sendable {
        let mark: StateMark
        let count: String
        let href: String
        let isCurrent: Bool
    }

    struct Group: Sendable {
        let heading: String?
        let note: String?
        let rows: [StudentRow]
    }

    /// `trackers` are all of the teacher's, for the filter; `mint` makes the ids of the acts in the rows.
    package init(
        list: StudentList, filter: StudentFilter, trackers: [TrackerName], notice: StudentsNotice? = nil, mint: IDMint,
        visit: Visit
    ) {
        let words = visit.words
        let counts = list.counts
        let tracker = filter.tracker?.description
        layout = Layout(words("Students"), visit, current: .trackers)
        self.notice = notice?.text(words)
        answer = Summary.answer(counts, words)
        pegs = Pegs(counts, words)
        sendAllHref = LocalAddress.of("/people/students/send", [("tracker", tracker)])
        printAllHref = LocalAddress.of("/people/students/print", [("tracker", tracker)])
        mailHref = sendAllHref
        printHref = LocalAddress.of(
            "/people/students/print", [("tracker", tracker), ("only", PrintOnly.need.rawValue)])
        let toMail = Summary.toMail(counts)
        let toPrint = Summary.toPrint(counts)
        mailLabel = toMail == 0 ? nil : words.plural("Mail this {count}", "Mail these {count}", toMail)
        printLabel = toPrint == 0 ? nil : words.plural("Print {count} card", "Print {count} cards", toPrint)
        printIsPrimary = toMail == 0
        counters = Self.counters(counts, filter, words)
        self.filter = FilterBar(filter, trackers, words)
        groups = Self.groups(list, filter, mint, visit)
        let isNarrowed = filter.state != nil || filter.tracker != nil || !filter.search.isEmpty
        isEmpty = list.lines.isEmpty && !isNarrowed
        isFilteredEmpty = list.lines.isEmpty && isNarrowed
        everybodyHref = StudentFilter().address
        found = Self.found(list, filter, words)
        here = filter.address
        nextHref = list.next.map { filter.page(after: $0).address }
        firstHref = filter.after == nil ? nil : filter.page(after: nil).address
    }

    private static func counters(_ counts: StateCounts, _ filter: StudentFilter, _ words: Words) -> [Counter] {
        let everybody = Counter(
            mark: StateMark(css: "", icon: "people", word: words("Everybody")), count: words.number(counts.total),
            href: filter.narrowed(to: nil).address, isCurrent: filter.state == nil)
        let states = StudentState.allCases.filter { counts[$0] > 0 || filter.state == $0 }
        return [everybody]
            + states.map { state in
                Counter(
                    mark: StateMark(state, words), count: words.number(counts[state]),
                    href: filter.narrowed(to: state).address, isCurrent: filter.state == state)
            }
    }

    private static func found(_ list: StudentList, _ filter: StudentFilter, _ words: Words) -> String {
        guard list.found > 0 else { return words("Nobody fits.") }
        let students = words.plural("{count} student, each once.", "{count} students, each once.", list.found)
        return filter.order == .need ? "\(students) \(words("Who needs you comes first."))" : students
    }

    private static func groups(
        _ list: StudentList, _ filter: StudentFilter, _ mint: IDMint, _ visit: Visit
    ) -> [Group] {
        var mint = mint
        let rows = list.lines.map { (line: $0, row: StudentRow($0, mint: &mint, visit: visit)) }
        guard filter.order == .need else {
            return rows.isEmpty ? [] : [Group(heading: nil, note: nil, rows: rows.map(\.row))]
        }
        return StudentState.Group.allCases.compactMap { group in
            let members = rows.filter { $0.line.state.group == group }.map(\.row)
            guard !members.isEmpty else { return nil }
            // The counts are of the whole list: under a filter they would not be of these rows.
            let isWhole = filter.state == nil && filter.search.isEmpty
            return Group(
                heading: isWhole
                    ? heading(group, list.counts[group], visit.words) : heading(group, members.count, visit.words),
                note: note(group, visit.words), rows: members)
        }
    }

    private static func heading(_ group: StudentState.Group, _ count: Int, _ words: Words) -> String {
        switch group {
        case .needsYou: words.plural("{count} needs you", "{count} need you", count)
        case .onTheWay: words.plural("{count} is on the way", "{count} are on the way", count)
        case .active: words.plural("{count} is active", "{count} are active", count)
        case .out: words.plural("{count} is suspended", "{count} are suspended", count)
        }
    }

    private static func note(_ group: StudentState.Group, _ words: Words) -> String {
        switch group {
        case .needsYou: words("they cannot get in until you do something")
        case .onTheWay: words("they have a mail or a card and have not signed in yet")
        case .active: words("they use their own password")
        case .out: words("they are no longer on the roster")
        }
    }
}
