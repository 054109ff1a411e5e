import Core
import Foundation
import Storage
import TestSupport
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
        let isLeft = [try await house.hasStaging(first), try await house.hasStaging(second)]
        #expect(isLeft == [false, false])
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
                "SELECT id || name || COALESCE(CAST(ended_at AS TEXT), '') AS value FROM tracker ORDER BY 1",
            ]
            return try queries.flatMap { sql in try connection.rows(sql).map { try $0["value"] as String } }
        }
    }
}

@Suite struct RosterApplyingTests {
    @Test func `64 at once apply a plan once`() async throws {
        let house = try await RosterHouse()
        let id = try await house.plan(.crowd(200))
        let syncs = house.syncs()
        let won = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 1...64 { group.addTask { try await syncs.apply(id, by: nil) } }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(won == 1)
        #expect(try await house.count("SELECT COUNT(*) AS value FROM account") == 205)
        #expect(try await house.count("SELECT COUNT(*) AS value FROM audit WHERE act = 'roster-applied'") == 1)
    }

    @Test func `an applying that was cut off goes on at the next start`() async throws {
        let house = try await RosterHouse()
        try await house.take(.cast)
        let id = try await house.plan(.crowd(400))
        let syncs = house.syncs()
        let cut = Task { try await syncs.apply(id, by: nil) }
        try await house.waitUntilBegun(id)
        cut.cancel()
        _ = await cut.result
        let done = try await house.count("SELECT COUNT(*) AS value FROM account")
        #expect(done > 5 && done < 405)
        #expect(
            try await house.count(
                "SELECT COUNT(*) AS value FROM account a LEFT JOIN membership m ON m.account_id = a.id LEFT JOIN username u ON u.account_id = a.id WHERE m.school_id IS NULL OR u.name_key IS NULL"
            ) == 0)

        try await house.syncs().resumeUnfinished()
        #expect(try await house.count("SELECT COUNT(*) AS value FROM account") == 405)
        #expect(try await house.text("SELECT state AS value FROM roster_plan WHERE id = \(id)") == "applied")
        let after = try await house.plan(.crowd(400))
        #expect(try await house.count("SELECT total AS value FROM roster_plan WHERE id = \(after)") == 0)
    }

    @Test func `an applying that failed in the background is taken up by the next press`() async throws {
        let house = try await RosterHouse()
        let id = try await house.plan(.cast)
        let broken = RosterSyncs(
            main: house.main,
            store: RosterStagingStore(open: { _ in throw StorageError.unavailable("full") }, remove: { _ in }),
            reader: { _, _, _ in }, client: .absent, server: ServerAtWork(at: house.clock.now()),
            keyring: house.keyring,
            clock: house.clock, timeZone: .gmt,
            maker: UsernameMaker(blocked: []))
        try await broken.beginApplying(id, by: nil)
        let runner: SQL = "SELECT COALESCE(runner, 'nobody') AS value FROM roster_plan WHERE id = \(id)"
        while try await house.text(runner) != "nobody" { await Task.yield() }
        try await house.syncs().beginApplying(id, by: nil)
        try await house.waitUntilApplied(id)
        #expect(try await house.count("SELECT COUNT(*) AS value FROM account") == 5)
    }

    @Test func `whoever lost a plan to another stops and changes nothing more`() async throws {
        let house = try await RosterHouse()
        try await house.take(.cast)
        let id = try await house.plan(.crowd(300))
        let syncs = house.syncs()
        let first = Task { try await syncs.apply(id, by: nil) }
        try await house.waitUntilBegun(id)
        try await house.syncs().resumeUnfinished()
        await #expect(throws: RosterSyncRefused.takenOver) { try await first.value }
        #expect(try await house.count("SELECT COUNT(*) AS value FROM account") == 305)
    }

    @Test func `others write between the steps`() async throws {
        let house = try await RosterHouse()
        try await house.take(.cast)
        let id = try await house.plan(.crowd(500))
        let syncs = house.syncs()
        let applying = Task { try await syncs.apply(id, by: nil) }
        var between = 0
        while try await house.text("SELECT state AS value FROM roster_plan WHERE id = \(id)") != "applied" {
            try await house.run("UPDATE district SET language = 'es'")
            between += 1
        }
        #expect(try await applying.value)
        #expect(between > 1)
    }

    @Test func `a name that was taken after the plan was made is not given twice`() async throws {
        let house = try await RosterHouse()
        var roster = Roster.cast
        roster.student("s-ida", "Nia", "Okoro", username: "ida")
        let id = try await house.plan(roster)
        _ = try await house.administrator()
        try await house.syncs().apply(id, by: nil)
        #expect(try await house.username("s-ida") == "nia.o31")
    }

    @Test func `an upload is gone when its plan is made`() async throws {
        let house = try await RosterHouse()
        let upload = house.folder.appending(path: "upload.zip")
        try Data("x".utf8).write(to: upload)
        let id = try await house.syncs(reading: .cast).begin(upload: upload, fileName: "up\u{0}load.zip", by: nil)
        while FileManager.default.fileExists(atPath: upload.path) { await Task.yield() }
        let report = try #require(try await house.main.read { try $0.rosterPlan(id) })
        #expect(report.sync.state == .ready && report.sync.source == "upload.zip" && report.lines == 19)
    }
}
