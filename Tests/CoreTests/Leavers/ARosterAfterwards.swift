import Core
import Storage
import TestSupport
import Testing

/// What a roster does that names somebody who was erased.
@Suite struct ARosterAfterwards {
    private func account(_ sourceID: String, _ house: RosterHouse) async throws -> String? {
        try await house.text("SELECT account_id AS value FROM account_source WHERE source_id = \(sourceID)")
    }

    private static let withoutBen: Roster = {
        var roster = Roster.cast
        roster.remove("s-ben")
        return roster
    }()

    /// Ben has left, and his time is over.
    private func benIsGone(_ house: RosterHouse) async throws {
        try await house.take(.cast)
        try await house.run("UPDATE account SET password_hash = 'hash', active_at = 5 WHERE username = 'Ben.L'")
        try await house.take(Self.withoutBen)
        try await house.run("UPDATE account SET suspended_at = 5 WHERE username = 'Ben.L'")
        try await house.run("UPDATE district SET erase_after_days = 400, erases_by_itself = TRUE")
    }

    private func erase(_ house: RosterHouse) async throws {
        let erasures = Erasures(main: house.main, server: ServerAtWork(at: house.clock.now()), clock: house.clock)
        try await erasures.eraseByItself()
        #expect(try await house.count("SELECT count(*) AS value FROM account WHERE erased_at IS NOT NULL") == 1)
    }

    @Test func `makes a new account, which may have the username again`() async throws {
        let house = try await RosterHouse()
        try await benIsGone(house)
        let old = try await account("s-ben", house)
        try await erase(house)
        #expect(try await account("s-ben", house) == nil)
        let plan = try await house.take(.cast)
        #expect(try await house.report(plan)?.sync.students == RosterChangeCounts(new: 1))
        let new = try #require(try await account("s-ben", house))
        #expect(new != old)
        #expect(try await house.username("s-ben") == "Ben.L")
        #expect(try await house.suspended("s-ben") == nil)
        #expect(
            try await house.count(
                "SELECT count(*) AS value FROM account WHERE id = \(new) AND password_hash IS NULL AND generation = 0")
                == 1)
        #expect(try await house.count("SELECT count(*) AS value FROM audit WHERE act = 'account-revived'") == 0)
        #expect(try await house.main.recountStudents(at: house.clock.now()) == [])
    }

    @Test func `does so too where its plan was made before, and still said that they are back`() async throws {
        let house = try await RosterHouse()
        try await benIsGone(house)
        let old = try await account("s-ben", house)
        let plan = try await house.plan(.cast)
        #expect(try await house.report(plan)?.sync.students == RosterChangeCounts(back: 1))
        try await erase(house)
        try await house.syncs().apply(plan, by: nil)
        let new = try #require(try await account("s-ben", house))
        #expect(new != old)
        #expect(
            try await house.count("SELECT count(*) AS value FROM enrollment WHERE account_id = \(new)") == 1)
        #expect(try await house.count("SELECT count(*) AS value FROM audit WHERE act = 'account-revived'") == 0)
        #expect(
            try await house.count(
                "SELECT count(*) AS value FROM account WHERE erased_at IS NOT NULL AND suspended_at IS NOT NULL") == 1)
        #expect(try await house.main.recountStudents(at: house.clock.now()) == [])
    }
}
