/// A line of a roster file, for reports.
package struct RosterPlace: Sendable, Equatable {
    /// The file's name inside the package, as `users.csv`.
    package let file: String
    /// The line in which the row begins, counted from 1 with the header; 0 for the file as a whole.
    package let line: Int
    package init(file: String, line: Int) {
        self.file = file
        self.line = line
    }
}

/// A row that could not be taken, or was taken with a change that somebody should know of.
package struct RosterProblem: Sendable, Equatable {
    package let place: RosterPlace
    /// True when the row was left out; false for a warning.
    package let isRefused: Bool
    /// What is wrong and what to do, as an English sentence that is a key of the catalogs; `{value}` may stand in it.
    package let reason: String
    /// The value that the sentence speaks of, at most 100 characters; empty when it speaks of none.
    package let value: String
    /// What the row is about, where it can be read: whoever stands behind a refused row is still on the roster.
    package let subject: RosterSubject?
    /// The row itself, where it has an id beside those of its subject: changes may mend or drop it by that id.
    package let row: RosterRowKey?
    package init(
        place: RosterPlace, isRefused: Bool = true, reason: String, value: String = "",
        subject: RosterSubject? = nil, row: RosterRowKey? = nil
    ) {
        self.row = row
        self.subject = subject
        self.place = place
        self.isRefused = isRefused
        self.reason = reason
        self.value = value
    }
}

/// Takes a roster row by row, so that memory does not grow with the file.
package protocol RosterReceiver {
    mutating func receive(_ record: RosterRecord, at place: RosterPlace) throws
    mutating func report(_ problem: RosterProblem) throws
    /// Says, before anything else, that what follows is no whole roster.
    mutating func begin(_ changes: RosterChanges) throws
    /// In a roster of changes: the row is there no more.
    mutating func remove(_ row: RosterRowKey) throws
}

/// Why a whole roster cannot be read: nothing of it was taken.
package struct RosterRefused: Error, Sendable, Equatable {
    /// A sentence with what to do; a key of the catalogs, `{value}` may stand in it.
    package let reason: String
    package let value: String
    package let place: RosterPlace?
    package init(reason: String, value: String = "", place: RosterPlace? = nil) {
        self.reason = reason
        self.value = value
        self.place = place
    }
}
