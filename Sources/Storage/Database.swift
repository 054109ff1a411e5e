/// A store of rows. Transactions are synchronous closures: nothing can be awaited while one is open.
package protocol Database: Sendable {
    /// Runs `body` on one unchanging view of the data. Writing inside throws.
    func read<Result: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Result) async throws -> Result

    /// Runs `body` as one transaction. It may run twice: ids, randomness and the time come in from outside.
    @discardableResult
    func write<Result: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Result) async throws -> Result
}

/// An open transaction. Not `Sendable`: it cannot outlive the closure that received it.
package protocol Connection {
    /// All rows of a query.
    func rows(_ sql: SQL) throws -> [any Row]

    /// Hands each row to `body` as it comes, without keeping them.
    func forEachRow(_ sql: SQL, _ body: (any Row) throws -> Void) throws

    /// Runs a statement and returns how many rows it changed.
    @discardableResult func execute(_ sql: SQL) throws -> Int
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
