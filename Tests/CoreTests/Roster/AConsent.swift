import Core
import Storage
import Testing

@Suite struct AConsentToRemovals {
    private func without(_ count: Int) -> Roster {
        var roster = Roster.crowd(98)
        for number in 1...count { roster.remove("s-" + String(1000 + number).dropFirst()) }
        return roster
    }

    private func confirmed(_ house: RosterHouse, _ plan: ID<RosterSync>) async throws -> String? {
        try await house.report(plan)?.schools.first { $0.key == "oak" }?.hold?.confirmedBy
    }

    @Test func `holds for a newer plan that removes nobody else`() async throws {
        let house = try await RosterHouse()
        let ida = try await house.administrator()
        try await house.take(.crowd(98))
        try await house.syncs().confirm(try await house.plan(without(20)), school: "oak", by: ida)
        var fewer = without(15)
        fewer.student("s-new", "Nia", "Okoro")
        let id = try await house.plan(fewer)
        #expect(try await confirmed(house, id) == "Ida Kerr")
        try await house.syncs().apply(id, by: nil)
        #expect(try await house.count("SELECT COUNT(*) AS value FROM account WHERE suspended_at IS NOT NULL") == 15)
    }

    @Test func `is asked again where one more would leave`() async throws {
        let house = try await RosterHouse()
        let ida = try await house.administrator()
        try await house.take(.crowd(98))
        try await house.syncs().confirm(try await house.plan(without(20)), school: "oak", by: ida)
        let id = try await house.plan(without(21))
        #expect(try await confirmed(house, id) == nil)
        try await house.syncs().apply(id, by: nil)
        #expect(try await house.count("SELECT COUNT(*) AS value FROM account WHERE suspended_at IS NOT NULL") == 0)
    }

    @Test func `is none where nobody gave it, or the plan was thrown away`() async throws {
        let house = try await RosterHouse()
        let ida = try await house.administrator()
        try await house.take(.crowd(98))
        _ = try await house.plan(without(20))
        #expect(try await confirmed(house, try await house.plan(without(20))) == nil)
        let given = try await house.plan(without(20))
        try await house.syncs().confirm(given, school: "oak", by: ida)
        try await house.syncs().discard(given, by: ida)
        #expect(try await confirmed(house, try await house.plan(without(20))) == nil)
    }

    @Test func `to a whole plan holds for one that takes no more`() async throws {
        let house = try await RosterHouse()
        let ida = try await house.administrator()
        var roster = Roster.crowd(20)
        for number in 1...9 { roster.student("e-\(number)", "Ola", "Number\(number)", school: "elm") }
        try await house.take(roster)
        try await house.syncs().confirm(try await house.plan(.cast), school: nil, by: ida)
        let again = try await house.plan(.cast)
        #expect(try await house.report(again)?.isWaiting == false)
        var less = Roster.cast
        less.remove("s-cleo")
        #expect(try await house.report(try await house.plan(less))?.isWaiting == true)
    }

    @Test func `holds where others change meanwhile, as it was of removals`() async throws {
        let house = try await RosterHouse()
        let ida = try await house.administrator()
        try await house.take(.crowd(98))
        try await house.syncs().confirm(try await house.plan(without(20)), school: "oak", by: ida)
        var roster = without(20)
        roster.change("s-090") { $0.grade = "05" }
        #expect(try await confirmed(house, try await house.plan(roster)) == "Ida Kerr")
    }

    @Test func `to removals, in a plan that waited as a whole, is none to changes of most people`() async throws {
        let house = try await RosterHouse()
        let ida = try await house.administrator()
        var first = Roster.crowd(20)
        for number in 1...9 { first.student("e-\(number)", "Ola", "Number\(number)", school: "elm") }
        try await house.take(first)
        var roster = first
        for index in roster.people.indices where roster.people[index].role == .student {
            roster.people[index].grade = "05"
        }
        roster.remove("s-020")
        let whole = try await house.plan(roster)
        #expect(try await house.report(whole)?.isWaiting == true)
        try await house.syncs().confirm(whole, school: "oak", by: ida)
        // The other school is as it was: now this one is held alone, with its changes.
        roster.people = roster.people.map { person in
            person.schoolIDs == ["elm"] ? first.people.first { $0.sourceID == person.sourceID } ?? person : person
        }
        let alone = try await house.plan(roster)
        let hold = try #require(try await house.report(alone)?.schools.first { $0.key == "oak" }?.hold)
        #expect(hold.changesWait && hold.confirmedBy == nil)
    }
}
