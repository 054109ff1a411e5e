internal import CSQLite
internal import GRDB
package import Storage

/// The embedded store: one file in WAL mode with one connection that writes and several that read.
package final class SQLiteDatabase: Store {
    private let pool: DatabasePool

    /// How hard a commit is: `.full` survives a power cut; `.none` is for files that can be made anew.
    package enum Durability: Sendable { case full, none }

    /// Opens or creates the file. Throws `StorageError.unavailable` when it cannot be opened as asked.
    package init(path: String, durability: Durability = .full, readers: Int = 4) throws {
        Self.isSetUp
        var configuration = Configuration()
        configuration.maximumReaderCount = readers
        configuration.busyMode = .timeout(10)
        configuration.label = "firstbell"
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA secure_delete = ON")
            try db.execute(sql: "PRAGMA foreign_keys = ON")
            // Sorting four million rows for an index must not fill the memory; what fits into the cache reaches no file.
            try db.execute(sql: "PRAGMA temp_store = FILE")
            // In KiB, of each connection. Who reads files that can be made anew walks through them once.
            let readers = durability == .full ? 8_000 : 2_000
            try db.execute(sql: "PRAGMA cache_size = -\(db.configuration.readonly ? readers : 16_000)")
        }
        do {
            pool = try DatabasePool(path: path, configuration: configuration)
            // GRDB turns synchronous down to NORMAL when it switches to WAL; an acknowledged commit must survive.
            try pool.writeWithoutTransaction { db in
                try db.execute(sql: durability == .full ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = OFF")
                try Self.assertSettings(db, durability: durability)
            }
        } catch let error as DatabaseError {
            throw StorageError(error)
        }
    }

    /// What SQLite takes only before its first use in the process.
    static let isSetUp: Void = { _ = sqlite_counts_no_memory() }()

    private static func assertSettings(_ db: GRDB.Database, durability: Durability) throws {
        let expected: [(String, String)] = [
            ("journal_mode", "wal"), ("synchronous", durability == .full ? "2" : "0"), ("secure_delete", "1"),
            ("foreign_keys", "1"),
        ]
        for (name, value) in expected {
            let found = try String.fetchOne(db, sql: "PRAGMA \(name)") ?? ""
            guard found == value else { throw StorageError.unavailable("\(name) is \(found), not \(value)") }
        }
    }

    /// One write goes at a time: all others wait for it.
    package var step: Duration { .milliseconds(6) }

    package func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        try await translated { try await self.pool.read { try body(SQLiteConnection(db: $0)) } }
    }

    @discardableResult
    package func write<Result: Sendable>(
        at isolation: Isolation, _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        try await translated { try await self.pool.write { try body(SQLiteConnection(db: $0)) } }
    }

    private func translated<Result: Sendable>(_ work: () async throws -> Result) async throws -> Result {
        do { return try await work() } catch let error as DatabaseError { throw StorageError(error) }
    }

    /// Brings the schema up to date, one transaction a migration. Throws `MigrationRefused` for a newer schema.
    package func migrate(_ migrations: [Migration], now: Int64) async throws {
        for migration in migrations {
            try await translated {
                try await self.pool.write { db in try Self.apply(migration, of: migrations.count, to: db, now: now) }
            }
        }
    }

    /// The number of the newest migration that was applied; 0 for an empty database.
    package func migrationsDone() async throws -> Int {
        try await translated {
            try await self.pool.read { db in
                guard try db.tableExists("migration") else { return 0 }
                return try Int.fetchOne(db, sql: "SELECT max(number) FROM migration") ?? 0
            }
        }
    }

    private static func apply(_ migration: Migration, of known: Int, to db: GRDB.Database, now: Int64) throws {
        try db.execute(
            sql: """
                CREATE TABLE IF NOT EXISTS migration (number BIGINT PRIMARY KEY, name TEXT NOT NULL, at BIGINT NOT NULL)
                """)
        let found = try Int.fetchOne(db, sql: "SELECT max(number) FROM migration") ?? 0
        guard found <= known else { throw MigrationRefused.newer(found: found, known: known) }
        guard migration.number > found else { return }
        try db.execute(sql: migration.script)
        try db.execute(
            sql: "INSERT INTO migration (number, name, at) VALUES (?, ?, ?)",
            arguments: [migration.number, migration.name, now])
    }

    /// Moves what was deleted out of the write-ahead log for good (SQLite keeps it there until then).
    package func checkpoint() async throws {
        try await translated {
            try await self.pool.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
        }
    }

    /// Writes a clean copy of the whole file to `path`, which must not exist.
    package func copy(to path: String) async throws {
        try await translated {
            try await self.pool.writeWithoutTransaction { try $0.execute(sql: "VACUUM INTO ?", arguments: [path]) }
        }
    }

    /// Closes every connection; later use throws.
    package func close() throws { try pool.close() }
}

extension StorageError {
    init(_ error: DatabaseError) {
        switch error.extendedResultCode {
        case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY:
            self = .notUnique(constraint: error.message ?? "")
        default: self = .unavailable("\(error.resultCode): \(error.message ?? "")")
        }
    }
}
