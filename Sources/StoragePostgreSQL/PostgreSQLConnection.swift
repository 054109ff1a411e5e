internal import Storage

/// One open transaction on a line.
struct PostgreSQLConnection: Connection {
    let line: ServerLine

    func rows(_ sql: SQL) throws -> [any Row] { try run(sql).rows }

    /// libpq holds the whole result, in the form in which it came.
    func forEachRow(_ sql: SQL, _ body: (any Row) throws -> Void) throws {
        let result = try run(sql)
        for index in 0..<result.count { try body(result.row(index)) }
    }

    func execute(_ sql: SQL) throws -> Int { try run(sql).changed }

    func append(_ rows: BulkRows, to table: SQL, columns: SQL) throws {
        guard !rows.values.isEmpty else { return }
        let statement: SQL = "COPY \(table) (\(columns)) FROM STDIN"
        try line.copy(statement.rendered(for: .postgreSQL).text, try CopyText.bytes(of: rows))
    }

    /// Before the server's own housekeeping comes by, tables that were just filled count as empty.
    func analyze(_ tables: [SQL]) throws {
        // Without names the command takes the tables of other schemas too.
        let all: [String] =
            try tables.isEmpty
            ? rows(
                """
                SELECT quote_ident(c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind = 'r' AND n.nspname = current_schema() ORDER BY c.relname
                """
            ).map { try $0["name"] }
            : tables.map { $0.rendered(for: .postgreSQL).text }
        if !all.isEmpty { try line.run(script: "ANALYZE \(all.joined(separator: ", "))") }
    }

    private func run(_ sql: SQL) throws -> ServerResult {
        let (text, values) = sql.rendered(for: .postgreSQL)
        return try line.run(text, values)
    }
}
