import Storage

extension SchemaPicture {
    /// Reads it from PostgreSQL's catalog, of the schema that names are looked up in first.
    init(postgreSQL connection: any Connection) throws {
        try addColumns(connection)
        try addConstraints(connection)
        try addIndexes(connection)
        for name in tables.keys { tables[name]?.checks.sort() }
    }

    private static let ours: SQL = """
        c.relkind = 'r' AND c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
        """

    private mutating func addColumns(_ connection: any Connection) throws {
        let found = try connection.rows(
            """
            SELECT c.relname AS name, a.attname AS column, upper(format_type(a.atttypid, a.atttypmod)) AS type,
              a.attnotnull AS required, a.attgenerated = 's' AS generated, pg_get_expr(d.adbin, d.adrelid) AS standard
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
            LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
            WHERE a.attnum > 0 AND NOT a.attisdropped AND \(Self.ours)
            """)
        var names: [String: [String]] = [:]
        for row in found { names[try row["name"], default: []].append(try row["column"]) }
        for row in found {
            let (table, expression): (String, String?) = (try row["name"], try row["standard"])
            let isGenerated: Bool = try row["generated"]
            tables[table, default: Table()].columns[try row["column"]] = Column(
                type: try row["type"], isRequired: try row["required"],
                standard: isGenerated ? nil : expression.map { SQLTokens($0).all.joined() },
                made: isGenerated ? expression.map { Condition($0, columns: names[table] ?? []) } : nil)
        }
    }

    private mutating func addConstraints(_ connection: any Connection) throws {
        let found = try connection.rows(
            """
            SELECT c.relname AS name, k.contype AS kind, pg_get_constraintdef(k.oid) AS text, t.relname AS target,
              CASE k.confdeltype WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'a' THEN 'NO ACTION'
                ELSE k.confdeltype::text END AS on_delete,
              (SELECT string_agg(a.attname, ' ' ORDER BY p.place) FROM unnest(k.conkey) WITH ORDINALITY p (number, place)
                JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = p.number) AS columns,
              (SELECT string_agg(a.attname, ' ' ORDER BY p.place) FROM unnest(k.confkey) WITH ORDINALITY p (number, place)
                JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = p.number) AS targets
            FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid LEFT JOIN pg_class t ON t.oid = k.confrelid
            WHERE \(Self.ours)
            """)
        for row in found {
            let (table, kind): (String, String) = (try row["name"], try row["kind"])
            let columns = Self.words(try row["columns"])
            switch kind {
            case "p": tables[table]?.primaryKey = columns
            case "u": tables[table]?.uniques.insert(columns)
            case "f":
                tables[table]?.keys.insert(
                    Key(
                        columns: columns, table: try row["target"], targets: Self.words(try row["targets"]),
                        onDelete: try row["on_delete"]))
            default:
                let names = tables[table]?.columns.keys.map { $0 } ?? []
                tables[table]?.checks.append(Condition(try row["text"], columns: names))
            }
        }
    }

    private mutating func addIndexes(_ connection: any Connection) throws {
        let found = try connection.rows(
            """
            SELECT c.relname AS name, i.relname AS index, x.indisunique AS is_unique,
              pg_get_expr(x.indpred, x.indrelid) AS condition,
              (SELECT string_agg(pg_get_indexdef(i.oid, p.place::int, TRUE)
                || CASE WHEN x.indoption[p.place - 1] & 1 = 1 THEN ' DESC' ELSE '' END, '|' ORDER BY p.place)
                FROM generate_series(1, x.indnkeyatts) p (place)) AS columns
            FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
            WHERE \(Self.ours) AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.oid)
            """)
        for row in found {
            let (table, condition): (String, String?) = (try row["name"], try row["condition"])
            let names = tables[table]?.columns.keys.map { $0 } ?? []
            tables[table]?.indexes[try row["index"]] = Index(
                columns: try (row["columns"] as String).replacing("\"", with: "").split(separator: "|").map { part in
                    names.contains { part == $0 || part == "\($0) DESC" } ? String(part) : "an expression"
                },
                isUnique: try row["is_unique"], condition: condition.map { Condition($0, columns: names) })
        }
    }

    private static func words(_ text: String?) -> [String] { text?.split(separator: " ").map(String.init) ?? [] }
}
