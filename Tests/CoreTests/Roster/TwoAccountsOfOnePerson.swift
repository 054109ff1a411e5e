import Core
import Storage
import TestSupport
import Testing

@Suite struct TwoAccountsOfOnePerson {
    /// Cleo is in the roster twice: once for each of her schools.
    private static var twice: Roster {
        var roster = Roster.cast
        roster.student("s-cleo2", "Cleo", "Park", school: "elm", address: "cleo@example.org")
        roster.enroll("s-cleo2", "9a")
        return roster
    }

    private func account(_ sourceID: String, _ house: RosterHouse) async throws -> ID<Account> {
        let id = try await house.text("SELECT account_id AS value FROM account_source WHERE source_id = \(sourceID)")
        return try #require(id.flatMap(ID.init))
    }

    private func activate(_ account: ID<Account>, _ house: RosterHouse) async throws {
        let now = house.clock.now()
        try await house.run("UPDATE account SET password_hash = 'x', active_at = \(now) WHERE id = \(account)")
    }

    private func join(
        _ one: ID<Account>, _ other: ID<Account>, keeping kept: ID<Account>, by chief: Administrator,
        _ house: RosterHouse,
        stamp: String? = nil
    ) async throws -> JoinedAccounts? {
        let now = house.clock.now()
        let pair = try await house.main.read { try $0.twoAccounts(one, other, .student, visibleTo: chief) }
        let joining = JoiningAccounts(
            one: one, other: other, kind: .student, kept: kept, stamp: stamp ?? pair?.stamp ?? "",
            entry: .new(at: now), now: now)
        return try await house.main.write { try $0.join(joining, by: chief) }
    }

    private func opened() async throws -> (
        house: RosterHouse, chief: Administrator, one: ID<Account>, other: ID<Account>
    ) {
        let house = try await RosterHouse()
        let chief = Administrator(id: try await house.administrator(), hasDistrict: true)
        try await house.take(Self.twice)
        return (house, chief, try await account("s-cleo", house), try await account("s-cleo2", house))
    }

