import Core
import Storage
import Testing

@Suite struct RosterPeopleTests {
    @Test func `who leaves and returns has the same account and password`() async throws {
        let house = try await RosterHouse()
        try await house.take(.cast)
        try await house.run(
            "UPDATE account SET password_hash = 'hash', active_at = 5 WHERE username = 'Ben.L'")
        let account = try await house.text("SELECT id AS value FROM account WHERE username = 'Ben.L'")
        try await house.run(
            """
            INSERT INTO session (id, account_id, stage, made_at, seen_at, ends_at) VALUES ('x', \(account), 'full', 1, 1, 9)
            """)
        var roster = Roster.cast
        roster.remove("s-ben")
        try await house.take(roster)
        #expect(try await house.suspended("s-ben") == "roster")
        #expect(try await house.count("SELECT COUNT(*) AS value FROM session") == 0)
        let plan = try await house.take(.cast)
        #expect(try await house.main.read { try $0.rosterPlan(plan) }?.sync.students == RosterChangeCounts(back: 1))
        #expect(try await house.suspended("s-ben") == nil)
        #expect(
            try await house.text("SELECT id || password_hash AS value FROM account WHERE username = 'Ben.L'")
                == "\(account ?? "")hash")
        #expect(try await house.count("SELECT COUNT(*) AS value FROM enrollment") == 6)
    }

    @Test func `who must not sign in is suspended and comes back when enabled`() async throws {
        let house = try await RosterHouse()
        var roster = Roster.cast
        roster.change("s-cleo") { $0.isEnabled = false }
        try await house.take(roster)
        #expect(try await house.suspended("s-cleo") == "disabled")
        roster.change("s-cleo") { $0.isEnabled = true }
        roster.change("s-ben") { $0.isEnabled = false }
        try await house.take(roster)
        #expect(try await house.suspended("s-cleo") == nil)
        #expect(try await house.suspended("s-ben") == "disabled")
    }

    @Test func `a suspension by hand is not the roster's to lift`() async throws {
        let house = try await RosterHouse()
        try await house.take(.cast)
        try await house.run("UPDATE account SET suspended_at = 5, suspended_for = 'hand' WHERE username = 'Ben.L'")
        var roster = Roster.cast
        roster.change("s-ben") { $0.grade = "04" }
        try await house.take(roster)
        #expect(try await house.suspended("s-ben") == "hand")
    }

    @Test func `accounts made by hand and administrators stay when the roster does not name them`() async throws {
        let house = try await RosterHouse()
        let ida = try await house.administrator()
        try await house.take(.cast)
        try await house.run(
            """
            INSERT INTO administrator (account_id, scope)
            SELECT account_id, 'district' FROM account_source WHERE source_id = 't-ada'
            """)
        try await house.run(
            "INSERT INTO account_source (source, source_id, account_id) VALUES ('roster', 't-hand', \(ida))")
        var roster = Roster.cast
        roster.remove("t-ada")
        let id = try await house.take(roster)
        #expect(try await house.main.read { try $0.rosterPlan(id) }?.staff.total == 0)
        #expect(try await house.count("SELECT COUNT(*) AS value FROM account WHERE suspended_at IS NOT NULL") == 0)
        #expect(try await house.count("SELECT COUNT(*) AS value FROM enrollment WHERE role = 'teacher'") == 2)
    }

    @Test func `a place in a tracker that was given by hand is neither changed nor taken away`() async throws {
        let house = try await RosterHouse()
        try await house.take(.cast)
        try await house.run(
            """
            INSERT INTO enrollment (tracker_id, account_id, role, origin)
            SELECT t.id, c.account_id, 'teacher', 'hand' FROM tracker t, account_source c
            WHERE t.name = 'Art' AND c.source_id = 't-ada'
            """)
        let given: SQL = "SELECT COUNT(*) AS value FROM enrollment WHERE origin = 'hand' AND NOT is_primary"
        let id = try await house.take(.cast)
        #expect(try await house.main.read { try $0.rosterPlan(id) }?.staff.total == 0)
        #expect(try await house.count(given) == 1)
        var roster = Roster.cast
        roster.enrollments.append(
            RosterEnrollment(trackerID: "art", personID: "t-ada", role: .teacher, isPrimary: true))
        roster.change("t-ada") { $0.familyName = "Mossman" }
        try await house.take(roster)
        #expect(try await house.count(given) == 1)
        try await house.take(.cast)
        #expect(try await house.count(given) == 1)
    }

    @Test func `a username that the roster changes stays as it was given out`() async throws {
        let house = try await RosterHouse()
        try await house.take(.cast)
        var roster = Roster.cast
        roster.change("s-ben") { $0.username = "benjamin" }
        roster.change("s-cleo") { $0.familyName = "Quill" }
        try await house.take(roster)
        #expect(try await house.username("s-ben") == "Ben.L")
        #expect(try await house.username("s-cleo") == "cleo.p31")
        #expect(
            try await house.text("SELECT sort_name AS value FROM account WHERE username = 'cleo.p31'") == "quill cleo")
    }

    @Test func `the roster's names go first, and a name in use or ever used is not given again`() async throws {
        let house = try await RosterHouse()
        var roster = Roster.cast
        roster.student("s-0", "Kai", "Tan")
        roster.student("s-1", "Kim", "Berg", username: "kai.t31")
        roster.student("s-2", "Kim", "Berg", username: "KAI.T31")
        roster.student("s-3", "Max", "Roe", username: "ben@example.ORG")
        let id = try await house.take(roster)
        #expect(try await house.username("s-1") == "kai.t31")
        #expect(try await house.username("s-0") == "kai.ta31")
        #expect(try await house.username("s-2") == "kim.b31")
        #expect(try await house.username("s-3") == "max.r31")
        let values = try #require(try await house.main.read { try $0.rosterPlan(id) }).problems.map {
            $0.first[0].value
        }
        #expect(Set(values) == ["KAI.T31", "ben@example.ORG"])

        try await house.run("INSERT INTO username (name_key, account_id) SELECT 'kai.n31', id FROM account LIMIT 1")
        roster.student("s-4", "Kai", "Nord")
        roster.student("s-5", "Eva", "Nord", username: "BEN.L")
        try await house.take(roster)
        #expect(try await house.username("s-4") == "kai.no31")
        #expect(try await house.username("s-5") == "eva.n31")
    }

    @Test func `the preferred name is shown and the legal one is nowhere`() async throws {
        let house = try await RosterHouse()
        var roster = Roster.cast
        roster.change("s-ben") { $0.preferredGivenName = "Bea" }
        let id = try await house.plan(roster)
        let staging = try await house.store.open(id)
        let staged = try await staging.read {
            try $0.exists("SELECT 1 AS value FROM staged_person WHERE given_name = 'Ben'")
        }
        #expect(!staged)
        try await house.syncs().apply(id, by: nil)
        #expect(try await house.text("SELECT given_name AS value FROM account WHERE username = 'Ben.L'") == "Bea")
    }

    @Test func `who changes school keeps the account and moves`() async throws {
        let house = try await RosterHouse()
        try await house.take(.cast)
        var roster = Roster.cast
        roster.change("s-ben") { $0.schoolIDs = ["elm"] }
        roster.enrollments.removeAll { $0.personID == "s-ben" }
        roster.enroll("s-ben", "9a")
        let id = try await house.plan(roster)
        let report = try #require(try await house.main.read { try $0.rosterPlan(id) })
        #expect(report.schools.map(\.students) == [RosterChangeCounts(new: 1), RosterChangeCounts(leaving: 1)])
        #expect(report.sync.students == RosterChangeCounts(changed: 1))
        try await house.syncs().apply(id, by: nil)
        let schools = try await house.main.read { connection in
            try connection.rows(
                """
                SELECT s.name || COALESCE(o.name, '') AS value FROM account a JOIN membership m ON m.account_id = a.id
                JOIN school s ON s.id = m.school_id LEFT JOIN school o ON o.id = a.school_id WHERE a.username = 'Ben.L'
                """
            ).map { try $0["value"] as String }
        }
        #expect(schools == ["Elm SchoolElm School"])
    }

    @Test func `a new address voids the links sent to the old one, only those`() async throws {
        let house = try await RosterHouse()
        try await house.take(.cast)
        let end = house.clock.now() + .days(3)
        for (id, address) in [("a", "Ben@Example.org"), ("b", "school@example.org")] {
            try await house.run(
                """
                INSERT INTO activation_link (id, account_id, origin, key_id, generation, address, made_at, ends_at)
                SELECT \(id), a.id, 'mail', 'k', 0, \(address), 1, \(end) FROM account a WHERE a.username = 'Ben.L'
                """)
        }
        try await house.run(
            "UPDATE account SET link_state = 'mailed', link_at = 1, link_ends_at = \(end) WHERE username = 'Ben.L'")
        var roster = Roster.cast
        roster.change("s-ben") { $0.address = "BEN@example.org" }
        try await house.take(roster)
        #expect(try await house.count("SELECT COUNT(*) AS value FROM activation_link WHERE voided_at IS NOT NULL") == 0)
        roster.change("s-ben") { $0.address = "new@example.org" }
        try await house.take(roster)
        #expect(try await house.text("SELECT id AS value FROM activation_link WHERE voided_at IS NOT NULL") == "a")
        #expect(try await house.text("SELECT link_state AS value FROM account WHERE username = 'Ben.L'") == nil)
        #expect(
            try await house.text("SELECT address || address_key AS value FROM account WHERE username = 'Ben.L'")
                == "new@example.orgnew@example.org")
    }

    @Test func `a pinned address stays whatever the roster says, until it is unpinned`() async throws {
        let house = try await RosterHouse()
        try await house.take(.cast)
        let query: SQL = "SELECT address AS value FROM account WHERE username = 'Ben.L'"
        let ben: ID<Account> = try #require(
            await ID(house.text("SELECT id AS value FROM account WHERE username = 'Ben.L'") ?? ""))
        let ida = try await house.administrator()
        let now = house.clock.now()
        try await house.main.write { connection in
            let change = AddressChange(
                of: ben, to: "hand@example.org", isPinned: true, by: ida, entry: .new(at: now), at: now)
            try connection.changeAddress(change)
        }
        var roster = Roster.cast
        for address in [nil, "roster@example.org", nil, "newer@example.org"] as [String?] {
            roster.change("s-ben") { $0.address = address }
            try await house.take(roster)
            #expect(try await house.text(query) == "hand@example.org")
            #expect(
                try await house.text("SELECT roster_address AS value FROM account WHERE id = \(ben)") == address)
        }
        try await house.main.write { try $0.unpinAddress(of: ben, by: ida, entry: .new(at: now), at: now) }
        #expect(try await house.text(query) == "newer@example.org")
        roster.change("s-ben") { $0.address = nil }
        try await house.take(roster)
        #expect(try await house.text(query) == nil)
    }

    @Test func `a tracker that ends stays for those who had it and comes back with its students`() async throws {
        let house = try await RosterHouse()
        try await house.take(.cast)
        var roster = Roster.cast
        roster.trackers.removeAll { $0.sourceID == "art" }
        roster.enrollments.removeAll { $0.trackerID == "art" }
        let id = try await house.take(roster)
        #expect(try await house.main.read { try $0.rosterPlan(id) }?.trackers == RosterChangeCounts(leaving: 1))
        #expect(try await house.count("SELECT COUNT(*) AS value FROM tracker WHERE ended_at IS NOT NULL") == 1)
        let back = try await house.take(.cast)
        #expect(try await house.main.read { try $0.rosterPlan(back) }?.trackers == RosterChangeCounts(back: 1))
        #expect(try await house.count("SELECT COUNT(*) AS value FROM tracker WHERE ended_at IS NOT NULL") == 0)
    }
}
