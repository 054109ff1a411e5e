import Core
import Rendering

/// Gives a member of staff a tracker that the roster does not give them.
struct StaffTrackersPage: Page {
    static let template = "staff/trackers"

    struct Line: Sendable {
        let id: String
        let name: String
        let school: String
        let isTaught: Bool
    }
    let layout: Layout
    let menu: AdminMenu
    let title: String
    let back: String
    let action: String
    let search: String
    let act: String
    let trackers: [Line]
    let hasTrackers: Bool
    let more: String?

    /// How many are shown at once.
    static let limit = 50

    init(_ person: StaffLine, trackers found: [TaughtTracker], search: String, act: ID<Act>, visit: Visit) {
        let words = visit.words
        title = words("Give {name} a tracker", ["name": person.name])
        layout = Layout(title, visit, current: .admin)
        menu = AdminMenu(.staff, words: words)
        back = "\(StaffReturn.list)/\(person.id)"
        action = "\(back)/trackers"
        self.search = search
        self.act = act.description
        trackers = found.prefix(Self.limit).map {
            Line(id: "\($0.id)", name: $0.name, school: $0.school, isTaught: $0.isTaught)
        }
        hasTrackers = !trackers.isEmpty
        more = found.count > Self.limit ? words("There are more. Search for a name or a school.") : nil
    }
}
