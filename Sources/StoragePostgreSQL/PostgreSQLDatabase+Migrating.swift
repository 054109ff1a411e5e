package import Storage

extension PostgreSQLDatabase {
    /// Brings the schema up to date, one transaction a migration; of several servers that start at once one does it and the
    /// others wait. Throws `MigrationRefused` for a newer schema.
    package func migrate(_ migrations: [Migration], now: Int64) async throws {
        for migration in migrations {
            try await write(at: .readCommitted) { connection in
                try connection.lockMigrating()
                try connection.execute(
                    """
                    CREATE TABLE IF NOT EXISTS migration (
                      number BIGINT PRIMARY KEY, name TEXT NOT NULL, at BIGINT NOT NULL)
                    """)
                let found = try connection.value("SELECT max(number) AS value FROM migration", as: Int.self) ?? 0
                guard found <= migrations.count else {
                    throw MigrationRefused.newer(found: found, known: migrations.count)
                }
                guard migration.number > found else { return }
                try connection.script(migration.script(for: .postgreSQL))
                try connection.execute(
                    """
                    INSERT INTO migration (number, name, at)
                    VALUES (\(migration.number), \(migration.name), \(Int(now)))
                    """)
            }
        }
    }

    /// The number of the newest migration that was applied; 0 for an empty database.
    package func migrationsDone() async throws -> Int {
        try await read { connection in
            guard try connection.exists("SELECT 1 AS value WHERE to_regclass('migration') IS NOT NULL") else {
                return 0
            }
            return try connection.value("SELECT max(number) AS value FROM migration") ?? 0
        }
    }
}

extension Connection {
    fileprivate func lockMigrating() throws {
        try execute("SELECT pg_advisory_xact_lock(\(AdvisoryLock.migrating))")
    }

    fileprivate func script(_ text: String) throws {
        guard let connection = self as? PostgreSQLConnection else { return }
        try connection.line.run(script: text)
    }
}
