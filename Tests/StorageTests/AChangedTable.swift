import Storage
import StoragePostgreSQL
import Testing

@Suite(.timeLimit(.minutes(10)), .enabled(if: Detour.isThere)) struct AChangedTable {
    /// Lets each of six lines prepare the same statements.
    private func prepare(_ database: PostgreSQLDatabase) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<6 {
                group.addTask {
                    try await database.write { connection in
                        _ = try connection.rows("SELECT * FROM link ORDER BY id")
                        _ = try connection.useLink("nobody's", at: number)
                        _ = try connection.rows("SELECT pg_sleep(0.2)")
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    enum Change: CaseIterable { case another, otherType }

    @Test(arguments: Change.allCases) func `is read as it is now by servers that knew it before`(change: Change)
        async throws
    {
        try await Detour.open { detour in
            try await detour.database.write { try $0.addLink("1") }
            let old = PostgreSQLDatabase(detour.database.address, connections: 6)
            defer { try? old.close() }
            try await prepare(old)
            // The other server's migration.
            try await detour.database.write { connection in
                switch change {
                case .another: try connection.execute("ALTER TABLE link ADD COLUMN more TEXT NOT NULL DEFAULT 'new'")
                case .otherType: try connection.execute("ALTER TABLE link ALTER COLUMN note TYPE BIGINT USING 7")
                }
            }
            // More lines have statements of before than a transaction has tries.
            for _ in 0..<8 {
                let found = try await old.read { connection in
                    let row = try connection.rows("SELECT * FROM link ORDER BY id").first
                    return try row?.text(change == .another ? "more" : "note")
                }
                #expect(found == (change == .another ? "new" : "7"))
            }
            let used = try await old.write { try $0.useLink("1", at: 1)?.id }
            #expect(used == "1")
        }
    }
}
