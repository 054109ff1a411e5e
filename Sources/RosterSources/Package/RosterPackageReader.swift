package import Core

/// Reads a roster package of any format that FirstBell knows row by row, whatever its size.
package struct RosterPackageReader {
    private let archive: PackageArchive
    private let asked: RosterFormat?

    /// Without a format it is recognized by the files.
    package init(_ archive: PackageArchive, as asked: RosterFormat? = nil) {
        self.archive = archive
        self.asked = asked
    }

    /// Looks all files through, then hands over their rows. Throws `RosterRefused` for a package that cannot be read, and
    /// whatever the receiver or `progress` throws. A cut or altered package is refused before its first row.
    package func read(
        into receiver: inout some RosterReceiver, progress: (RosterProgress) throws -> Void = { _ in }
    ) throws -> RosterSummary {
        let format = try asked ?? RosterFormat(of: archive)
        let bytesInAll = 2 * format.files.reduce(0) { $0 + (archive.member(of: $1)?.size ?? 0) }
        var bytesRead = 0
        let package = try RosterPackage(archive, format: format) { file, count in
            bytesRead += count
            try progress(RosterProgress(file: file, bytesRead: bytesRead, bytesInAll: bytesInAll))
        }
        var summary = RosterSummary(
            format: package.format, version: package.version, systemName: package.manifest?.systemName)
        summary.unreadFiles = package.unread.map(\.name).sorted()
        if let changes = package.changes { try receiver.begin(changes) }
        try reportFiles(of: package, to: &receiver)
        let context = RosterContext(peopleHaveRoles: package.peopleHaveRoles)
        for part in package.parts {
            let start = bytesRead
            let counts = try RosterFileReader(part, of: package, in: context).read(into: &receiver) { count in
                bytesRead = start + count
                try progress(RosterProgress(file: part.member.name, bytesRead: bytesRead, bytesInAll: bytesInAll))
            }
            summary.add(counts, of: part.kind.name)
            summary.bytes += part.survey.size
        }
        return summary
    }

    private func reportFiles(of package: RosterPackage, to receiver: inout some RosterReceiver) throws {
        func warn(_ file: String, _ reason: String) throws {
            try receiver.report(
                RosterProblem(place: RosterPlace(file: file, line: 0), isRefused: false, reason: reason, value: file))
        }
        for member in package.unread where member.key == "demographics.csv" {
            try warn(member.name, Reason.demographics)
        }
        for file in package.denied { try warn(file.name, Reason.denied) }
        if let version = package.manifest?.version, version != package.version?.rawValue {
            try receiver.report(
                RosterProblem(
                    place: RosterPlace(file: "manifest.csv", line: 0), isRefused: false, reason: Reason.otherVersion,
                    value: version))
        }
        for kind in package.format.files where kind.isForTrackers && package.changes == nil {
            let part = package.parts.first { $0.kind.name == kind.name }
            if try part.map(package.isEmpty) ?? true { try warn(kind.name, Reason.noTrackers) }
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
