package import Core
import Rendering

/// The board: one row a student, each in exactly one plain state, mail and paper side by side.
package struct StudentsPage: Page {
    package static let template = "teaching/students"

    let layout: Layout
    /// The pages below Admin; nil on a teacher's board, which leads back to the trackers.
    let menu: AdminMenu?
    let notice: String?
    let requests: RequestsPanel?
    let answer: String
    let pegs: Pegs
    let mailHref: String
    let mailLabel: String?
    let printHref: String
    let printLabel: String?
    /// The main button is for mail as long as somebody can be mailed.
    let printIsPrimary: Bool
    let more: [StudentsBoard.Entry]
    let counters: [Counter]
    let filter: FilterBar
    let groups: [Group]
    let isEmpty: Bool
    let isFilteredEmpty: Bool
    let emptyHeading: String
    let emptyText: String
    let placesHeading: String
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

    /// A teacher's board: `trackers` are all of hers, for the filter; `mint` makes the ids of the acts in the rows.
    package init(
        list: StudentList, filter: StudentFilter, trackers: [TrackerName], notice: StudentsNotice? = nil,
        asking: StudentsWhoAsk = .none, mint: IDMint, visit: Visit
    ) {
        self.init(
            list: list, filter: filter, board: .teacher(trackers), notice: notice, asking: asking, mint: mint,
            visit: visit)
    }

    /// Anybody's board.
    package init(
        list: StudentList, filter: StudentFilter, board: StudentsBoard, notice: StudentsNotice? = nil,
        asking: StudentsWhoAsk = .none, mint: IDMint, visit: Visit
    ) {
        var mint = mint
        let words = visit.words
        let counts = list.counts
        let door = board.door
        layout = Layout(words("Students"), visit, current: door == .people ? .trackers : .admin)
        menu = door == .people ? nil : AdminMenu(.students, words: words)
        self.notice = notice?.text(words)
        requests = RequestsPanel(asking, door: door, mint: &mint, visit: visit)
        answer = Summary.answer(counts, words)
        pegs = Pegs(counts, words)
        more = board.more(filter, words)
        mailHref = board.sendHref(filter)
        printHref = board.printHref(filter, only: .need)
        let toMail = Summary.toMail(counts)
        let toPrint = Summary.toPrint(counts)
        let isOffered = board.canChooseThese(filter)
        mailLabel =
            toMail == 0 || !isOffered ? nil : words.plural("Mail this {count}", "Mail these {count}", toMail)
        printLabel =
            toPrint == 0 || !isOffered ? nil : words.plural("Print {count} card", "Print {count} cards", toPrint)
        printIsPrimary = toMail == 0
        counters = Self.counters(counts, filter, door, words)
        self.filter = FilterBar(filter, board, words)
        groups = Self.groups(list, filter, door, mint, visit)
        let isNarrowed = filter != StudentFilter(order: filter.order)
        isEmpty = list.lines.isEmpty && !isNarrowed
        isFilteredEmpty = list.lines.isEmpty && isNarrowed
        emptyHeading = door == .people ? words("You have no students yet") : words("There are no students yet")
        emptyText =
            door == .people
            ? words("Your students come from the school’s roster. Is somebody missing? Ask your administrator.")
            : words("Students come from the schools’ roster. You can also add one by hand, under More.")
        placesHeading = door == .people ? words("Address, trackers") : words("Address, schools, grade")
        everybodyHref = StudentFilter().address(door)
        found = Self.found(list, filter, words)
        here = filter.address(door)
        nextHref = list.next.map { filter.page(after: $0).address(door) }
        firstHref = filter.after == nil ? nil : filter.page(after: nil).address(door)
    }

    private static func counters(
        _ counts: StateCounts, _ filter: StudentFilter, _ door: StudentDoor, _ words: Words
    ) -> [Counter] {
        let everybody = Counter(
            mark: StateMark(css: "", icon: "people", word: words("Everybody")), count: words.number(counts.total),
            href: filter.narrowed(to: nil).address(door), isCurrent: filter.state == nil)
        let states = StudentState.allCases.filter { counts[$0] > 0 || filter.state == $0 }
        return [everybody]
            + states.map { state in
                Counter(
                    mark: StateMark(state, words), count: words.number(counts[state]),
                    href: filter.narrowed(to: state).address(door), isCurrent: filter.state == state)
            }
    }

    private static func found(_ list: StudentList, _ filter: StudentFilter, _ words: Words) -> String {
        guard list.found > 0 else { return words("Nobody fits.") }
        if list.isCut {
            return words("More than {number} fit. Type more letters.", ["number": words.number(list.found)])
        }
        let students = words.plural("{count} student, each once.", "{count} students, each once.", list.found)
        return filter.order == .need ? "\(students) \(words("Who needs you comes first."))" : students
    }

    private static func groups(
        _ list: StudentList, _ filter: StudentFilter, _ door: StudentDoor, _ mint: IDMint, _ visit: Visit
    ) -> [Group] {
        var mint = mint
        let rows = list.lines.map { (line: $0, row: StudentRow($0, door: door, mint: &mint, visit: visit)) }
        // What a search found on several pages is not counted by group.
        let isPartOfFound = !filter.search.isEmpty && (list.next != nil || filter.after != nil)
        guard filter.order == .need, !isPartOfFound else {
            return rows.isEmpty ? [] : [Group(heading: nil, note: nil, rows: rows.map(\.row))]
        }
        return StudentState.Group.allCases.compactMap { group in
            let members = rows.filter { $0.line.state.group == group }.map(\.row)
            guard !members.isEmpty else { return nil }
            // The counts are of the whole list: with a state they are of more than these rows, with a search of others.
            let count =
                !filter.search.isEmpty ? members.count : filter.state == nil ? list.counts[group] : list.found
            return Group(
                heading: heading(group, count, visit.words), note: note(group, visit.words), rows: members)
        }
    }

    private static func heading(_ group: StudentState.Group, _ count: Int, _ words: Words) -> String {
        switch group {
        case .needsYou: words.plural("{count} needs you", "{count} need you", count)
        case .onTheWay: words.plural("{count} is on the way", "{count} are on the way", count)
        case .active: words.plural("{count} is active", "{count} are active", count)
        case .out: words.plural("{count} is suspended", "{count} are suspended", count)
        case .gone: words.plural("{count} is archived", "{count} are archived", count)
        }
    }

    private static func note(_ group: StudentState.Group, _ words: Words) -> String {
        switch group {
        case .needsYou: words("they cannot get in until you do something")
        case .onTheWay: words("they have a mail or a card and have not signed in yet")
        case .active: words("they use their own password")
        case .out: words("they are no longer on the roster")
        case .gone: words("they left the roster some time ago")
        }
    }
}
