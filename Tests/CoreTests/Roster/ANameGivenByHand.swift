import Core
import Storage
import Testing

@Suite struct ANameGivenByHand {
    @Test func `stays whatever the roster says, which is kept beside it`() async throws {
        let house = try await RosterHouse()
        let ida = try await house.administrator()
        try await house.take(.cast)
        let chief = Administrator(id: ida, hasDistrict: true)
        let id = try await house.text("SELECT account_id AS value FROM account_source WHERE source_id = 's-cleo'")
        let cleo: ID<Account> = try #require(id.flatMap(ID.init))
        func person() async throws -> PersonByHand {
            try #require(try await house.main.read { try $0.personByHand(cleo, .student, visibleTo: chief) })
        }
        func rename(_ given: String, _ family: String) async throws -> ChangingByHand? {
            let now = house.clock.now()
            let before = try await person()
            var typed = before.typed
            (typed.givenName, typed.familyName) = (given, family)
            let change = HandChange(
                person: cleo, kind: .student, typed: typed, stamp: before.stamp, entry: .new(at: now), now: now)
            return try await house.main.write { try $0.changeByHand(change, by: chief) }
        }
        #expect(try await rename("Klea", "Park") == .saved)
        #expect(try await person().rosterName == RosterName(given: "Cleo", family: "Park"))
        #expect(try await rename("", "\u{202e}") != .saved, "a name can be read")
        let same = try await house.plan(.cast)
        #expect(try await house.count("SELECT total AS value FROM roster_plan WHERE id = \(same)") == 0)

        var roster = Roster.cast
        roster.change("s-cleo") { ($0.givenName, $0.familyName, $0.grade) = ("Cleopatra", "Lund", "05") }
        let plan = try await house.take(roster)
        #expect(try await house.report(plan)?.sync.students.changed == 1)
        let renamed = try await person()
        #expect(renamed.name == "Klea Park" && renamed.typed.grade == "05")
        #expect(try await person().rosterName == RosterName(given: "Cleopatra", family: "Lund"))
        // Searched and sorted by the name that is shown.
        #expect(try await house.text("SELECT given_sort AS value FROM account WHERE id = \(cleo)") == "klea")

        #expect(try await rename("", "") == .saved)
        #expect(try await person().name == "Cleopatra Lund")
        roster.change("s-cleo") { $0.givenName = "Cleo" }
        try await house.take(roster)
        #expect(try await person().name == "Cleo Lund", "it follows the roster again")
    }
}
