import Core
import Storage
import StorageSQLite
import Testing

/// Rows of a roster that may be somebody made by hand.
@Suite struct RosterMatchTests {
    @Test func `a row with the number of a student made by hand is left out and asked about`() async throws {
        let house = try await RosterHouse()
        try await house.take(.cast)
        let mia = try await house.student("Mia", "Noor", number: "77")
        let plan = try await house.take(.withMia)
        let report = try #require(try await house.main.read { try $0.rosterPlan(plan) })
        #expect(report.sync.students == RosterChangeCounts())
        #expect(report.matches.count == 1)
        let match = try #require(report.matches.matches.first)
        #expect(match.account == mia && !match.isSuspended)
        #expect(match.here.name == "Mia Noor" && match.here.schools == "Oak School")
        #expect(match.roster.name == "Maria Noor-Lund" && match.roster.username == "mnoor")
        #expect(match.roster.schools == "Oak School" && match.roster.trackers == "4B")
        #expect(try await house.count("SELECT count(*) AS value FROM account WHERE number = '77'") == 1)
        #expect(try await house.username("s-mia") == nil)
    }

    @Test func `nobody is asked about for a name alone, nor for a number of another school`() async throws {
        let house = try await RosterHouse()
        try await house.take(.cast)
        try await house.student("Maria", "Noor-Lund", number: "")
        try await house.student("Maria", "Noor-Lund", number: "77", school: "elm")
        let plan = try await house.take(.withMia)
        #expect(try await house.main.read { try $0.rosterPlan(plan) }?.matches.count == 0)
        #expect(try await house.username("s-mia") == "mnoor")
    }

    @Test func `the same person keeps username and password, follows the roster, and is never suspended by it`()
        async throws
    {
        let house = try await RosterHouse()
        try await house.take(.cast)
        let mia = try await house.student("Mia", "Noor", number: "77", trackers: ["art"])
        try await house.run("UPDATE account SET password_hash = 'hash', active_at = 5 WHERE id = \(mia)")
        try await house.take(.withMia)
        #expect(try await house.answer(isSame: true) == .saved)
        #expect(try await house.username("s-mia") == "mia.n")
        #expect(try await house.main.read { try $0.aliases(of: mia) } == ["mnoor"])
        #expect(try await house.openMatches() == 0)

        let plan = try await house.take(.withMia)
        let report = try #require(try await house.main.read { try $0.rosterPlan(plan) })
        #expect(report.sync.students == RosterChangeCounts(changed: 1))
        let facts: SQL = """
            SELECT a.given_name || ' ' || a.family_name || ' ' || a.username || ' ' || a.password_hash AS value
            FROM account a WHERE a.id = \(mia)
            """
        #expect(try await house.text(facts) == "Maria Noor-Lund mia.n hash")
        #expect(try await house.trackers(of: mia) == ["4B"])

        let again = try await house.take(.withMia)
        #expect(try await house.main.read { try $0.rosterPlan(again) }?.sync.students == RosterChangeCounts())
        try await house.take(.cast)
        #expect(try await house.suspended("s-mia") == nil)
        #expect(try await house.trackers(of: mia) == ["4B"])
        var disabled = Roster.withMia
        disabled.change("s-mia") { $0.isEnabled = false }
        try await house.take(disabled)
        #expect(try await house.suspended("s-mia") == nil)
    }

    @Test func `two persons are remembered, and the next sync adds the other one`() async throws {
        let house = try await RosterHouse()
        try await house.take(.cast)
        let mia = try await house.student("Mia", "Noor", number: "77")
        try await house.take(.withMia)
        #expect(try await house.answer(isSame: false) == .saved)
        let plan = try await house.take(.withMia)
        #expect(try await house.main.read { try $0.rosterPlan(plan) }?.sync.students == RosterChangeCounts(new: 1))
        #expect(try await house.username("s-mia") == "mnoor")
        #expect(try await house.text("SELECT username AS value FROM account WHERE id = \(mia)") == "mia.n")
        try await house.take(.withMia)
        #expect(try await house.openMatches() == 0)
    }

    @Test func `an open question outlives the next sync once, with what that one says`() async throws {
        let house = try await RosterHouse()
        try await house.take(.cast)
        try await house.student("Mia", "Noor", number: "77")
        for _ in 0..<2 { try await house.take(.withMia) }
        #expect(try await house.openMatches() == 1)
        var roster = Roster.withMia
        roster.change("s-mia") { $0.familyName = "Berg" }
        try await house.take(roster)
        let list = try await house.main.read { try $0.openMatches(for: .district) }
        #expect(list.matches.map(\.roster.name) == ["Maria Berg"])
        try await house.take(.cast)
        #expect(try await house.openMatches() == 0)
    }

