import Core

/// A package whose files were all looked through once: it is whole, and every column that is needed is there.
struct OneRosterPackage {
    /// A file that will be read.
    struct Part {
        let file: OneRosterFile
        let member: PackageMember
        let survey: TextSurvey
        let delimiter: UInt8
    }

    let version: OneRosterVersion
    let manifest: OneRosterManifest?
    let parts: [Part]
    let unread: [PackageMember]
    /// True where people carry their roles themselves.
    let peopleHaveRoles: Bool
    /// Files that are there though the manifest denies them.
    let denied: [OneRosterFile]
    private let archive: PackageArchive

    /// Throws `RosterRefused` before any row was taken. `progress` gets the file and how many more bytes were looked through.
    init(_ archive: PackageArchive, progress: (String, Int) throws -> Void) throws {
        self.archive = archive
        var members: [String: PackageMember] = [:]
        for member in archive.members { members[member.key] = member }
        let manifest = try members["manifest.csv"].map { member in
            try OneRosterManifest({ try archive.open(member) }, file: member.name)
        }
        self.manifest = manifest
        let read = OneRosterFile.allCases.compactMap { file in members[file.key].map { (file, $0) } }
        unread = archive.members.filter { $0.key != "manifest.csv" && OneRosterPackage.file(of: $0) == nil }
        try OneRosterPackage.checkPresence(members, hasManifest: manifest != nil)
        denied = try OneRosterFile.allCases.filter {
            try manifest?.isWrong(about: $0, isPresent: members[$0.key] != nil) ?? false
        }

        var parts: [Part] = []
        for (file, member) in read {
            let survey = try TextSurvey(file: member.name, open: { try archive.open(member) }) {
                try progress(member.name, $0)
            }
            let comma = Part(file: file, member: member, survey: survey, delimiter: UInt8(ascii: ","))
            let other = try OneRosterPackage.table(of: comma, in: archive).otherDelimiter
            parts.append(Part(file: file, member: member, survey: survey, delimiter: other ?? comma.delimiter))
        }
        self.parts = parts
        let hasRolesFile = members[OneRosterFile.roles.key] != nil
        peopleHaveRoles = !hasRolesFile
        version = hasRolesFile ? .v1_2 : manifest == nil || manifest?.version == "1.0" ? .v1_0 : .v1_1
        for part in parts { try check(part) }
    }

    /// The rows of a part, from the beginning.
    func table(of part: Part, counting: (any ByteSource) -> any ByteSource = { $0 }) throws -> RosterTable {
        try OneRosterPackage.table(of: part, in: archive, counting: counting)
    }

    func isEmpty(_ part: Part) throws -> Bool { try !table(of: part).next() }

    private func check(_ part: Part) throws {
        let table = try table(of: part)
        if part.file == .users, peopleHaveRoles, table.column("role").isAbsent, manifest?.version == "1.2" {
            throw OneRosterPackage.missing(OneRosterFile.roles.name)
        }
        _ = try part.file.row(table, peopleHaveRoles: peopleHaveRoles)
        guard part.file.isRequired, try isEmpty(part) else { return }
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

    private static func file(of member: PackageMember) -> OneRosterFile? {
        OneRosterFile.allCases.first { $0.key == member.key }
    }

    private static func checkPresence(_ members: [String: PackageMember], hasManifest: Bool) throws {
        if hasManifest, members.count == 1 {
            throw RosterRefused(
                reason:
                    "The package holds only a manifest, which means that nothing changed. Export the whole roster (bulk)."
            )
        }
        for file in OneRosterFile.allCases where file.isRequired && members[file.key] == nil {
            throw missing(file.name)
        }
    }

    private static func missing(_ name: String) -> RosterRefused {
        RosterRefused(
            reason: "{value} is missing in the package. Export the roster again as OneRoster CSV with all its files.",
            value: name, place: RosterPlace(file: name, line: 0))
    }
}
