import Core

extension RosterFormat {
    /// Recognizes a format by the names of the files, and where formats share those, by column names.
    ///
    /// Throws `RosterRefused` where it is none that FirstBell knows.
    init(of archive: PackageArchive) throws {
        let keys = Set(archive.members.map(\.key))
        func has(_ names: String...) -> Bool { !keys.isDisjoint(with: names) }
        if has("manifest.csv") {
            self = .oneRoster
        } else if has("student.csv", "studentenrollment.csv", "teacherroster.csv") {
            self = .schoolDataSync1
        } else if has("students.csv", "schools.csv", "teachers.csv") {
            self = .clever
        } else if has("accounts.csv") {
            self = .canvas
        } else if has("users.csv", "orgs.csv", "roles.csv") {
            self = try Self.sharingFiles(archive)
        } else {
            throw RosterRefused(
                reason:
                    "FirstBell does not know this kind of package. It reads OneRoster, Clever, Microsoft School Data Sync 1 to 2.1 and Canvas, each with the file names of that format."
            )
        }
    }

    /// OneRoster without a manifest, School Data Sync 2 and Canvas all have a users.csv.
    private static func sharingFiles(_ archive: PackageArchive) throws -> RosterFormat {
        let users = try archive.header(of: "users.csv")
        if users.contains("user_id") { return .canvas }
        let roles = try archive.header(of: "roles.csv")
        if roles.contains("rolestartdate") || roles.contains("sessionsourcedid") || roles.contains("isprimary") {
            return .schoolDataSync2_1
        }
        // Every OneRoster file begins with these columns; School Data Sync has neither.
        let isOneRoster = users.isEmpty || !users.isDisjoint(with: ["status", "enableduser", "datelastmodified"])
        if isOneRoster || !roles.isEmpty { return .oneRoster }
        return .schoolDataSync2
    }
}

extension PackageArchive {
    /// The column names of a file in small letters, as far as they can be told without knowing its encoding; none where the
    /// file is not there.
    fileprivate func header(of key: String) throws -> Set<String> {
        guard let member = members.first(where: { $0.key == key }) else { return [] }
        let source = try open(member)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 14, alignment: 16)
        defer { buffer.deallocate() }
        let count = try source.read(into: buffer)
        let line = buffer[..<count].prefix { $0 != 10 && $0 != 13 }.filter { (32..<127).contains($0) || $0 == 9 }
        let names = line.split { [UInt8(ascii: ","), UInt8(ascii: ";"), 9].contains($0) }
        return Set(
            names.map { name in
                String(decoding: name.filter { $0 != UInt8(ascii: "\"") && $0 != 32 }, as: UTF8.self).lowercased()
            })
    }
}
