import Core

/// `manifest.csv`: what a package says of itself. Where it differs from the files, the files are right.
struct OneRosterManifest {
    /// What it says of a file: `absent`, `bulk`, `delta`, or nothing.
    private var files: [String: String] = [:]
    private(set) var version: String?
    private(set) var systemName: String?

    /// Reads the rows `propertyName,value`. Throws `RosterRefused` where they cannot be read.
    init(_ open: () throws -> any ByteSource, file: String) throws {
        let survey = try TextSurvey(file: file, open: open)
        let rows = CSVReader(TextStream(try open(), as: survey, file: file), file: file)
        while try rows.next(), rows.line <= 1_000 {
            let property = Substring(rows.text(0)).trimmingBlanks().lowercased()
            let value = String(Substring(rows.text(1)).trimmingBlanks().prefix(100))
            switch property {
            case "oneroster.version": version = value
            case "source.systemname":
                var notes: [RowNote] = []
                systemName = value.isEmpty ? nil : PersonName.label(value, notes: &notes)
            case let name where name.hasPrefix("file."): files[String(name.dropFirst(5))] = value.lowercased()
            default: break
            }
        }
    }

    /// What the package holds, where that is no whole roster. A kind whose file is not there stays as it was.
    func changes(in files: [RosterFileKind], of archive: PackageArchive) -> RosterChanges? {
        guard archive.members.count == 1 || files.contains(where: isDelta) else { return nil }
        let whole = files.filter { !isDelta($0) && archive.member(of: $0) != nil }
        return RosterChanges(wholeKinds: Set(whole.compactMap(\.rows)))
    }

    /// Whether a file holds changes only.
    func isDelta(_ file: RosterFileKind) -> Bool { said(of: file) == "delta" }

    /// Throws `RosterRefused` for a file that is promised and not there. True when it is there though the manifest denies it.
    func isWrong(about file: RosterFileKind, isPresent: Bool) throws -> Bool {
        switch said(of: file) {
        case "bulk"? where !isPresent, "delta"? where !isPresent:
            throw RosterRefused(
                reason: "The manifest promises {value}, but it is not in the package. Copy the whole package again.",
                value: file.name, place: RosterPlace(file: "manifest.csv", line: 0))
        case "absent"?: return isPresent
        default: return false
        }
    }

    private func said(of file: RosterFileKind) -> String? {
        files[file.name.dropLast(".csv".count).lowercased()]
    }
}
