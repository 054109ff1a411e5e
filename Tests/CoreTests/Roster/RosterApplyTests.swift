import Core
import Storage
import StorageSQLite
import Testing

@Suite struct RosterApplyTests {
    @Test func `a first roster makes schools, people, trackers and places`() async throws {
        let house = try await RosterHouse()
        try await house.take(.cast)
        #expect(try await house.count("SELECT COUNT(*) AS value FROM school") == 2)
        #expect(try await house.count("SELECT COUNT(*) AS value FROM account WHERE kind = 'student'") == 3)
        #expect(try await house.count("SELECT COUNT(*) AS value FROM account WHERE kind = 'staff'") == 2)
        #expect(try await house.count("SELECT COUNT(*) AS value FROM membership") == 5)
        #expect(try await house.count("SELECT COUNT(*) AS value FROM enrollment") == 6)
        #expect(try await house.text("SELECT name AS value FROM district") == "Tall Trees")
        #expect(try await house.username("s-ben") == "Ben.L")
        #expect(try await house.username("s-cleo") == "cleo.p31")
        #expect(try await house.username("t-dov") == "dov.l")
        #expect(
            try await house.text("SELECT begins_on || ' ' || ends_on AS value FROM tracker WHERE name = '4B'")
                == "2026-08-20 2027-06-10")
        #expect(
            try await house.text(
                "SELECT s.name AS value FROM account a JOIN school s ON s.id = a.school_id WHERE a.given_name = 'Eli'")
                == "Elm School")
    }

    @Test func `the same roster again changes nothing and leaves no staging behind`() async throws {
        let house = try await RosterHouse()
        let first = try await house.take(.cast)
        let before = try await house.snapshot()
        let second = try await house.take(.cast)
        #expect(try await house.snapshot() == before)
        #expect(try await house.count("SELECT total AS value FROM roster_plan WHERE id = \(second)") == 0)
        #expect(!house.hasStaging(first) && !house.hasStaging(second))
    }
}

extension RosterHouse {
    /// All that a roster writes, as text.
    func snapshot() async throws -> [String] {
        try await main.read { connection in
            let queries: [SQL] = [
                "SELECT id || username || given_name || COALESCE(suspended_for, '') AS value FROM account ORDER BY id",
                "SELECT account_id || school_id AS value FROM membership ORDER BY 1",
                "SELECT tracker_id || account_id || role AS value FROM enrollment ORDER BY 1",
                "SELECT id || name || COALESCE(ended_at, '') AS value FROM tracker ORDER BY 1",
            ]
            return try queries.flatMap { sql in try connection.rows(sql).map { try $0["value"] as String } }
        }
    }
}
