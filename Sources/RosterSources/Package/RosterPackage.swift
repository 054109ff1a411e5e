import Core

/// A package whose files were all looked through once: it is whole, and every column that is needed is there.
struct RosterPackage {
    /// A file that will be read.
    struct Part {
        let kind: RosterFileKind
        let member: PackageMember
        let survey: TextSurvey
        let delimiter: UInt8
    }

    let format: RosterFormat
    /// Only of OneRoster.
    let version: OneRosterVersion?
    /// What a OneRoster package says of itself.
    let manifest: OneRosterManifest?
    /// nil for a whole roster.
    let changes: RosterChanges?
    let parts: [Part]
    let unread: [PackageMember]
    /// True where people carry their roles themselves.
    let peopleHaveRoles: Bool
    /// Files that are there though the manifest denies them.
    let denied: [RosterFileKind]
    private let archive: PackageArchive

    /// Throws `RosterRefused` before any row was taken. `progress` gets the file and how many more bytes were looked through.
    init(_ archive: PackageArchive, format: RosterFormat, progress: (String, Int) throws -> Void) throws {
        self.archive = archive
        let files = format.files
        let manifestFile = format == .oneRoster ? archive.members.first { $0.key == "manifest.csv" } : nil
        let manifest = try manifestFile.map { member in
            try OneRosterManifest({ try archive.open(member) }, file: member.name)
        }
        self.manifest = manifest
        let read = files.compactMap { kind in archive.member(of: kind).map { (kind, $0) } }
        let keys = Set(read.map(\.1.key))
        unread = archive.members.filter { $0.key != manifestFile?.key && !keys.contains($0.key) }
        let changes = manifest?.changes(in: files, of: archive)
        self.changes = changes
        if changes == nil { try RosterPackage.checkPresence(archive, files) }
        denied = try files.filter {
            try manifest?.isWrong(about: $0, isPresent: archive.member(of: $0) != nil) ?? false
        }

        var parts: [Part] = []
        for (kind, member) in read {
            let survey = try TextSurvey(file: member.name, open: { try archive.open(member) }) {
                try progress(member.name, $0)
            }
            let comma = Part(kind: kind, member: member, survey: survey, delimiter: UInt8(ascii: ","))
            let other = try RosterPackage.table(of: comma, in: archive).otherDelimiter
            parts.append(Part(kind: kind, member: member, survey: survey, delimiter: other ?? comma.delimiter))
        }
        self.parts = parts
        // Changes may leave the roles alone.
        peopleHaveRoles = !keys.contains("roles.csv") && (changes == nil || manifest?.version != "1.2")
        self.format = format
        version =
            format != .oneRoster
            ? nil : !peopleHaveRoles ? .v1_2 : manifest == nil || manifest?.version == "1.0" ? .v1_0 : .v1_1
        let context = RosterContext(peopleHaveRoles: peopleHaveRoles)
        for part in parts { try check(part, in: context) }
    }

    /// The rows of a part, from the beginning.
    func table(of part: Part, counting: (any ByteSource) -> any ByteSource = { $0 }) throws -> RosterTable {
        try RosterPackage.table(of: part, in: archive, counting: counting)
    }

    func isEmpty(_ part: Part) throws -> Bool { try !table(of: part).next() }

    private func check(_ part: Part, in context: RosterContext) throws {
        let table = try table(of: part)
        if part.kind.name == "users.csv", peopleHaveRoles, table.column("role").isAbsent, manifest?.version == "1.2" {
            throw RosterPackage.missing("roles.csv")
        }
        _ = try part.kind.row(table, context)
        guard part.kind.isRequired, changes == nil, try isEmpty(part) else { return }
        throw RosterRefused(
            reason: "{value} has column names but no rows, so nothing was read. Export the roster again.",
            value: part.member.name, place: RosterPlace(file: part.member.name, line: 1))
    }

    private static func table(
        of part: Part, in archive: PackageArchive, counting: (any ByteSource) -> any ByteSource = { $0 }
    ) throws -> RosterTable {
        try RosterTable(
            counting(try archive.open(part.member)), as: part.survey, file: part.member.name, delimiter: part.delimiter)
    }

    private static func checkPresence(_ archive: PackageArchive, _ files: [RosterFileKind]) throws {
        for kind in files where kind.isRequired && archive.member(of: kind) == nil { throw missing(kind.name) }
    }

    private static func missing(_ name: String) -> RosterRefused {
        RosterRefused(
            reason: "{value} is missing in the package. Export the roster again with all its files.",
            value: name, place: RosterPlace(file: name, line: 0))
    }
}

extension PackageArchive {
    func member(of kind: RosterFileKind) -> PackageMember? {
        let keys = kind.keys
        return members.first { keys.contains($0.key) }
    }
}
