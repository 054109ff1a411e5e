internal import GRDB
package import Storage

/// A look into a database file that changes nothing and takes no lock, beside a running server or without one.
package final class SQLiteLook: Sendable {
    private let queue: DatabaseQueue

    /// Throws `StorageError.unavailable` when the file cannot be read as a database.
    package init(path: String) throws {
        SQLiteDatabase.isSetUp
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(10)
        configuration.label = "firstbell-look"
        do { queue = try DatabaseQueue(path: path, configuration: configuration) } catch let error as DatabaseError {
            throw StorageError(error)
        }
    }

    package func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        try await looking { try body(SQLiteConnection(db: $0)) }
    }

    /// What is broken in the file, at most ten sentences of SQLite's; empty when all is well. Reads the whole file.
    package func damage() async throws -> [String] {
        try await looking { db in
            let found = try String.fetchAll(db, sql: "PRAGMA integrity_check(10)").filter { $0 != "ok" }
            guard found.isEmpty else { return found }
            return try GRDB.Row.fetchAll(db, sql: "PRAGMA foreign_key_check").prefix(10).map { row in
                "a row of \(row["table"] ?? "a table") names a row of \(row["parent"] ?? "another") that is not there"
            }
        }
    }

    /// `wal` for a database of ours.
    package func journalMode() async throws -> String {
        try await looking { try String.fetchOne($0, sql: "PRAGMA journal_mode") ?? "" }
    }

    /// The number of the newest migration that was applied; 0 without one.
    package func migrationsDone() async throws -> Int {
        try await looking { db in
            guard try db.tableExists("migration") else { return 0 }
            return try Int.fetchOne(db, sql: "SELECT max(number) FROM migration") ?? 0
        }
    }

    package func close() throws { try queue.close() }

    private func looking<Result: Sendable>(
        _ body: @escaping @Sendable (GRDB.Database) throws -> Result
    ) async throws -> Result {
        do { return try await queue.read(body) } catch let error as DatabaseError { throw StorageError(error) }
    }
}
