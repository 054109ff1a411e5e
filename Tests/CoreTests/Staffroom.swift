import Core
import Foundation
import Storage
import TestSupport
import Testing

/// A small school on a real database: Ms. Ada teaches 4B and chess, Mr. Dov teaches 5A and must see nothing of hers.
struct Staffroom {
    static let monday = Timestamp(milliseconds: 1_788_249_600_000)  // 2026-09-01T08:00:00Z

    let database: any Store
    let now: Timestamp
    let ada: Teacher
    let dov: Teacher
    let class4B: ID<Tracker>
    let chess: ID<Tracker>
    let class5A: ID<Tracker>
    private let school: ID<School>
    private let folder: URL

    static func open(_ body: (Staffroom) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let database = try await TestStore.chosen.database(in: folder)
        try await body(try await Staffroom(database, in: folder))
        // Whatever was done, and however long ago: the counters say what the rows say.
        #expect(try await database.recountStudents(at: monday + .days(400)) == [])
        try await TestStore.discard(database)
    }

    private init(_ database: any Store, in folder: URL) async throws {
        self.database = database
        self.folder = folder
        now = Self.monday
        let day = SchoolDay(now, in: .gmt)
        let school = ID<School>.new(at: now)
        self.school = school
        ada = Teacher(id: .new(at: now), day: day)
        dov = Teacher(id: .new(at: now), day: day)
        class4B = .new(at: now)
        chess = .new(at: now)
        class5A = .new(at: now)
        let trackers = [(class4B, "Homeroom 4B"), (chess, "Chess"), (class5A, "Homeroom 5A")]
        let teaching = [(ada, class4B), (ada, chess), (dov, class5A)]
        let staff = [(ada, "Ada"), (dov, "Dov")]
        try await database.write { connection in
            try connection.execute("INSERT INTO school (id, name) VALUES (\(school), 'Alder Creek')")
            for (id, name) in trackers {
                try connection.execute("INSERT INTO tracker (id, school_id, name) VALUES (\(id), \(school), \(name))")
            }
            for (teacher, name) in staff {
                try connection.addPerson(teacher.id, kind: .staff, given: name, family: "Stone", school: school)
            }
            for (teacher, tracker) in teaching {
                try connection.execute(
                    """
                    INSERT INTO enrollment (tracker_id, account_id, role) VALUES (\(tracker), \(teacher.id), 'teacher')
                    """)
            }
        }
    }

    /// A student of these trackers; `family` orders the list.
    @discardableResult func student(
        _ given: String, _ family: String, address: String? = nil, in trackers: [ID<Tracker>]
    ) async throws -> ID<Account> {
        let id = ID<Account>.new(at: now)
        let school = school
        try await database.write { connection in
            try connection.addPerson(
                id, kind: .student, given: given, family: family, school: school, address: address)
            for tracker in trackers {
                try connection.execute(
                    "INSERT INTO enrollment (tracker_id, account_id, role) VALUES (\(tracker), \(id), 'student')")
            }
        }
        return id
    }

    /// What the signed-in teacher is called on mails.
    func signedIn(_ teacher: Teacher) -> SignedIn {
        SignedIn(
            id: teacher.id, kind: .staff, name: "Ada Stone", username: "ada", isAdministrator: false,
            place: "Alder Creek")
    }

    /// A teacher who looks at what was mailed and printed.
    func reader(_ teacher: Teacher) -> MailingReader { MailingReader(teacher: teacher, administrator: nil) }

    /// Everything that the database has written, its log included.
    func bytesOnDisk() async throws -> [UInt8] { try await TestStore.chosen.bytes(of: database, in: folder) }

    func read<Result: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Result) async throws -> Result {
        try await database.read(body)
    }

    @discardableResult func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        try await database.write(body)
    }
}

extension Connection {
    func addPerson(
        _ id: ID<Account>, kind: AccountKind, given: String, family: String, school: ID<School>, address: String? = nil
    ) throws {
        try execute(
            """
            INSERT INTO account (id, kind, origin, school_id, username, given_name, family_name, sort_name, given_sort,
              address, address_key)
            VALUES (\(id), \(kind.rawValue), 'roster', \(school), \(given.lowercased()), \(given), \(family),
              \(SortName.key(family: family, given: given)), \(SortName.key(family: "", given: given)), \(address),
              \(address))
            """)
        try execute("INSERT INTO membership (account_id, school_id) VALUES (\(id), \(school))")
    }
}
