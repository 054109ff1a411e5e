import Core
import Storage
import Testing

@Suite struct RosterUsernameTests {
    @Test func `a username given by hand stays, and what the roster calls the person is kept beside it`() async throws {
        let house = try await RosterHouse()
        try await house.take(.cast)
        let ben = try #require(
            try await house.text("SELECT id AS value FROM account WHERE username = 'Ben.L'").flatMap(ID<Account>.init))
        let ruth = Administrator(id: try await house.administrator(), hasDistrict: true)
        let now = house.clock.now()
        let change = UsernameChange(
            person: ben, kind: .student, username: "benny", before: "Ben.L", entry: .new(at: now), now: now)
        #expect(try await house.main.write { try $0.changeUsername(change, by: ruth) } == .saved)

        var roster = Roster.cast
        roster.change("s-ben") { $0.username = "benjamin" }
        let plan = try await house.take(roster)
        #expect(try await house.main.read { try $0.rosterPlan(plan) }?.sync.students == RosterChangeCounts(changed: 1))
        #expect(try await house.username("s-ben") == "benny")
        let names = try #require(try await house.main.read { try $0.names(of: ben, .student, visibleTo: ruth) })
        #expect(names.rosterUsername == "benjamin" && names.aliases == ["Ben.L"])

        let again = try await house.plan(roster)
        #expect(try await house.main.read { try $0.rosterPlan(again) }?.sync.students.total == 0)
        roster.change("s-ben") { $0.username = "BENNY" }
        try await house.take(roster)
        #expect(try await house.main.read { try $0.names(of: ben, .student, visibleTo: ruth) }?.rosterUsername == nil)

        roster.student("s-new", "Ben", "Lund", username: "ben.l")
        try await house.take(roster)
        #expect(try await house.username("s-new") == "ben.l31")
    }
}
