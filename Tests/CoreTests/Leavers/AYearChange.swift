import Core
import Storage
import TestSupport
import Testing

/// The summer: everybody goes up a grade, old trackers end and new ones begin.
@Suite struct AYearChange {
    private var nextYear: Roster {
        var roster = Roster.cast
        for index in roster.people.indices where roster.people[index].role == .student {
            roster.people[index].grade = "05"
        }
        roster.terms = [RosterTerm(sourceID: "next", beginsOn: "2026-09-01", endsOn: "2027-06-10")]
        roster.trackers = [
            RosterTracker(sourceID: "5b", schoolID: "oak", name: "5B", termIDs: ["next"]),
            RosterTracker(sourceID: "10a", schoolID: "elm", name: "10A"),
        ]
        roster.enrollments = []
        roster.enroll("t-ada", "5b", as: .teacher)
        roster.enroll("t-dov", "10a", as: .teacher)
        for student in ["s-ben", "s-cleo"] { roster.enroll(student, "5b") }
        roster.enroll("s-eli", "10a")
        return roster
    }

    /// All that opens the door of the students, in words.
    private func doors(_ house: RosterHouse) async throws -> [String] {
        try await house.main.read { connection in
            try connection.rows(
                """
                SELECT a.id || ' ' || a.username || ' ' || coalesce(a.password_hash, '-') || ' ' ||
                  CAST(coalesce(a.active_at, 0) AS TEXT) || ' ' || CAST(a.generation AS TEXT) || ' ' ||
                  coalesce(a.credential_id, '-') || ' ' || coalesce(a.address, '-') AS value FROM account a
                UNION SELECT 'name ' || name_key || ' ' || account_id FROM username
                UNION SELECT 'session ' || id || ' ' || account_id || ' ' || CAST(ends_at AS TEXT) FROM session
                UNION SELECT 'credential ' || id || ' ' || account_id || ' ' || CAST(coalesce(ended_at, 0) AS TEXT)
                  FROM credential
                UNION SELECT 'link ' || id || ' ' || account_id || ' ' || CAST(coalesce(voided_at, 0) AS TEXT)
                  FROM activation_link ORDER BY value
                """
            ).map { try $0["value"] }
        }
    }

    @Test func `leaves passwords, sessions, usernames and every other way in as they were`() async throws {
        let house = try await RosterHouse()
        try await house.take(.cast)
        try await house.run(
            "UPDATE account SET password_hash = 'hash', active_at = 5, generation = 3 WHERE username = 'Ben.L'")
        try await house.run(
            """
            INSERT INTO session (id, account_id, stage, made_at, seen_at, ends_at)
            SELECT 'x', id, 'full', 1, 1, 9 FROM account WHERE username = 'Ben.L'
            """)
        // Cleo still has a card and a mail from before the summer.
        try await house.run(
            """
            INSERT INTO credential (id, account_id, key_id, form, first_shown_at, ends_at)
            SELECT 'c', account_id, 'k', 'en-1', 1, 9 FROM account_source WHERE source_id = 's-cleo'
            """)
        try await house.run(
            """
            INSERT INTO activation_link (id, account_id, origin, key_id, generation, made_at, ends_at)
            SELECT 'l', account_id, 'mail', 'k', 0, 1, 9 FROM account_source WHERE source_id = 's-cleo'
            """)
        try await house.run("UPDATE account SET credential_id = 'c' WHERE id = (SELECT account_id FROM credential)")
        let before = try await doors(house)
        let plan = try await house.plan(nextYear)
        if try await house.report(plan)?.isWaiting == true {
            try await house.syncs().confirm(plan, school: nil, by: house.administrator())
        }
        try await house.syncs().apply(plan, by: nil)
        let after = try await doors(house).filter { !$0.contains("ida") }
        #expect(after == before)
        #expect(before.count == 5 + 5 + 3)
        #expect(try await house.count("SELECT count(*) AS value FROM account WHERE grade = '05'") == 3)
        #expect(try await house.count("SELECT count(*) AS value FROM tracker WHERE ended_at IS NOT NULL") == 3)
        #expect(
            try await house.count(
                "SELECT count(*) AS value FROM enrollment e JOIN tracker t ON t.id = e.tracker_id WHERE t.name = '5B'")
                == 3)
    }
}
