import Core
import Foundation
import Storage
import TestSupport

/// Three schools with many students, an administrator of the district and one of the first school alone.
struct ADistrict {
    static let now = Timestamp(milliseconds: 1_788_249_600_000)

    let database: any Store
    let schools: [ID<School>]
    let chief: StudentViewer
    let principal: StudentViewer

    /// `students`: in each school; every fifth has no address. The first student of the first school is in the second too.
    static func open(students: Int, _ body: (ADistrict) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let database = try await TestStore.chosen.database(in: folder)
        try await body(try await ADistrict(database, students: students))
        try await TestStore.discard(database)
    }

    private init(_ database: any Store, students: Int) async throws {
        self.database = database
        let now = Self.now
        let day = SchoolDay(now, in: .gmt)
        let schools = (0..<3).map { _ in ID<School>.new(at: now) }
        let chief = ID<Account>.new(at: now)
        let principal = ID<Account>.new(at: now)
        self.schools = schools
        self.chief = .administrator(Administrator(id: chief, hasDistrict: true), day)
        self.principal = .administrator(Administrator(id: principal, hasDistrict: false), day)
        let mint = IDMint(at: now)
        try await database.write { connection in
            var mint = mint
            for (number, school) in schools.enumerated() {
                try connection.execute("INSERT INTO school (id, name) VALUES (\(school), \("School \(number)"))")
            }
            for (number, school) in schools.enumerated() {
                let tracker: ID<Tracker> = mint.next()
                try connection.execute(
                    "INSERT INTO tracker (id, school_id, name) VALUES (\(tracker), \(school), 'Homeroom')")
                for index in 0..<students {
                    let id: ID<Account> = mint.next()
                    let name = "S\(number)N\(index)"
                    try connection.addPerson(
                        id, kind: .student, given: name, family: "A", school: school,
                        address: index % 5 == 4 ? nil : "\(name)@s.example")
                    // Every third is in no tracker.
                    if index % 3 < 2 {
                        try connection.execute(
                            "INSERT INTO enrollment (tracker_id, account_id, role) VALUES (\(tracker), \(id), 'student')"
                        )
                    }
                    if number == 0, index == 0 {
                        try connection.execute(
                            "INSERT INTO membership (account_id, school_id) VALUES (\(id), \(schools[1]))")
                    }
                }
            }
            for (id, scope) in [(chief, "district"), (principal, "schools")] {
                try connection.addPerson(id, kind: .staff, given: "Admin \(scope)", family: "Stone", school: schools[0])
                try connection.execute("INSERT INTO administrator (account_id, scope) VALUES (\(id), \(scope))")
            }
            try connection.execute(
                "INSERT INTO administrator_school (account_id, school_id) VALUES (\(principal), \(schools[0]))")
        }
    }

    func new(
        _ choice: MailingChoice, by sender: StudentViewer, act: ID<Act>? = nil, after: Span = .seconds(0)
    ) async throws -> NewMailing {
        let now = Self.now + after
        let expected = try await database.read { try $0.previewMailing(choice, by: sender, at: now).mailed.count }
        return NewMailing(
            act: act ?? .new(at: now), choice: choice, message: "",
            sender: SignedIn(
                id: sender.id, kind: .staff, name: "Ruth Stone", username: "ruth", isAdministrator: true,
                place: "The district"), expected: expected, mint: IDMint(at: now), now: now)
    }

    /// One step of a large mailing; nil when none waits.
    @discardableResult func fill(_ limit: Int, after: Span = .seconds(0)) async throws -> Int? {
        let now = Self.now + after
        let mint = IDMint(at: now)
        return try await database.write { try $0.fillOutbox(limit: limit, mint: mint, at: now) }
    }

    func report(_ mailing: ID<Mailing>, for reader: StudentViewer) async throws -> MailingReport? {
        guard case .administrator(let administrator, let day) = reader else { return nil }
        let asking = MailingReader(teacher: Teacher(id: administrator.id, day: day), administrator: administrator)
        return try await database.read { try $0.mailingReport(mailing, for: asking, at: Self.now) }
    }

    func count(_ sql: SQL) async throws -> Int { try await database.read { try $0.value(sql) ?? 0 } }
}
