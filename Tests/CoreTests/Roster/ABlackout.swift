import Core
import Storage
import Testing

@Suite struct ABlackout {
    private func blackout(
        _ house: RosterHouse, of school: String?, by person: ID<Account>, from: Span = .days(-1), to: Span = .days(9)
    ) async throws -> ID<Blackout> {
        let now = house.clock.now()
        let id: ID<Blackout> = .new(at: now)
        let isAdded = try await house.main.write { connection in
            let found: ID<School>? = try school.flatMap {
                try connection.value("SELECT id AS value FROM school WHERE source_id = \($0)")
            }
            let blackout = Blackout(id: id, school: found, beginsAt: now + from, endsAt: now + to)
            _ = try connection.add(blackout, by: person, entry: .new(at: now), at: now)
            // The same press once more.
            return try connection.add(blackout, by: person, entry: .new(at: now), at: now)
        }
        #expect(isAdded)
        return id
    }

    private var withoutCleo: Roster {
        var roster = Roster.cast
        roster.remove("s-cleo")
        roster.student("s-nia", "Nia", "Okoro")
        return roster
    }

    @Test func `keeps everybody of its school, however few would leave, while new people come in`() async throws {
        let house = try await RosterHouse()
        let ida = try await house.administrator()
        try await house.take(.cast)
        let id = try await blackout(house, of: "oak", by: ida)
        var roster = withoutCleo
        roster.remove("s-eli")
        let plan = try await house.take(roster)
        #expect(try await house.suspended("s-cleo") == nil)
        #expect(try await house.suspended("s-eli") == "roster", "another school goes on")
        #expect(try await house.username("s-nia") == "nia.o31")
        let hold = try #require(try await house.report(plan)?.schools.first { $0.key == "oak" }?.hold)
        #expect(hold.blackoutUntil != nil && hold.leavingStudents == 1)

        let now = house.clock.now()
        try await house.main.write { try $0.removeBlackout(id, by: ida, entry: .new(at: now), at: now) }
        try await house.take(roster)
        #expect(try await house.suspended("s-cleo") == "roster")
        #expect(
            try await house.count(
                "SELECT COUNT(*) AS value FROM audit WHERE act IN ('blackout-added', 'blackout-removed')")
                == 2)
    }

    @Test func `may be confirmed by a person, and does not make the whole plan wait`() async throws {
        let house = try await RosterHouse()
        let ida = try await house.administrator()
        try await house.take(.cast)
        _ = try await blackout(house, of: nil, by: ida)
        var roster = withoutCleo
        roster.remove("s-eli")
        roster.student("s-new", "Pia", "Varga", school: "elm")
        let plan = try await house.plan(roster)
        let report = try #require(try await house.report(plan))
        #expect(report.sync.heldSchools == 2 && !report.isWaiting)
        try await house.syncs().confirm(plan, school: "elm", by: ida)
        try await house.syncs().apply(plan, by: ida)
        #expect(try await house.suspended("s-eli") == "roster")
        #expect(try await house.suspended("s-cleo") == nil)
    }

    @Test(arguments: [(Span.days(1), Span.days(9)), (Span.days(-9), Span.days(-1))])
    func `that has not begun, or is over, holds nobody`(from: Span, to: Span) async throws {
        let house = try await RosterHouse()
        let ida = try await house.administrator()
        try await house.take(.cast)
        _ = try await blackout(house, of: "oak", by: ida, from: from, to: to)
        try await house.take(withoutCleo)
        #expect(try await house.suspended("s-cleo") == "roster")
    }

    @Test func `that begins between the plan and its applying still keeps everybody`() async throws {
        let house = try await RosterHouse()
        let ida = try await house.administrator()
        try await house.take(.cast)
        var roster = withoutCleo
        roster.remove("s-eli")
        let plan = try await house.plan(roster)
        _ = try await blackout(house, of: "oak", by: ida)
        try await house.syncs().apply(plan, by: ida)
        #expect(try await house.suspended("s-cleo") == nil)
        #expect(try await house.suspended("s-eli") == "roster", "another school goes on")
        let hold = try #require(try await house.report(plan)?.schools.first { $0.key == "oak" }?.hold)
        #expect(hold.blackoutUntil != nil && hold.confirmedBy == nil)

        try await house.syncs().confirm(plan, school: "oak", by: ida)
        try await house.waitUntilApplied(plan)
        while try await house.hasStaging(plan) { await Task.yield() }
        #expect(try await house.suspended("s-cleo") == "roster")
    }

    @Test func `that begins after a person confirmed who leaves holds nobody`() async throws {
        let house = try await RosterHouse()
        let ida = try await house.administrator()
        try await house.take(.crowd(20))
        let plan = try await house.plan(.cast)
        try await house.syncs().confirm(plan, school: "oak", by: ida)
        _ = try await blackout(house, of: nil, by: ida)
        try await house.syncs().apply(plan, by: ida)
        #expect(try await house.suspended("s-001") == "roster")
    }

    @Test func `of all schools keeps those who are in no school, and of one does not`() async throws {
        let house = try await RosterHouse()
        let ida = try await house.administrator()
        var roster = Roster.cast
        roster.people.append(
            RosterPerson(
                sourceID: "t-una", role: .otherStaff, schoolIDs: [], username: "una", givenName: "Una",
                familyName: "Wren"))
        try await house.take(roster)
        let everywhere = try await blackout(house, of: nil, by: ida)
        let plan = try await house.take(.cast)
        #expect(try await house.suspended("t-una") == nil)
        let hold = try await house.report(plan)?.schools.first { $0.key == RosterPlanSchool.withoutSchool }?.hold
        #expect(hold?.leavingStaff == 1 && hold?.ofStaff == 1)

        let now = house.clock.now()
        try await house.main.write { try $0.removeBlackout(everywhere, by: ida, entry: .new(at: now), at: now) }
        _ = try await blackout(house, of: "oak", by: ida)
        try await house.take(.cast)
        #expect(try await house.suspended("t-una") == "roster")
    }
}
