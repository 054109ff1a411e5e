package import Core
import Rendering

/// One tracker, open on its Students tab.
package struct TrackerPage: Page {
    package static let template = "teaching/tracker"

    let layout: Layout
    let name: String
    let about: String
    let answer: String
    /// What "on the way" means, where somebody is.
    let onTheWay: String?
    let pegs: Pegs
    let seats: [Seat]
    let isEmpty: Bool
    /// The way to all of them, where the tracker has more students than one page shows.
    let more: String?
    let moreHref: String

    struct Seat: Sendable {
        let name: String
        let href: String
        let mark: StateMark
    }

    /// `list` is the first page of the tracker's students, those who need the teacher first.
    package init(tracker: TrackerLine, list: StudentList, visit: Visit) {
        let words = visit.words
        layout = Layout(tracker.name, visit, current: .trackers)
        name = tracker.name
        about = tracker.about(words)
        answer = Summary.short(tracker.counts, words)
        let waiting = tracker.counts[.onTheWay]
        onTheWay =
            waiting == 0
            ? nil
            : words.plural(
                "{count} is on the way: with a mail or a card, and not signed in yet.",
                "{count} are on the way: with a mail or a card, and not signed in yet.", waiting)
        pegs = Pegs(tracker.counts, words)
        let address = StudentFilter(tracker: tracker.id).address
        seats = list.lines.map { line in
            Seat(name: line.name, href: "/people/students/\(line.id)", mark: StateMark(line.state, words))
        }
        isEmpty = list.lines.isEmpty
        more =
            list.next == nil
            ? nil : words.plural("Show the {count} student", "Show all {count} students", list.counts.total)
        moreHref = address
    }
}