    @Test func `of two answers at once the first counts, and the second is told whose`() async throws {
        let house = try await RosterHouse()
        try await house.take(.cast)
        try await house.student("Mia", "Noor", number: "77")
        try await house.take(.withMia)
        let match = try #require(try await house.main.read { try $0.openMatches(for: .district) }.matches.first).id
        let named = try await house.text("SELECT id AS value FROM account WHERE username = 'ida'")
        let (ida, now) = (try #require(named.flatMap(ID<Account>.init)), house.clock.now())
        let answers = try await withThrowingTaskGroup { group in
            for isSame in [true, false] {
                group.addTask {
                    try await house.main.write {
                        try $0.answer(
                            match, isSame: isSame, by: Administrator(id: ida, hasDistrict: true), entry: .new(at: now),
                            at: now)
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.filter { $0 == .saved }.count == 1)
        let told =
            answers.contains(.answered(by: "Ida Kerr", isSame: true))
            || answers.contains(.answered(by: "Ida Kerr", isSame: false))
        #expect(told)
        let links = try await house.count("SELECT count(*) AS value FROM account_source WHERE source_id = 's-mia'")
        #expect(links == (answers.contains(.answered(by: "Ida Kerr", isSame: true)) ? 1 : 0))
        #expect(
            try await house.count("SELECT count(*) AS value FROM audit WHERE act IN ('same-person', 'two-persons')")
                == 1)
    }

    @Test func `who was linked meanwhile leaves nothing to ask, and the other row is somebody new`() async throws {
        let house = try await RosterHouse()
        try await house.take(.cast)
        try await house.student("Mia", "Noor", number: "77")
        var roster = Roster.withMia
        roster.student("s-tom", "Tom", "Noor")
        roster.change("s-tom") { $0.number = "77" }
        try await house.take(roster)
        #expect(try await house.openMatches() == 2)
        let both = try await house.main.read { try $0.openMatches(for: .district) }.matches
        #expect(try await house.answer(isSame: true) == .saved)
        #expect(try await house.openMatches() == 0)
        #expect(try await house.answer(both[1].id, isSame: true) == nil)
        try await house.take(roster)
        #expect(try await house.count("SELECT count(*) AS value FROM account WHERE number = '77'") == 2)
    }

    @Test func `who was taken out by hand stays out when linked`() async throws {
        let house = try await RosterHouse()
        try await house.take(.cast)
        let mia = try await house.student("Mia", "Noor", number: "77")
        try await house.take(.withMia)
        try await house.run("UPDATE account SET suspended_at = 5, suspended_for = 'hand' WHERE id = \(mia)")
        #expect(try await house.main.read { try $0.openMatches(for: .district) }.matches.first?.isSuspended == true)
        #expect(try await house.answer(isSame: true) == .saved)
        try await house.take(.withMia)
        #expect(try await house.suspended("s-mia") == "hand")
    }

    @Test func `who was made by hand after the plan is asked about when it is applied`() async throws {
        let house = try await RosterHouse()
        try await house.take(.cast)
        let plan = try await house.plan(.withMia)
        try await house.student("Mia", "Noor", number: "77")
        try await house.syncs().apply(plan, by: nil)
        #expect(try await house.username("s-mia") == nil)
        let list = try await house.main.read { try $0.openMatches(for: .district) }
        #expect(list.matches.map(\.roster.trackers) == ["4B"])
        #expect(try await house.answer(isSame: true) == .saved)
        try await house.take(.withMia)
        #expect(try await house.username("s-mia") == "mia.n")
    }

    @Test func `a teacher with the address of a hand-made account is asked about, in the first roster too`()
        async throws
    {
        let house = try await RosterHouse()
        let ida = try await house.administrator()
        try await house.run(
            "UPDATE account SET address = 'Ida@oak.example', address_key = 'ida@oak.example' WHERE id = \(ida)")
        var roster = Roster.cast
        roster.teacher("t-ida", "Ida", "Kerr-Roy")
        roster.change("t-ida") { $0.address = "ida@oak.example" }
        try await house.take(roster)
        #expect(try await house.username("s-ben") == "Ben.L")
        #expect(try await house.username("t-ida") == nil)
        #expect(try await house.answer(isSame: true) == .saved)
        try await house.take(roster)
        #expect(try await house.username("t-ida") == "ida")
        #expect(try await house.count("SELECT count(*) AS value FROM administrator WHERE account_id = \(ida)") == 1)
        #expect(try await house.text("SELECT family_name AS value FROM account WHERE id = \(ida)") == "Kerr-Roy")
    }
}
