import Core
import Storage
import TestSupport
import Testing

@Suite struct AccountsOfTwoSources {
    private func opened() async throws -> (house: RosterHouse, chief: Administrator, cleo: ID<Account>) {
        let house = try await RosterHouse()
        let chief = Administrator(id: try await house.administrator(), hasDistrict: true)
        try await house.take(.cast)
        let id = try await house.text("SELECT account_id AS value FROM account_source WHERE source_id = 's-cleo'")
        let cleo: ID<Account> = try #require(id.flatMap(ID.init))
        // She is on the list of another school too.
        let now = house.clock.now()
        let (fern, first): (ID<School>, ID<Tracker>) = (.new(at: now), .new(at: now))
        try await house.main.write { connection in
            for statement in [
                "INSERT INTO school (id, name, source, source_id) VALUES (\(fern), 'Fern', 'list', 'school')",
                "INSERT INTO tracker (id, school_id, name, source, source_id) VALUES (\(first), \(fern), '1A', 'list', '1a')",
                "INSERT INTO membership (account_id, school_id) VALUES (\(cleo), \(fern))",
                "INSERT INTO enrollment (tracker_id, account_id, role, is_primary) VALUES (\(first), \(cleo), 'student', TRUE)",
                "INSERT INTO account_source (source, source_id, account_id) VALUES ('list', '7', \(cleo))",
            ] as [SQL] { try connection.execute(statement) }
        }
        return (house, chief, cleo)
    }

    @Test func `leave nothing of a source behind when its row is taken apart`() async throws {
        let (house, chief, cleo) = try await opened()
        let now = house.clock.now()
        let isDone = try await house.main.write {
            try $0.takeApart(
                PersonRosterID(source: "list", sourceID: "7"), from: cleo, .student, by: chief, entry: .new(at: now),
                at: now)
        }
        #expect(isDone)
        #expect(try await house.places(of: cleo) == ["4B", "Art", "Oak School"])
    }

    @Test func `are not suspended by one while the other names them, and lose only what it gave`() async throws {
        let (house, _, cleo) = try await opened()
        let same = try await house.plan(.cast)
        #expect(try await house.count("SELECT total AS value FROM roster_plan WHERE id = \(same)") == 0)
        var without = Roster.cast
        without.remove("s-cleo")
        try await house.take(without)
        #expect(try await house.suspended("s-cleo") == nil)
        #expect(try await house.places(of: cleo) == ["1A", "Fern"])
        let still = try await house.plan(without)
        #expect(try await house.count("SELECT total AS value FROM roster_plan WHERE id = \(still)") == 0)
        try await house.take(.cast)
        #expect(try await house.places(of: cleo) == ["1A", "4B", "Art", "Fern", "Oak School"])
        #expect(try await house.main.recountStudents(at: house.clock.now()).isEmpty)
    }

    @Test func `stay out when one of them was taken out by hand`() async throws {
        let (house, chief, cleo) = try await opened()
        let now = house.clock.now()
        let id = try await house.text("SELECT account_id AS value FROM account_source WHERE source_id = 's-ben'")
        let ben: ID<Account> = try #require(id.flatMap(ID.init))
        try await house.run(
            """
            UPDATE account SET suspended_at = \(now), suspended_for = 'hand', suspended_scope = 'district' WHERE id = \(ben)
            """)
        let pair = try await house.main.read { try $0.twoAccounts(cleo, ben, .student, visibleTo: chief) }
        let joining = JoiningAccounts(
            one: cleo, other: ben, kind: .student, kept: cleo, stamp: pair?.stamp ?? "", entry: .new(at: now), now: now)
        #expect(try await house.main.write { try $0.join(joining, by: chief) } == .joined(cleo))
        #expect(try await house.text("SELECT suspended_for AS value FROM account WHERE id = \(cleo)") == "hand")
    }
}
