import Core
import Foundation
import Storage
import Synchronization
import TestSupport

/// A district with a little of everything, and an empty database to move it to.
struct Movers {
    let source: any Store
    let target: any Store
    let clock = Clock { ADistrict.now }

    static func open(students: Int = 7, _ body: (Movers) async throws -> Void) async throws {
        try await ADistrict.open(students: students) { district in
            try await district.database.write { try $0.fillEverything() }
            try await withTarget { target in try await body(Movers(source: district.database, target: target)) }
        }
    }

    static func withTarget(on store: TestStore = .chosen, _ body: (any Store) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let database = try await store.database(in: folder)
        try await body(database)
        try await TestStore.discard(database)
    }

    func copy(
        from: (any Store)? = nil, to: (any Store)? = nil, place: String = "here:/data"
    ) async throws -> DistrictCopy.Report {
        try await DistrictCopy(
            from: .init(from ?? source, name: "the source"), to: .init(to ?? target, name: "the target"), place: place,
            clock: clock, batch: 3
        ).run { _ in }
    }

    /// Everything that belongs to the district, table by table.
    static func everything(in database: any Store) async throws -> [String: [SQLValue]] {
        try await database.read { connection in
            var rows: [String: [SQLValue]] = [:]
            for table in try connection.tables() where !["migration", "server", "database_copy"].contains(table.name) {
                rows[table.name] = try connection.rows(of: table, after: nil, limit: 1_000_000).values
            }
            return rows
        }
    }
}

/// A database to which the line breaks after some writes.
struct BreakingStore: Store {
    struct Broken: Error {}
    let database: any Store
    private let left: WritesLeft

    var step: Duration { database.step }

    init(_ database: any Store, after writes: Int) {
        self.database = database
        left = WritesLeft(writes)
    }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result { try await database.read(body) }

    func write<Result: Sendable>(
        at isolation: Isolation, _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        guard left.take() else { throw Broken() }
        return try await database.write(at: isolation, body)
    }

    func migrate(_ migrations: [Migration], now: Int64) async throws {
        try await database.migrate(migrations, now: now)
    }
    func migrationsDone() async throws -> Int { try await database.migrationsDone() }
    func checkpoint() async throws { try await database.checkpoint() }
    func close() throws { try database.close() }
}

private final class WritesLeft: Sendable {
    private let number: Mutex<Int>
    init(_ count: Int) { number = Mutex(count) }

    func take() -> Bool {
        number.withLock { number in
            number -= 1
            return number >= 0
        }
    }
}

extension Connection {
    /// Rows in tables that the cast of a district leaves empty, with texts that a copy could spoil.
    fileprivate func fillEverything() throws {
        try execute("UPDATE district SET name = \("Tab\there"), language = 'es'")
        try execute("UPDATE account SET given_name = given_name || \(" \\N \"O'Brien\"\r\n\u{1F514}")")
        let staff: String? = try value("SELECT id AS value FROM account WHERE kind = 'staff' ORDER BY id LIMIT 1")
        let student: String? = try value("SELECT id AS value FROM account WHERE kind = 'student' ORDER BY id LIMIT 1")
        try execute(
            "UPDATE account SET address_is_bad = TRUE, suspended_at = 5, suspended_for = 'hand' WHERE id = \(student)")
        for number in 0..<10 {
            try execute(
                "INSERT INTO throttle (name_key, failures, blocked_until, last_at) VALUES (\("é\(number)"), \(number), 1, 2)"
            )
            try execute("INSERT INTO audit (id, at, actor_id, act) VALUES (\("a\(number)"), \(number), \(staff), 'x')")
        }
        for (id, state, isOpen, total) in [
            ("1", "applied", false, 5), ("2", "applied", true, 5), ("3", "ready", true, 5), ("4", "ready", true, 0),
            ("5", "applying", true, 5),
        ] {
            try execute(
                """
                INSERT INTO roster_plan (id, source, file_name, made_at, state, is_open, total)
                VALUES (\(id), 's', 'f.zip', 1, \(state), \(isOpen), \(total))
                """)
        }
        while try settleStudents(limit: 100, at: ADistrict.now) > 0 {}
    }
}
