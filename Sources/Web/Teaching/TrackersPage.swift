package import Core
import Rendering

/// All trackers of one teacher, each with a picture of its students.
package struct TrackersPage: Page {
    package static let template = "teaching/trackers"

    let layout: Layout
    let answer: String?
    let tiles: [Tile]
    let isEmpty: Bool
    let isAdministrator: Bool
    let hasStudents: Bool

    struct Tile: Sendable {
        let name: String
        let href: String
        let about: String
        let pegs: Pegs
        let isAllIn: Bool
        let hasStudents: Bool
        let active: String
        let onTheWay: String
        let needYou: String
        let hasOnTheWay: Bool
        let hasNeedYou: Bool
    }

    /// `counts` are of all her students, each once, however many trackers they are in.
    package init(trackers: [TrackerLine], counts: StateCounts, visit: Visit) {
        let words = visit.words
        layout = Layout(words("Trackers"), visit, current: .trackers)
        answer = trackers.isEmpty ? nil : Summary.everywhere(counts, words)
        tiles = trackers.map { Tile($0, words) }
        isEmpty = trackers.isEmpty
        isAdministrator = visit.signedIn?.isAdministrator ?? false
        hasStudents = counts.total > 0
    }
}

extension TrackersPage.Tile {
    init(_ tracker: TrackerLine, _ words: Words) {
        name = tracker.name
        href = "/trackers/\(tracker.id)"
        about = tracker.about(words)
        pegs = Pegs(tracker.counts, words)
        hasStudents = Summary.total(tracker.counts) > 0
        isAllIn = hasStudents && tracker.counts[StudentState.active] == Summary.total(tracker.counts)
        active = Summary.active(tracker.counts, words)
        onTheWay = Summary.onTheWay(tracker.counts, words)
        needYou = Summary.needYou(tracker.counts, words)
        hasOnTheWay = tracker.counts[.onTheWay] > 0
        hasNeedYou = tracker.counts[.needsYou] > 0
    }
}

extension TrackerLine {
    /// "Grade 4, Room 12 · 19 students", of what the roster knows.
    func about(_ words: Words) -> String {
        var parts: [String] = []
        if let grade { parts.append(words("Grade {grade}", ["grade": grade])) }
        if let room { parts.append(words("Room {room}", ["room": room])) }
        if let period { parts.append(words("Period {period}", ["period": period])) }
        let students = Summary.students(Summary.total(counts), words)
        return parts.isEmpty ? students : "\(parts.joined(separator: words(", "))) · \(students)"
    }
}
