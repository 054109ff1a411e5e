package import Core
package import Rendering
import Storage

/// All Classrooms or All Schools and a checkbox for each, as the Send and the print form have them.
package struct GroupChoice: Sendable {
    struct Tick: Sendable {
        let value: String
        let name: String
        /// How many students; nil where they are not counted.
        let students: String?
        let isChosen: Bool
    }
    let isAll: Bool
    let allName: String
    let everybody: String?
    let field: String
    let ticks: [Tick]
    /// True for more than fit on a screen: the list scrolls, and script offers a field that narrows it.
    let isLong: Bool

    /// `everybody`: how many students in all trackers, each once.
    package init(_ choice: MailingChoice, trackers: [TrackerLine], everybody: Int, _ words: Words) {
        self.init(
            .people, isAll: choice.isAll, everybody: Summary.students(everybody, words),
            ticks: trackers.map { tracker in
                Tick(
                    value: tracker.id.description, name: tracker.name,
                    students: Summary.students(tracker.counts.total, words),
                    isChosen: choice.trackers.contains(tracker.id))
            }, words)
    }

    package init(_ choice: MailingChoice, schools: [School], _ words: Words) {
        let chosen = Set(choice.schools)
        self.init(
            .admin, isAll: choice.isAll, everybody: nil,
            ticks: schools.map { school in
                Tick(
                    value: school.id.description, name: school.name, students: nil, isChosen: chosen.contains(school.id)
                )
            }, words)
    }

    private init(_ door: StudentDoor, isAll: Bool, everybody: String?, ticks: [Tick], _ words: Words) {
        self.isAll = isAll
        allName = door.everything(words)
        self.everybody = everybody
        field = door.field
        self.ticks = ticks
        isLong = ticks.count > 12
    }

    /// The choice as fields of an address.
    static func fields(_ choice: MailingChoice) -> [(String, String?)] {
        if choice.isAll { return [("all", "on")] }
        return choice.trackers.map { ("tracker", $0.description) } + choice.schools.map { ("school", $0.description) }
    }
}

extension Connection {
    /// What this person may choose among, as checkboxes.
    func groups(
        _ choice: MailingChoice, of person: StudentViewer, _ words: Words, at now: Timestamp
    ) throws -> GroupChoice {
        switch person {
        case .teacher(let teacher):
            GroupChoice(
                choice, trackers: try trackers(of: teacher, at: now),
                everybody: try studentCounts(of: teacher, at: now).total, words)
        case .administrator(let administrator, _):
            GroupChoice(choice, schools: try schoolNames(of: administrator), words)
        }
    }
}
