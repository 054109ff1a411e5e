import Core
import Storage
import Testing

@Suite struct RosterRoleTests {
    private let says: SQL = """
        SELECT COALESCE(roster_roles, '') || ':' || CASE WHEN role_waits THEN 1 ELSE 0 END AS value FROM account a
        """

    private func said(of sourceID: String, in house: RosterHouse) async throws -> String? {
        try await house.text(
            """
            \(says) JOIN account_source c ON c.account_id = a.id WHERE c.source_id = \(sourceID)
            """)
    }

    private func decide(_ house: RosterHouse) async throws {
        try await house.run("UPDATE account SET role_waits = FALSE")
    }

    /// The cast with a principal who has a role in each of these schools.
    private func roster(principalOf schools: [String], and more: (word: String, school: String)? = nil) -> Roster {
        var roster = Roster.cast
        roster.people.append(
            RosterPerson(
                sourceID: "p-1", role: nil, schoolIDs: [], username: "pat", givenName: "Pat", familyName: "Hall"))
        for person in roster.people.indices where roster.people[person].sourceID != "p-1" {
            let one = roster.people[person]
            roster.roles += one.schoolIDs.map {
                RosterRole(
                    personID: one.sourceID, schoolID: $0, role: one.role ?? .nobody, isPrimary: true, beginsOn: nil,
                    endsOn: nil)
            }
            roster.people[person].role = nil
            roster.people[person].schoolIDs = []
        }
        for (word, school) in schools.map({ ("principal", $0) }) + (more.map { [$0] } ?? []) {
            roster.roles.append(
                RosterRole(
                    personID: "p-1", schoolID: school, role: .otherStaff, word: word, isPrimary: true, beginsOn: nil,
                    endsOn: nil))
        }
        return roster
    }

    private func school(_ key: String, in house: RosterHouse) async throws -> String {
        try await house.text("SELECT id AS value FROM school WHERE source_id = \(key)") ?? ""
    }

    @Test func `beside teacher are proposals with their schools, and give no right`() async throws {
        let house = try await RosterHouse()
        try await house.take(roster(principalOf: ["oak"], and: ("districtadministrator", "district")))
        let oak = try await school("oak", in: house)
        #expect(try await said(of: "p-1", in: house) == "districtadministrator principal@\(oak):1")
        #expect(try await said(of: "t-ada", in: house) == ":0")
        #expect(try await house.count("SELECT COUNT(*) AS value FROM administrator") == 0)
        let places: SQL = """
            SELECT COUNT(*) AS value FROM membership m JOIN account a ON a.id = m.account_id WHERE a.username = 'pat'
            """
        #expect(try await house.count(places) == 1)
    }

    @Test func `that were decided are not asked again until the roster says something beyond`() async throws {
        let house = try await RosterHouse()
        try await house.take(roster(principalOf: ["oak", "elm"]))
        try await decide(house)
        let (oak, elm) = (try await school("oak", in: house), try await school("elm", in: house))
        let both = ["principal@\(oak)", "principal@\(elm)"].sorted().joined(separator: " ")
        try await house.take(roster(principalOf: ["oak", "elm"]))
        #expect(try await said(of: "p-1", in: house) == "\(both):0")
        try await house.take(roster(principalOf: ["oak"]))
        #expect(try await said(of: "p-1", in: house) == "principal@\(oak):0")
        try await house.take(roster(principalOf: ["oak"], and: ("aide", "oak")))
        #expect(try await said(of: "p-1", in: house) == "aide@\(oak) principal@\(oak):1")
        // What nobody decided yet still waits when the roster takes a part of it back.
        try await house.take(roster(principalOf: ["oak"]))
        #expect(try await said(of: "p-1", in: house) == "principal@\(oak):1")
        try await house.take(roster(principalOf: [], and: ("teacher", "nowhere")))
        #expect(try await said(of: "p-1", in: house) == ":0")
    }

    @Test func `are shown in the plan as a change, and a plan without one changes nothing`() async throws {
        let house = try await RosterHouse()
        try await house.take(roster(principalOf: ["oak"]))
        let same = try await house.plan(roster(principalOf: ["oak"]))
        #expect(try await house.main.read { try $0.rosterPlan(same) }?.staff.total == 0)
        let plan = try await house.plan(roster(principalOf: ["oak"], and: ("aide", "oak")))
        let people = try await house.syncs().people(of: plan, school: "oak", change: .changed)
        #expect(
            people?.people.map(\.changes) == [
                [RosterFactChange(fact: .roles, before: "principal", after: "aide, principal")]
            ])
    }
}
