internal import CSQLite
internal import GRDB
internal import Storage

/// One open transaction on GRDB.
struct SQLiteConnection: Connection {
    let db: GRDB.Database
    private let open = OpenTexts()

    init(db: GRDB.Database) { self.db = db }

    func rows(_ sql: Storage.SQL) throws -> [any Storage.Row] {
        let (statement, arguments) = try prepare(sql.rendered(for: .sqlite))
        let columns = statement.columnNames
        return try GRDB.Row.fetchAll(statement, arguments: arguments).map { SQLiteRow(row: $0, columns: columns) }
    }

    func forEachRow(_ sql: Storage.SQL, _ body: (any Storage.Row) throws -> Void) throws {
        let (text, values) = sql.rendered(for: .sqlite)
        let (statement, arguments) = try prepare((text, values))
        let isOurs = open.texts.insert(text).inserted
        defer { if isOurs { open.texts.remove(text) } }
        let cursor = try GRDB.Row.fetchCursor(statement, arguments: arguments)
        let row = SQLiteStep(statement: statement.sqliteStatement, columns: statement.columnNames)
        while try cursor.next() != nil { try body(row) }
    }

    func execute(_ sql: Storage.SQL) throws -> Int {
        let (statement, arguments) = try prepare(sql.rendered(for: .sqlite))
        try statement.execute(arguments: arguments)
        return db.changesCount
    }

    /// One short statement that takes row after row: rosters come by the million rows.
    func append(_ rows: BulkRows, to table: Storage.SQL, columns: Storage.SQL) throws {
        guard rows.count > 0 else { return }
        let row = Storage.SQL.rows(rows.values.prefix(rows.columns), columns: rows.columns)
        let (text, _) = ("INSERT INTO \(table) (\(columns)) VALUES \(row)" as Storage.SQL).rendered(for: .sqlite)
        try SQLiteInsert(statement: db.cachedStatement(sql: text), db: db).insert(rows)
    }

    /// Our statements name indexes by their order, and are planned well without figures.
    func analyze(_ tables: [Storage.SQL]) {}

    private func prepare(_ rendered: (text: String, values: [SQLValue])) throws -> (Statement, StatementArguments) {
        let (text, values) = rendered
        // While a text's rows are being read, the same text gets a statement of its own: the cached one is in use.
        let statement = try open.texts.contains(text) ? db.makeStatement(sql: text) : db.cachedStatement(sql: text)
        return (statement, StatementArguments(values.map { $0.databaseValue }))
    }
}

/// The texts whose rows are being read.
private final class OpenTexts {
    var texts: Set<String> = []
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
