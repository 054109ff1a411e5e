/// A teacher's class: OneRoster `class`, Clever `section`. Owner of ids.
package enum Tracker {}

/// A tracker's id and name, where only these are needed.
package struct TrackerName: Sendable, Hashable {
    package let id: ID<Tracker>
    package let name: String
    package init(id: ID<Tracker>, name: String) {
        self.id = id
        self.name = name
    }
}

/// A tracker on its teacher's page.
package struct TrackerLine: Sendable, Equatable {
    package let id: ID<Tracker>
    package let name: String
    /// As the roster has them: grade, room, period; each may be missing.
    package let grade: String?
    package let room: String?
    package let period: String?
    package let school: String
    package let counts: StateCounts
    package init(
        id: ID<Tracker>, name: String, grade: String?, room: String?, period: String?, school: String,
        counts: StateCounts
    ) {
        self.id = id
        self.name = name
        self.grade = grade
        self.room = room
        self.period = period
        self.school = school
        self.counts = counts
    }
}
