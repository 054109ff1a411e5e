import Core
import Storage
import Testing

@Suite struct RosterAuditTests {
    @Test func `whom a roster takes out or brings back has a line of their own, with their school`() async throws {
        let house = try await RosterHouse()
        try await house.take(.crowd(20))
        let before = try await house.count("SELECT COUNT(*) AS value FROM audit WHERE act = 'account-suspended'")
        #expect(before == 0)
        let ida = try await house.administrator()
        let plan = try await house.plan(.crowd(19))
        try await house.syncs().apply(plan, by: ida)
        let gone = try await house.count("SELECT COUNT(*) AS value FROM account WHERE suspended_at IS NOT NULL")
        #expect(gone > 0)
        #expect(
            try await house.count(
                """
                SELECT COUNT(*) AS value FROM audit u JOIN account a ON a.id = u.subject_id
                JOIN audit_school x ON x.audit_id = u.id AND x.act = u.act
                WHERE u.act = 'account-suspended' AND u.actor_id = \(ida) AND a.suspended_at = u.at
                """) == gone)
        try await house.take(.crowd(20))
        #expect(try await house.count("SELECT COUNT(*) AS value FROM audit WHERE act = 'account-revived'") == gone)
        #expect(try await house.count("SELECT COUNT(*) AS value FROM audit WHERE act = 'account-suspended'") == gone)
    }

    @Test func `the line of an applied plan tells which schools it touched, new ones too`() async throws {
        let house = try await RosterHouse()
        let plan = try await house.plan(.cast)
        try await house.syncs().apply(plan, by: nil)
        for (school, count) in [("oak", 3), ("elm", 2)] {
            let noted = try await house.count(
                """
                SELECT x.count AS value FROM audit_school x JOIN school s ON s.id = x.school_id
                WHERE x.act = 'roster-applied' AND s.source_id = \(school)
                """)
            #expect(noted == count, "\(school)")
        }
    }
}
