internal import GRDB
internal import Storage

/// One open transaction on GRDB.
struct SQLiteConnection: Connection {
    let db: GRDB.Database

    func rows(_ sql: Storage.SQL) throws -> [any Storage.Row] {
        let (statement, arguments) = try prepare(sql)
        let columns = statement.columnNames
        return try GRDB.Row.fetchAll(statement, arguments: arguments).map { SQLiteRow(row: $0, columns: columns) }
    }

    func forEachRow(_ sql: Storage.SQL, _ body: (any Storage.Row) throws -> Void) throws {
        // A statement of its own, not a cached one: `body` may run the same text while this one is open.
        let (text, values) = sql.rendered(for: .sqlite)
        let statement = try db.makeStatement(sql: text)
        let cursor = try GRDB.Row.fetchCursor(statement, arguments: StatementArguments(values.map { $0.databaseValue }))
        let columns = statement.columnNames
        while let row = try cursor.next() { try body(SQLiteRow(row: row, columns: columns)) }
    }

    func execute(_ sql: Storage.SQL) throws -> Int {
        let (statement, arguments) = try prepare(sql)
        try statement.execute(arguments: arguments)
        return db.changesCount
    }

    private func prepare(_ sql: Storage.SQL) throws -> (Statement, StatementArguments) {
        let (text, values) = sql.rendered(for: .sqlite)
        return (try db.cachedStatement(sql: text), StatementArguments(values.map { $0.databaseValue }))
    }
}

private struct SQLiteRow: Storage.Row {
    let row: GRDB.Row
    /// GRDB finds a column by folding the case of every name before it, for each value read: we compare as written.
    let columns: [String]

    func text(_ column: String) throws -> String? { try decode(column) }
    func integer(_ column: String) throws -> Int64? { try decode(column) }
    func bool(_ column: String) throws -> Bool? { try decode(column) }

    private func decode<Value: DatabaseValueConvertible>(_ column: String) throws -> Value? {
        guard let index = columns.firstIndex(of: column) else { throw MissingColumn(column) }
        let value = row[index] as DatabaseValue
        if value.isNull { return nil }
        guard let decoded = Value.fromDatabaseValue(value) else { throw MissingColumn(column) }
        return decoded
    }
}

extension SQLValue {
    fileprivate var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let value): value.databaseValue
        case .text(let value): value.databaseValue
        case .bool(let value): value.databaseValue
        }
    }
}
