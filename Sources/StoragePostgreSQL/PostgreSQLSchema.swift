internal import Storage

extension PostgreSQLDatabase {
    /// A schema of its own beside the tables, made if need be: a database that can be made anew.
    ///
    /// What is written there may be lost in a power cut, with the whole schema or without. While the server is away, it is
    /// away for the schema too. Statements walk its tables stretch by stretch, and are planned for each.
    package func schema(_ name: String, connections: Int) async throws -> PostgreSQLDatabase {
        let quoted = Self.quoted(name)
        try await run(script: "CREATE SCHEMA IF NOT EXISTS \(quoted)")
        return part(
            at: address.inSchema(quoted).setting("synchronous_commit", to: "off")
                .setting("plan_cache_mode", to: "force_custom_plan"), connections: connections)
    }

    /// Throws a schema away with all that is in it; one that is not there is no error.
    package func dropSchema(_ name: String) async throws {
        try await run(script: "DROP SCHEMA IF EXISTS \(Self.quoted(name)) CASCADE")
    }

    /// The schemas whose names begin like this.
    package func schemas(prefix: String) async throws -> [String] {
        try await read { connection in
            try connection.rows("SELECT nspname::text AS name FROM pg_namespace WHERE starts_with(nspname, \(prefix))")
                .map { try $0["name"] }
        }
    }

    /// Makes a database as FirstBell wants it: texts are compared byte by byte, as on SQLite, whatever the machine's
    /// language, and no upgrade of the system's collations can disturb an index.
    package func createDatabase(_ name: String, from template: String = "template0") async throws {
        try await run(
            script: """
                CREATE DATABASE \(Self.quoted(name)) TEMPLATE \(Self.quoted(template)) ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'
                """)
    }

    /// Throws a database away, with everybody who is still connected to it.
    package func dropDatabase(_ name: String) async throws {
        try await run(script: "DROP DATABASE IF EXISTS \(Self.quoted(name)) WITH (FORCE)")
    }

    private func run(script: String) async throws {
        do { _ = try await pool.run { line in try line.run(script: script).changed } } catch let error as ServerError {
            throw error.storageError
        }
    }

    private static func quoted(_ name: String) -> String {
        "\"\(String(String.UnicodeScalarView(name.unicodeScalars.filter { $0 != "\"" && $0.value != 0 })))\""
    }
}
