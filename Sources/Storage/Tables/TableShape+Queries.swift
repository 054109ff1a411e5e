extension Connection {
    /// Every table of the database, in the order in which rows can be added: parents before children.
    package func tables() throws -> [TableShape] {
        var parents: [String: Set<String>] = [:]
        for row in try rows(.foreignKeys) { parents[try row["child"], default: []].insert(try row["parent"]) }
        var columns: [String: [TableColumn]] = [:]
        var keys: [String: [(place: Int, column: TableColumn)]] = [:]
        for row in try rows(.tableColumns) {
            let (table, name): (String, String) = (try row["table_name"], try row["column_name"])
            let type: String = try row["type"]
            guard let kind = TableColumn.Kind(rawValue: type) else {
                throw UnknownSchema(description: "\(table).\(name) is \(type)")
            }
            let column = TableColumn(name: name, type: kind)
            columns[table, default: []].append(column)
            if let place: Int = try row["key_place"] { keys[table, default: []].append((place, column)) }
        }
        return try TableShape.inOrder(
            columns.keys.sorted().map { name in
                let key = (keys[name] ?? []).sorted { $0.place < $1.place }.map(\.column)
                guard !key.isEmpty else { throw UnknownSchema(description: "\(name) has no primary key") }
                return TableShape(name: name, columns: columns[name] ?? [], key: key, parents: parents[name] ?? [])
            })
    }

    package func count(of table: TableShape) throws -> Int {
        try value("SELECT count(*) AS value FROM \(SQL.name(table.name))") ?? 0
    }

    package func isEmpty(_ table: TableShape) throws -> Bool {
        try !exists("SELECT 1 AS value FROM \(SQL.name(table.name)) LIMIT 1")
    }

    /// The greatest key in a table; nil when it is empty.
    package func lastKey(of table: TableShape) throws -> [SQLValue]? {
        let order = SQL.joined(table.key.map { "\(SQL.name($0.name)) DESC" }, by: ", ")
        let names = SQL.names(table.key)
        guard let row = try rows("SELECT \(names) FROM \(SQL.name(table.name)) ORDER BY \(order) LIMIT 1").first
        else { return nil }
        return try table.key.map { try $0.value(in: row) }
    }

    /// The rows that follow a key, in its order.
    package func rows(of table: TableShape, after key: [SQLValue]?, limit: Int) throws -> BulkRows {
        let names = SQL.names(table.key)
        let rest: SQL = key.map { "WHERE (\(names)) > \(SQL.rows($0, columns: $0.count))" } ?? ""
        var batch = BulkRows(columns: table.columns.count)
        let query: SQL = """
            SELECT \(SQL.names(table.columns)) FROM \(SQL.name(table.name)) \(rest) ORDER BY \(names) LIMIT \(limit)
            """
        try forEachRow(query) { row in batch.add(try table.columns.map { try $0.value(in: row) }) }
        return batch
    }

    package func append(_ rows: BulkRows, to table: TableShape) throws {
        try append(rows, to: SQL.name(table.name), columns: SQL.names(table.columns))
    }

    package func deleteAll(from table: TableShape) throws {
        try execute("DELETE FROM \(SQL.name(table.name))")
    }

    /// Column and key of a text with U+0000, which only the embedded database can hold, and cannot give back whole.
    package func textWithZero(in table: TableShape) throws -> (column: String, key: String)? {
        let texts = table.columns.filter { $0.type == .text }
        guard try firstKey(in: table, withZeroIn: texts) != nil else { return nil }
        for column in texts {
            if let key = try firstKey(in: table, withZeroIn: [column]) { return (column.name, key) }
        }
        return nil
    }

    private func firstKey(in table: TableShape, withZeroIn columns: [TableColumn]) throws -> String? {
        guard !columns.isEmpty else { return nil }
        let isBad = SQL.joined(columns.map { .holdsZero(.name($0.name)) }, by: " OR ")
        let query: SQL = "SELECT \(SQL.names(table.key)) FROM \(SQL.name(table.name)) WHERE \(isBad) LIMIT 1"
        guard let row = try rows(query).first else { return nil }
        return try table.key.map { try $0.value(in: row).inWords }.joined(separator: " ")
    }
}

extension SQL {
    fileprivate static func names(_ columns: [TableColumn]) -> SQL { joined(columns.map { .name($0.name) }, by: ", ") }

    fileprivate static func holdsZero(_ column: SQL) -> SQL {
        let (before, after) = (
            SQL(fragments: [.dialect(sqlite: "instr(", postgreSQL: "strpos(")]),
            SQL(fragments: [.dialect(sqlite: ", char(0)) > 0", postgreSQL: ", NULL) > 0")])
        )
        return "\(before)\(column)\(after)"
    }

    /// Each column that is written: its table, name and type, and its place in the primary key.
    fileprivate static let tableColumns = SQL(fragments: [
        .dialect(
            sqlite: """
                SELECT t.name AS table_name, c.name AS column_name, lower(c.type) AS type, nullif(c.pk, 0) AS key_place
                FROM sqlite_master t JOIN pragma_table_xinfo(t.name) c
                WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite!_%' ESCAPE '!' AND c.hidden = 0
                ORDER BY t.name, c.cid
                """,
            postgreSQL: """
                SELECT t.relname::text AS table_name, c.attname::text AS column_name,
                  format_type(c.atttypid, c.atttypmod) AS type,
                  array_position(k.indkey::smallint[], c.attnum)::bigint AS key_place
                FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = current_schema()
                JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum > 0 AND NOT c.attisdropped AND c.attgenerated = ''
                LEFT JOIN pg_index k ON k.indrelid = t.oid AND k.indisprimary
                WHERE t.relkind = 'r' ORDER BY t.relname, c.attnum
                """)
    ])

    /// Which table's rows name rows of which.
    fileprivate static let foreignKeys = SQL(fragments: [
        .dialect(
            sqlite: """
                SELECT DISTINCT t.name AS child, f."table" AS parent
                FROM sqlite_master t JOIN pragma_foreign_key_list(t.name) f WHERE t.type = 'table'
                """,
            postgreSQL: """
                SELECT DISTINCT t.relname::text AS child, p.relname::text AS parent FROM pg_constraint f
                JOIN pg_class t ON t.oid = f.conrelid JOIN pg_class p ON p.oid = f.confrelid
                JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = current_schema() WHERE f.contype = 'f'
                """)
    ])
}

extension SQLValue {
    fileprivate var inWords: String {
        switch self {
        case .null: "-"
        case .integer(let number): "\(number)"
        case .text(let text): text
        case .bool(let flag): "\(flag)"
        }
    }
}
