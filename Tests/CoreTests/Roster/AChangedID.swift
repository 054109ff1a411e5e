import Core
import Storage
import Testing

/// A student system that gives people new ids.
@Suite struct AChangedID {
    /// The cast with numbers; Cleo and Ben at Oak School, Eli at Elm School.
    private static var numbered: Roster {
        var roster = Roster.cast
        for (id, number) in [("s-ben", "11"), ("s-cleo", "12"), ("s-eli", "13"), ("t-ada", "7")] {
            roster.change(id) { $0.number = number }
        }
        return roster
    }

    private static func changed(_ roster: Roster, _ ids: [String: String]) -> Roster {
        var roster = roster
        for (old, new) in ids {
            roster.change(old) { $0.sourceID = new }
            for index in roster.enrollments.indices where roster.enrollments[index].personID == old {
                roster.enrollments[index].personID = new
            }
        }
        return roster
    }

    private func account(_ house: RosterHouse, _ sourceID: String) async throws -> String? {
        try await house.text("SELECT account_id AS value FROM account_source WHERE source_id = \(sourceID)")
    }

    @Test func `is asked about, and meanwhile nobody leaves and nobody is there twice`() async throws {
        let house = try await RosterHouse()
        _ = try await house.administrator()
        try await house.take(Self.numbered)
        let ben = try #require(try await account(house, "s-ben"))
        let roster = Self.changed(Self.numbered, ["s-ben": "x-1", "t-ada": "x-2"])
        let id = try await house.take(roster)
        let report = try #require(try await house.report(id))
        #expect(report.sync.students == RosterChangeCounts() && report.staff == RosterChangeCounts())
        #expect(Set(report.matches.matches.map(\.replaces)) == ["s-ben", "t-ada"])
        #expect(try await house.suspended("s-ben") == nil)
        #expect(try await house.count("SELECT COUNT(*) AS value FROM enrollment WHERE account_id = \(ben)") == 1)
        #expect(try await house.count("SELECT COUNT(*) AS value FROM account WHERE number = '11'") == 1)

        while try await house.openMatches() > 0 { #expect(try await house.answer(isSame: true) == .saved) }
        #expect(try await account(house, "x-1") == ben)
        #expect(try await house.username("x-1") == "Ben.L")
        let after = try await house.plan(roster)
        #expect(try await house.count("SELECT total AS value FROM roster_plan WHERE id = \(after)") == 0)
    }

    @Test func `that is two persons lets the one go and the other come`() async throws {
        let house = try await RosterHouse()
        _ = try await house.administrator()
        try await house.take(Self.numbered)
        let roster = Self.changed(Self.numbered, ["s-ben": "x-1"])
        try await house.take(roster)
        #expect(try await house.answer(isSame: false) == .saved)
        let id = try await house.take(roster)
        #expect(try await house.report(id)?.sync.students == RosterChangeCounts(new: 1, leaving: 1))
        #expect(try await house.suspended("s-ben") == "roster")
        #expect(try await house.openMatches() == 0)
    }

    @Test func `is not asked about in another school, by name alone, or for another kind of person`() async throws {
        let house = try await RosterHouse()
        try await house.take(Self.numbered)
        var roster = Self.changed(Self.numbered, ["s-ben": "x-1", "s-cleo": "x-2", "t-ada": "x-3"])
        roster.change("x-1") { $0.schoolIDs = ["elm"] }
        roster.change("x-2") { $0.number = nil }
        roster.change("x-3") { $0.number = "12" }
        let id = try await house.plan(roster)
        let report = try #require(try await house.report(id))
        #expect(report.matches.count == 0 && report.sync.students.new == 2 && report.sync.students.leaving == 2)
    }

    @Test func `brings somebody back who left a roster earlier`() async throws {
        let house = try await RosterHouse()
        _ = try await house.administrator()
        try await house.take(Self.numbered)
        let ben = try await account(house, "s-ben")
        var without = Self.numbered
        without.remove("s-ben")
        try await house.take(without)
        let roster = Self.changed(Self.numbered, ["s-ben": "x-1"])
        try await house.take(roster)
        #expect(try await house.suspended("s-ben") == "roster")
        #expect(try await house.answer(isSame: true) == .saved)
        let id = try await house.take(roster)
        #expect(try await house.report(id)?.sync.students == RosterChangeCounts(back: 1))
        #expect(try await account(house, "x-1") == ben)
        #expect(try await house.suspended("x-1") == nil)
    }

    @Test func `of a whole school is answered with one press, but for those with another name`() async throws {
        let house = try await RosterHouse()
        let ida = try await house.administrator()
        var roster = Roster.crowd(30)
        var ids: [String: String] = [:]
        for index in roster.people.indices where roster.people[index].sourceID.hasPrefix("s-0") {
            roster.people[index].number = "n\(index)"
            ids[roster.people[index].sourceID] = "new-\(index)"
        }
        try await house.take(roster)
        var other = Self.changed(roster, ids)
        other.change(ids["s-001"] ?? "") { $0.givenName = "Another" }
        let id = try await house.take(other)
        #expect(try await house.report(id)?.matches.count == 30)
        let (administrator, now) = (Administrator(id: ida, hasDistrict: true), house.clock.now())
        let (count, alike) = try await house.main.read {
            (
                try $0.alikeMatchCount(for: administrator),
                try $0.alikeMatches(for: administrator, limit: 100)
            )
        }
        #expect(count == 29 && alike.count == 29)
        try await house.main.write { connection in
            for match in alike {
                let answer = try connection.answer(
                    match, isSame: true, by: administrator, entry: .new(at: now), at: now)
                #expect(answer == .saved)
            }
        }
        #expect(try await house.openMatches() == 1)
        #expect(try await house.count("SELECT COUNT(*) AS value FROM account WHERE suspended_at IS NOT NULL") == 0)
    }
}
