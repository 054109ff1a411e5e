/// A store of rows. Transactions are synchronous closures: nothing can be awaited while one is open.
package protocol Database: Sendable {
    /// Runs `body` on one unchanging view of the data. Writing inside throws.
    func read<Result: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Result) async throws -> Result

    /// How long one step of a long work should take, so that nobody waits for it too long.
    var step: Duration { get }

    /// Runs `body` as one transaction. It may run twice: ids, randomness and the time come in from outside.
    @discardableResult
    func write<Result: Sendable>(
        at isolation: Isolation, _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result
}

extension Database {
    /// Runs `body` as one transaction, as if no other ran at the same time.
    @discardableResult
    package func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result { try await write(at: .serializable, body) }
}

/// A database with its schema and its life: what whoever opens it has to do.
package protocol Store: Database {
    /// Brings the schema up to date, one transaction a migration. Throws `MigrationRefused` for a newer schema.
    func migrate(_ migrations: [Migration], now: Int64) async throws

    /// The number of the newest migration that was applied; 0 for an empty database.
    func migrationsDone() async throws -> Int

    /// Moves what was deleted out of the log for good, where the database keeps it there until then.
    func checkpoint() async throws

    /// Closes every connection; later use throws.
    func close() throws
}

/// How much of other writers a transaction may meet. The embedded database lets one write at a time, whatever is asked.
package enum Isolation: Sendable {
    /// As if alone: what was looked at still holds when it is committed, or the closure runs again.
    case serializable
    /// Each statement sees what was committed before it: for work that locks its rows or is guarded in one statement.
    case readCommitted
}

/// An open transaction. Not `Sendable`: it cannot outlive the closure that received it.
package protocol Connection {
    /// All rows of a query.
    func rows(_ sql: SQL) throws -> [any Row]

    /// Hands each row to `body` in turn.
    func forEachRow(_ sql: SQL, _ body: (any Row) throws -> Void) throws

    /// Runs a statement and returns how many rows it changed.
    @discardableResult func execute(_ sql: SQL) throws -> Int

    /// Adds many rows to a table, in the fastest way that the database has. No row may be there already.
    func append(_ rows: BulkRows, to table: SQL, columns: SQL) throws

    /// Lets the database see how these tables have grown, or all, where it would plan as if they were empty.
    func analyze(_ tables: [SQL]) throws
}

extension Connection {
    package func fetchAll<R: Record>(_ sql: SQL, as type: R.Type = R.self) throws -> [R] {
        try rows(sql).map(R.init(row:))
    }
    package func fetchOne<R: Record>(_ sql: SQL, as type: R.Type = R.self) throws -> R? {
        try rows(sql).first.map(R.init(row:))
    }
    /// The column `value` of the first row.
    package func value<V: SQLDecodable>(_ sql: SQL, as type: V.Type = V.self) throws -> V? {
        guard let row = try rows(sql).first else { return nil }
        return try row["value"]
    }
    package func exists(_ sql: SQL) throws -> Bool { try !rows(sql).isEmpty }
}

/// What a row can become.
package protocol Record: Sendable { init(row: any Row) throws }
