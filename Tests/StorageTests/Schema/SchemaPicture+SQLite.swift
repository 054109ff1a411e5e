import Storage

extension SchemaPicture {
    /// Reads it from SQLite's pragmas, and what they do not tell from the texts of the tables.
    init(sqlite connection: any Connection) throws {
        for row in try connection.rows(
            "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
        {
            let name: String = try row["name"]
            tables[name] = try connection.sqliteTable(name, text: try row["sql"])
        }
    }
}

extension Connection {
    fileprivate func sqliteTable(_ name: String, text: String) throws -> SchemaPicture.Table {
        var table = SchemaPicture.Table()
        var keyed: [(Int, String)] = []
        let found = try rows(
            "SELECT name, type, \"notnull\" AS required, dflt_value, pk, hidden FROM pragma_table_xinfo(\(name))")
        let names: [String] = try found.map { try $0["name"] }
        let tokens = SQLTokens(text)
        for row in found {
            let (column, place): (String, Int) = (try row["name"], try row["pk"])
            if place > 0 { keyed.append((place, column)) }
            let isGenerated: Int = try row["hidden"]
            let type: String = try row["type"]
            let made: String? =
                isGenerated == 0
                ? nil
                : ["TEXT", "BIGINT", "BOOLEAN"].lazy.compactMap { type in
                    tokens.brackets(after: [column, type, "GENERATED", "ALWAYS", "AS"]).first
                }.first ?? "not found"
            table.columns[column] = SchemaPicture.Column(
                type: SQLTokens(type).all.first == "INTEGER" ? "BIGINT" : SQLTokens(type).all.first ?? "",
                isRequired: try row["required"] as Int == 1 || place > 0,
                standard: (try row["dflt_value"] as String?).map {
                    $0 == "TRUE" || $0 == "FALSE" ? $0.lowercased() : $0
                },
                made: made.map { .init($0, columns: names) })
        }
        table.primaryKey = keyed.sorted { $0.0 < $1.0 }.map(\.1)
        table.checks = tokens.brackets(after: ["CHECK"]).map { .init($0, columns: names) }.sorted()
        table.keys = try sqliteKeys(of: name)
        try addSQLiteIndexes(of: name, columns: names, to: &table)
        return table
    }

    private func sqliteKeys(of table: String) throws -> Set<SchemaPicture.Key> {
        var keys: [Int: SchemaPicture.Key] = [:]
        for row in try rows(
            """
            SELECT id, "table" AS target, "from" AS source, "to" AS column, on_delete
            FROM pragma_foreign_key_list(\(table)) ORDER BY id, seq
            """)
        {
            let id: Int = try row["id"]
            let fresh = SchemaPicture.Key(
                columns: [], table: try row["target"], targets: [], onDelete: try row["on_delete"])
            var key = keys[id] ?? fresh
            key.columns.append(try row["source"])
            key.targets.append(try row["column"])
            keys[id] = key
        }
        return Set(keys.values)
    }

    private func addSQLiteIndexes(
        of table: String, columns: [String], to picture: inout SchemaPicture.Table
    ) throws {
        for row in try rows("SELECT name, \"unique\" AS is_unique, origin FROM pragma_index_list(\(table))") {
            let (name, origin): (String, String) = (try row["name"], try row["origin"])
            let parts: [String] = try rows(
                "SELECT name, \"desc\" AS is_down FROM pragma_index_xinfo(\(name)) WHERE key = 1 ORDER BY seqno"
            ).map { part in
                let column: String = try part["name"] ?? "an expression"
                return try part["is_down"] as Int == 1 ? "\(column) DESC" : column
            }
            if origin == "u" { picture.uniques.insert(parts) }
            guard origin == "c" else { continue }
            let text: String = try value("SELECT sql AS value FROM sqlite_master WHERE name = \(name)") ?? ""
            let condition = text.split(separator: "WHERE", maxSplits: 1).dropFirst().first
            picture.indexes[name] = .init(
                columns: parts, isUnique: try row["is_unique"] as Int == 1,
                condition: condition.map { .init(String($0), columns: columns) })
        }
    }
}
