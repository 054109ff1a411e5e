import Core
import Storage
import StorageSQLite
import Testing

/// Who may answer whether a row of a roster is somebody made by hand.
@Suite struct RosterMatchScopeTests {
    /// An administrator of these schools of the roster.
    private func administrator(of schools: [String], in house: RosterHouse) async throws -> Administrator {
        let id = ID<Account>.new(at: house.clock.now())
        let name = schools.joined(separator: "-") + "-head"
        try await house.run(
            """
            INSERT INTO account (id, kind, origin, username, given_name, family_name, sort_name)
            VALUES (\(id), 'staff', 'hand', \(name), 'Head', \(name), \(name))
            """)
        try await house.run("INSERT INTO administrator (account_id, scope) VALUES (\(id), 'schools')")
        for school in schools {
            try await house.run(
                """
                INSERT INTO administrator_school (account_id, school_id)
                SELECT \(id), s.id FROM school s WHERE s.source_id = \(school)
                """)
        }
        return Administrator(id: id, hasDistrict: false)
    }

    private func asked(_ administrator: Administrator, _ house: RosterHouse) async throws -> Int {
        try await house.main.read { try $0.openMatches(for: administrator).count }
    }

    @Test func `is an administrator of the school of both, and of no other`() async throws {
        let house = try await RosterHouse()
        try await house.take(.cast)
        let mia = try await house.student("Mia", "Noor", number: "77")
        try await house.take(.withMia)
        let oak = try await administrator(of: ["oak"], in: house)
        let elm = try await administrator(of: ["elm"], in: house)
        #expect(try await asked(oak, house) == 1)
        #expect(try await asked(elm, house) == 0)
        let match = try #require(try await house.main.read { try $0.openMatches(for: oak) }.matches.first).id
        let now = house.clock.now()
        func answer(_ administrator: Administrator) async throws -> MatchAnswer? {
            try await house.main.write {
                try $0.answer(match, isSame: true, by: administrator, entry: .new(at: now), at: now)
            }
        }
        #expect(try await answer(elm) == nil)
        #expect(try await house.count("SELECT count(*) AS value FROM account_source WHERE account_id = \(mia)") == 0)
        #expect(try await answer(oak) == .saved)
        #expect(try await house.count("SELECT count(*) AS value FROM account_source WHERE account_id = \(mia)") == 1)
        #expect(try await house.count("SELECT count(*) AS value FROM audit WHERE act = 'same-person'") == 1)
    }

    @Test func `is nobody of one school where the row reaches into another, by school or by tracker`() async throws {
        for isByTracker in [false, true] {
            let house = try await RosterHouse()
            try await house.take(.cast)
            try await house.student("Mia", "Noor", number: "77")
            var roster = Roster.withMia
            if isByTracker {
                roster.enroll("s-mia", "9a")
            } else {
                roster.change("s-mia") { $0.schoolIDs = ["oak", "elm"] }
            }
            try await house.take(roster)
            let oak = try await administrator(of: ["oak"], in: house)
            let both = try await administrator(of: ["oak", "elm"], in: house)
            #expect(try await asked(oak, house) == 0, "by tracker: \(isByTracker)")
            #expect(try await asked(both, house) == 1, "by tracker: \(isByTracker)")
            #expect(try await asked(.district, house) == 1)
            // The next roster says less of her.
            try await house.take(.withMia)
            #expect(try await asked(oak, house) == 1)
        }
    }

    @Test func `is the district's while nobody knows the row's schools`() async throws {
        let house = try await RosterHouse()
        try await house.take(.cast)
        try await house.student("Mia", "Noor", number: "77")
        try await house.take(.withMia)
        let oak = try await administrator(of: ["oak"], in: house)
        try await house.run("DELETE FROM person_match_school")
        #expect(try await asked(oak, house) == 0)
        #expect(try await asked(.district, house) == 1)
    }
}
