import Core
import Storage
import Testing

@Suite struct WhoMustNotSignIn {
    @Test func `but came back is no leaver, and who then goes is one`() async throws {
        let house = try await RosterHouse()
        try await house.take(.cast)
        var without = Roster.cast
        without.remove("s-cleo")
        try await house.take(without)
        #expect(try await house.suspended("s-cleo") == "roster")
        var locked = Roster.cast
        locked.change("s-cleo") { $0.isEnabled = false }
        try await house.take(locked)
        #expect(try await house.suspended("s-cleo") == "disabled")
        let same = try await house.plan(locked)
        #expect(try await house.count("SELECT total AS value FROM roster_plan WHERE id = \(same)") == 0)
        let gone = try await house.take(without)
        #expect(try await house.suspended("s-cleo") == "roster")
        #expect(try await house.report(gone)?.sync.students.leaving == 0)
        let still = try await house.plan(without)
        #expect(try await house.count("SELECT total AS value FROM roster_plan WHERE id = \(still)") == 0)
        try await house.take(.cast)
        #expect(try await house.suspended("s-cleo") == nil)
    }

    @Test func `by somebody's hand leaves like all others, and comes back as shut out as before`() async throws {
        let house = try await RosterHouse()
        try await house.take(.cast)
        let before = house.clock.now()
        try await house.run(
            """
            UPDATE account SET suspended_at = \(before), suspended_for = 'hand', suspended_scope = 'district'
            WHERE username = \(try await house.username("s-cleo"))
            """)
        var without = Roster.cast
        without.remove("s-cleo")
        let gone = try await house.take(without)
        #expect(try await house.suspended("s-cleo") == "roster")
        #expect(try await house.report(gone)?.sync.students.leaving == 0, "who could not sign in loses no account")
        let still = try await house.plan(without)
        #expect(try await house.count("SELECT total AS value FROM roster_plan WHERE id = \(still)") == 0)
        try await house.take(.cast)
        #expect(try await house.suspended("s-cleo") == "hand")
        #expect(try await house.count("SELECT count(*) AS value FROM audit WHERE act = 'account-revived'") == 0)
        try await house.run("UPDATE account SET suspended_at = NULL, suspended_for = NULL, suspended_scope = NULL")
        let same = try await house.plan(.cast)
        #expect(try await house.count("SELECT total AS value FROM roster_plan WHERE id = \(same)") == 0)
    }
}
