package import Core

/// The version of OneRoster that a package follows; without a manifest it counts as 1.0, which has the columns of 1.1.
package enum OneRosterVersion: String, Sendable { case v1_0 = "1.0", v1_1 = "1.1", v1_2 = "1.2" }

/// What was read of a package.
package struct RosterSummary: Sendable, Equatable {
    package var format: RosterFormat
    /// Only of OneRoster.
    package var version: OneRosterVersion?
    /// True where a service was asked and no files were read.
    package var isOfService = false
    /// The student system that made the package, by its own word.
    package var systemName: String?
    /// Rows of each file that was read, by the file's name; what was refused or left out is counted too.
    package var rows: [String: Int] = [:]
    package var rowsRefused = 0
    /// Rows marked `tobedeleted` or `inactive`: read as if they were not there.
    package var rowsMarkedForDeletion = 0
    /// Rows that FirstBell has no use for, by the file's name: parents in `users.csv`, aides in `enrollments.csv`.
    package var rowsLeftOut: [String: Int] = [:]
    /// Files that were in the package and stayed closed.
    package var unreadFiles: [String] = []
    /// The files that were read, unpacked.
    package var bytes = 0

    /// What is told of the roster.
    package var origin: RosterOrigin {
        let name = isOfService ? "OneRoster REST" : format.name
        return RosterOrigin(format: version.map { "\(name) \($0.rawValue)" } ?? name, system: systemName)
    }

    package init(format: RosterFormat, version: OneRosterVersion? = nil, systemName: String? = nil) {
        self.format = format
        self.version = version
        self.systemName = systemName
    }

    package mutating func add(_ counts: RosterRowCounts, of file: String) {
        rows[file] = counts.read
        rowsRefused += counts.refused
        rowsMarkedForDeletion += counts.markedForDeletion
        if counts.leftOut > 0 { rowsLeftOut[file] = counts.leftOut }
    }
}

/// How far reading has come.
package struct RosterProgress: Sendable, Equatable {
    /// The file in hand.
    package let file: String
    /// Bytes of all files behind us and bytes in all; each file counts twice, since it is checked before it is read.
    package let bytesRead: Int
    package let bytesInAll: Int
}
