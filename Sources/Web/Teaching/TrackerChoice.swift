import Core
import Rendering

/// All Classrooms and a checkbox for each tracker, as the Send and the print form have them.
struct TrackerChoice: Sendable {
    struct Tick: Sendable {
        let value: String
        let name: String
        let students: String
        let isChosen: Bool
    }
    let isAll: Bool
    let everybody: String
    let trackers: [Tick]

    /// `everybody`: how many students in all trackers, each once.
    init(_ choice: MailingChoice, _ trackers: [TrackerLine], everybody: Int, _ words: Words) {
        isAll = choice.allTrackers
        self.everybody = Summary.students(everybody, words)
        self.trackers = trackers.map { tracker in
            Tick(
                value: tracker.id.description, name: tracker.name,
                students: Summary.students(tracker.counts.total, words),
                isChosen: choice.trackers.contains(tracker.id))
        }
    }

    /// The choice as fields of an address.
    static func fields(_ choice: MailingChoice) -> [(String, String?)] {
        choice.allTrackers ? [("all", "on")] : choice.trackers.map { ("tracker", $0.description) }
    }
}
