import Core
import Rendering

/// Whom a press would erase: how many of which school, each name one click away.
struct ErasurePage: Page {
    static let template = "leavers/erasure"

    struct Line: Sendable {
        let name: String
        let count: String
        let namesHref: String
        let namesLabel: String
        /// The same page for this school alone; nil where there is no other.
        let onlyHref: String?
        let onlyLabel: String
    }
    let layout: Layout
    let menu: AdminMenu
    let note: AdminNote?
    let heading: String
    let about: String
    let lines: [Line]
    let isNobody: Bool
    let allHref: String?
    let question: String
    let button: String
    let act: String
    let until: String
    let count: String
    let school: String

    /// `counts` are of all schools; `school` narrows them. `until`: who left by then.
    init(
        _ counts: [LeaverCount], school: ID<School>?, until: Timestamp, note: AdminNote? = nil,
        act: ID<Act>, visit: Visit
    ) {
        let words = visit.words
        let due = counts.filter { $0.due > 0 && (school == nil || $0.school?.id == school) }
        let number = due.reduce(0) { $0 + $1.due }
        heading = words.plural("Erase {count} person", "Erase {count} people", number)
        layout = Layout(heading, visit, current: .admin)
        menu = AdminMenu(.leavers, words: words)
        self.note = note
        about = words(
            "They left on {date} or earlier and have not come back.",
            ["date": words.date(until.date, visit.zone)])
        lines = due.map { count in
            let place = LeaverFilter.Place(count)
            let name = count.school?.name ?? words("No school")
            return Line(
                name: name, count: LeaverWords.people(count.due, words),
                namesHref: LeaverFilter(group: .due, place: place).address,
                namesLabel: words("Names of {school}", ["school": name]),
                onlyHref: due.count > 1 && count.school != nil
                    ? PageAddress("/admin/leavers/erasure", ["school": place.text]).description : nil,
                onlyLabel: words("Erase only those of {school}", ["school": name]))
        }
        isNobody = number == 0
        allHref = school == nil ? nil : "/admin/leavers/erasure"
        question = words("I have looked at who they are. This cannot be undone.")
        button = words.plural("Erase this {count} person", "Erase these {count} people", number)
        self.act = act.description
        self.until = "\(until.milliseconds)"
        self.count = "\(number)"
        self.school = school?.description ?? ""
    }
}
