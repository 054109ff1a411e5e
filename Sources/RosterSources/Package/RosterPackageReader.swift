package import Core

/// Reads a OneRoster package (CSV 1.0, 1.1 and 1.2, bulk) row by row, whatever its size.
package struct OneRosterReader {
    private let archive: PackageArchive

    package init(_ archive: PackageArchive) { self.archive = archive }

    /// Looks all files through, then hands over their rows: schools, terms, people, roles, trackers, enrollments. Throws
    /// `RosterRefused` for a package that cannot be read, and whatever the receiver or `progress` throws. A cut or altered
    /// package is refused before its first row.
    package func read(
        into receiver: inout some RosterReceiver, progress: (RosterProgress) throws -> Void = { _ in }
    ) throws -> RosterSummary {
        let read = archive.members.filter { member in OneRosterFile.allCases.contains { $0.key == member.key } }
        let bytesInAll = 2 * read.reduce(0) { $0 + $1.size }
        var bytesRead = 0
        let package = try OneRosterPackage(archive) { file, count in
            bytesRead += count
            try progress(RosterProgress(file: file, bytesRead: bytesRead, bytesInAll: bytesInAll))
        }
        var summary = RosterSummary(version: package.version, systemName: package.manifest?.systemName)
        summary.unreadFiles = package.unread.map(\.name).sorted()
        try reportFiles(of: package, to: &receiver)
        for part in package.parts {
            let start = bytesRead
            try OneRosterFileReader(part, of: package).read(into: &receiver, summary: &summary) { count in
                bytesRead = start + count
                try progress(RosterProgress(file: part.member.name, bytesRead: bytesRead, bytesInAll: bytesInAll))
            }
            summary.bytes += part.survey.size
        }
        return summary
    }

    private func reportFiles(of package: OneRosterPackage, to receiver: inout some RosterReceiver) throws {
        func warn(_ file: String, _ reason: String) throws {
            try receiver.report(
                RosterProblem(place: RosterPlace(file: file, line: 0), isRefused: false, reason: reason, value: file))
        }
        for member in package.unread where member.key == "demographics.csv" {
            try warn(member.name, Reason.demographics)
        }
        for file in package.denied { try warn(file.name, Reason.denied) }
        if let version = package.manifest?.version, version != package.version.rawValue {
            try receiver.report(
                RosterProblem(
                    place: RosterPlace(file: "manifest.csv", line: 0), isRefused: false, reason: Reason.otherVersion,
                    value: version))
        }
        for file in [OneRosterFile.classes, .enrollments] {
            let part = package.parts.first { $0.file == file }
            if try part.map(package.isEmpty) ?? true { try warn(file.name, Reason.noTrackers) }
        }
    }
}

private enum Reason {
    static let demographics = "{value} was in the package and was not read: FirstBell needs nothing of it."
    static let denied = "The manifest says that {value} is absent, but it is there. It was read."
    static let otherVersion =
        "The manifest says OneRoster {value}, but the files have another form. They were read as they are."
    static let noTrackers = "{value} is missing or has no rows: teachers will see no students."
}
