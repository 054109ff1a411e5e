import Core
import Foundation
import Storage
import Testing

@Suite struct TheWayBack {
    @Test func `is the plan to the roster before, and then forth again`() async throws {
        let house = try await RosterHouse()
        let ida = try await house.administrator()
        let first = try await house.take(.cast)
        var wrong = Roster.cast
        wrong.remove("s-eli")
        wrong.change("s-ben") { $0.givenName = "Wrong" }
        wrong.student("s-nia", "Nia", "Okoro")
        let second = try await house.take(wrong)
        #expect(try await house.report(second)?.undoneTo == house.report(first)?.sync.madeAt)
        #expect(try await house.report(first)?.undoneTo == nil)

        let back = try await house.syncs().undo(second, by: ida)
        let report = try #require(try await house.report(back))
        #expect(report.sync.state == .ready)
        #expect(try await report.returnsTo == house.report(first)?.sync.madeAt)
        #expect(report.sync.students == RosterChangeCounts(changed: 1, leaving: 1, back: 1))
        #expect(report.sync.source == "roster.zip" && report.sync.madeBy == "Ida Kerr")
        #expect(try await house.suspended("s-eli") == "roster", "nothing changes before it is applied")
        try await house.syncs().apply(back, by: ida)
        #expect(try await house.suspended("s-eli") == nil)
        #expect(try await house.suspended("s-nia") == "roster")
        #expect(try await house.text("SELECT given_name AS value FROM account WHERE username = 'Ben.L'") == "Ben")

        let forth = try await house.syncs().undo(back, by: ida)
        try await house.syncs().apply(forth, by: ida)
        #expect(try await house.suspended("s-eli") == "roster")
        #expect(try await house.suspended("s-nia") == nil)
    }

    @Test func `brings the same problems again, with their places`() async throws {
        let house = try await RosterHouse()
        var roster = Roster.cast
        roster.student("s-ben", "Someone", "Else")
        roster.enroll("s-gone", "4b")
        let first = try await house.take(roster)
        let second = try await house.take(.cast)
        let back = try await house.syncs().undo(second, by: nil)
        let problems = try #require(try await house.report(first)?.problems)
        #expect(!problems.isEmpty)
        #expect(try await house.report(back)?.problems == problems)
    }

    @Test func `is not there for the first roster, nor for one that is not the newest, nor for a plan`() async throws {
        let house = try await RosterHouse()
        let first = try await house.take(.cast)
        await #expect(throws: RosterSyncRefused.notReady) { try await house.syncs().undo(first, by: nil) }
        let second = try await house.take(.crowd(3))
        let open = try await house.plan(.cast)
        await #expect(throws: RosterSyncRefused.notReady) { try await house.syncs().undo(open, by: nil) }
        #expect(try await house.report(second)?.undoneTo != nil)
        try await house.syncs().apply(open, by: nil)
        await #expect(throws: RosterSyncRefused.notReady) { try await house.syncs().undo(second, by: nil) }
        await #expect(throws: RosterSyncRefused.notFound) {
            try await house.syncs().undo(.new(at: house.clock.now()), by: nil)
        }
    }

    @Test func `keeps the last two rosters, sealed, and no others`() async throws {
        let house = try await RosterHouse()
        let ida = try await house.administrator()
        for count in 1...4 { try await house.take(.crowd(count)) }
        try await house.syncs().discard(try await house.plan(.crowd(9)), by: ida)
        let kept: SQL = "SELECT COUNT(DISTINCT plan_id) AS value FROM kept_roster_part"
        #expect(try await house.count(kept) == 2)
        #expect(
            try await house.count("SELECT COUNT(*) AS value FROM roster_plan WHERE kept_parts IS NOT NULL") == 2)
        let sealed = try #require(try await house.text("SELECT sealed AS value FROM kept_roster_part LIMIT 1"))
        let bytes = try #require(Data(base64Encoded: sealed))
        #expect(bytes.range(of: Data("Ben@Example.org".utf8)) == nil)
    }

    @Test func `says so when what was kept is damaged, or its key is gone, and changes nothing`() async throws {
        let house = try await RosterHouse()
        try await house.take(.crowd(3))
        let newest = try await house.take(.crowd(2))
        try await house.run(
            """
            UPDATE kept_roster_part SET sealed = (SELECT o.sealed FROM kept_roster_part o WHERE o.plan_id = \(newest))
            WHERE plan_id <> \(newest)
            """)
        let swapped = try await house.syncs().undo(newest, by: nil)
        #expect(try await house.report(swapped)?.refusal?.reason.contains("damaged") == true)
        try await house.run("UPDATE kept_roster_part SET key_id = 'k9'")
        let locked = try await house.syncs().undo(newest, by: nil)
        #expect(try await house.report(locked)?.refusal?.value.contains("k9.key") == true)
        #expect(try await house.count("SELECT COUNT(*) AS value FROM account WHERE suspended_at IS NOT NULL") == 1)
    }
}