    @Test func `become one with the places and names of both, which the next roster leaves so`() async throws {
        let (house, chief, one, other) = try await opened()
        #expect(try await join(one, other, keeping: one, by: chief, house) == .joined(one))
        let all = ["4B", "9A", "Art", "Elm School", "Oak School"]
        #expect(try await house.places(of: one) == all)
        #expect(try await house.text("SELECT address AS value FROM account WHERE id = \(one)") == "cleo@example.org")
        #expect(
            try await house.count("SELECT COUNT(*) AS value FROM username WHERE account_id = \(one)") == 2,
            "both usernames sign in")
        #expect(try await house.text("SELECT username AS value FROM account WHERE id = \(other)") == "")
        let again = try await house.plan(Self.twice)
        #expect(try await house.count("SELECT total AS value FROM roster_plan WHERE id = \(again)") == 0)
        #expect(try await house.main.recountStudents(at: house.clock.now()).isEmpty)
    }

    @Test func `keep the username and password that are in use, whichever was asked for`() async throws {
        let (house, chief, one, other) = try await opened()
        try await activate(other, house)
        #expect(try await join(one, other, keeping: one, by: chief, house) == .stale)
        #expect(try await join(one, other, keeping: other, by: chief, house) == .joined(other))
        #expect(try await house.places(of: other).count == 5)
        #expect(try await house.text("SELECT password_hash AS value FROM account WHERE id = \(other)") == "x")
        #expect(try await house.suspended("s-cleo") == nil)
        let again = try await house.plan(Self.twice)
        #expect(try await house.count("SELECT total AS value FROM roster_plan WHERE id = \(again)") == 0)
    }

    @Test func `are joined as an administrator says where both are in use, and once however often it is pressed`()
        async throws
    {
        let (house, chief, one, other) = try await opened()
        try await activate(one, house)
        try await activate(other, house)
        let stamp = try await house.main.read { try $0.twoAccounts(one, other, .student, visibleTo: chief)?.stamp }
        for _ in 0..<2 {
            #expect(try await join(one, other, keeping: other, by: chief, house, stamp: stamp) == .joined(other))
        }
        #expect(try await house.count("SELECT COUNT(*) AS value FROM audit WHERE act = 'accounts-joined'") == 1)
        #expect(
            try await house.count(
                "SELECT COUNT(*) AS value FROM account WHERE active_at IS NOT NULL AND kind = 'student'") == 1)
    }

    @Test func `are looked at again where one has changed meanwhile`() async throws {
        let (house, chief, one, other) = try await opened()
        let stamp = try await house.main.read { try $0.twoAccounts(one, other, .student, visibleTo: chief)?.stamp }
        try await activate(one, house)
        #expect(try await join(one, other, keeping: one, by: chief, house, stamp: stamp) == .stale)
        #expect(try await house.places(of: other).count == 2)
    }

    @Test func `stay while either of their rows does, and leave when both are gone`() async throws {
        let (house, chief, one, other) = try await opened()
        _ = try await join(one, other, keeping: one, by: chief, house)
        var roster = Self.twice
        roster.remove("s-cleo")
        try await house.take(roster)
        #expect(try await house.suspended("s-cleo") == nil)
        #expect(try await house.places(of: one) == ["9A", "Elm School"])
        roster.remove("s-cleo2")
        try await house.take(roster)
        #expect(try await house.suspended("s-cleo") == "roster")
        try await house.take(Self.twice)
        #expect(try await house.suspended("s-cleo") == nil)
        #expect(try await house.places(of: one).count == 5)
        #expect(try await house.count("SELECT COUNT(*) AS value FROM account WHERE given_name = 'Cleo'") == 1)
    }

    @Test func `stay as they are where one of their rows is refused`() async throws {
        let (house, chief, one, other) = try await opened()
        _ = try await join(one, other, keeping: one, by: chief, house)
        var roster = Self.twice
        roster.people.removeAll { $0.sourceID == "s-cleo2" }
        let given = roster
        let syncs = house.syncs { _, intake, _ in
            for record in given.records { try intake.receive(record, at: RosterPlace(file: "x.csv", line: 2)) }
            try intake.report(
                RosterProblem(place: RosterPlace(file: "users.csv", line: 9), reason: "X", subject: .person("s-cleo2")))
        }
        let plan = try await syncs.read(file: house.folder, fileName: "a.zip", by: nil)
        try await house.syncs().apply(plan, by: nil)
        #expect(try await house.places(of: one).contains("Elm School"))
    }

    @Test func `are joined while a plan waits that was made before, which does no harm`() async throws {
        let (house, chief, one, other) = try await opened()
        var roster = Self.twice
        for id in ["s-cleo", "s-cleo2"] { roster.change(id) { $0.grade = "05" } }
        roster.enroll("s-cleo2", "4b")
        let before = try await house.plan(roster)
        _ = try await join(one, other, keeping: one, by: chief, house)
        try await house.syncs().apply(before, by: nil)
        #expect(try await house.count("SELECT COUNT(*) AS value FROM account WHERE given_name = 'Cleo'") == 1)
        #expect(try await house.places(of: other).isEmpty)
        try await house.take(roster)
        #expect(try await house.places(of: one) == ["4B", "9A", "Art", "Elm School", "Oak School"])
        #expect(try await house.text("SELECT grade AS value FROM account WHERE id = \(one)") == "05")
    }

    @Test func `wait while a mail of the one that goes is on its way`() async throws {
        let (house, chief, one, other) = try await opened()
        try await house.run(
            """
            INSERT INTO mail (id, kind, account_id, state, state_at, priority, due_at, language)
            VALUES ('m', 'activation', \(other), 'in_data', 1, 0, 1, 'en')
            """)
        #expect(try await join(one, other, keeping: one, by: chief, house) == .stale)
        try await house.run("UPDATE mail SET state = 'accepted'")
        #expect(try await join(one, other, keeping: one, by: chief, house) == .joined(one))
    }

    @Test func `are taken apart again: the other row gets an account, the password stays`() async throws {
        let (house, chief, one, other) = try await opened()
        _ = try await join(one, other, keeping: one, by: chief, house)
        try await activate(one, house)
        let ids = try #require(try await house.main.read { try $0.rosterIDs(of: one, .student, visibleTo: chief) })
        #expect(ids.map(\.sourceID) == ["s-cleo", "s-cleo2"])
        let now = house.clock.now()
        // The one that plans go by is taken away: the other takes its place.
        for _ in 0..<2 {
            _ = try await house.main.write {
                try $0.takeApart(ids[0], from: one, .student, by: chief, entry: .new(at: now), at: now)
            }
        }
        #expect(try await house.main.read { try $0.rosterIDs(of: one, .student, visibleTo: chief) } == [])
        try await house.take(Self.twice)
        let apart = try await account("s-cleo", house)
        #expect(apart != one)
        #expect(try await house.places(of: apart) == ["4B", "Art", "Oak School"])
        #expect(try await house.places(of: one) == ["9A", "Elm School"])
        #expect(try await house.text("SELECT password_hash AS value FROM account WHERE id = \(one)") == "x")
    }

    @Test func `are nobody's to join but their administrator's, and never those of an administrator`() async throws {
        let (house, chief, one, other) = try await opened()
        let now = house.clock.now()
        let per = try await house.main.write { connection in
            try connection.addStaff(
                StaffByHand(givenName: "Per", familyName: "Ek", username: "per", address: nil, isAdministrator: true),
                by: nil, mint: IDMint(at: now), at: now)
        }
        try await house.run("UPDATE administrator SET scope = 'schools' WHERE account_id = \(per)")
        try await house.run(
            """
            INSERT INTO administrator_school (account_id, school_id) SELECT \(per), id FROM school WHERE source_id = 'oak'
            """)
        let narrow = Administrator(id: per, hasDistrict: false)
        #expect(try await join(one, other, keeping: one, by: narrow, house) == nil)
        #expect(try await house.main.read { try $0.twoAccounts(chief.id, per, .staff, visibleTo: chief) } == nil)
        #expect(try await house.main.read { try $0.twoAccounts(one, one, .student, visibleTo: chief) } == nil)
        let found = try await house.main.read { try $0.peopleLike(one, .student, search: "", visibleTo: chief) }
        #expect(found?.others.map(\.id) == [other])
        let searched = try await house.main.read { try $0.peopleLike(one, .student, search: "ben", visibleTo: chief) }
        #expect(searched?.others.map(\.name) == ["Ben Lee"])
    }

    @Test func `stay where the roles of one row have ended`() async throws {
        let (house, chief, one, other) = try await opened()
        _ = try await join(one, other, keeping: one, by: chief, house)
        var roster = Self.twice
        roster.change("s-cleo") { $0.role = .nobody }
        roster.enrollments.removeAll { $0.personID == "s-cleo" }
        try await house.take(roster)
        #expect(try await house.suspended("s-cleo") == nil)
        #expect(try await house.places(of: one) == ["9A", "Elm School"])
    }
}
