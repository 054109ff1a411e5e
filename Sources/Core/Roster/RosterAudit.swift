internal import Storage

extension SQL {
    /// True for an account `a` that a roster takes out when it no longer names it: no other source does.
    static let leavesWithRoster: SQL = """
        a.suspended_at IS NULL AND a.origin = 'roster'
        AND NOT EXISTS (SELECT 1 FROM administrator r WHERE r.account_id = a.id)
        AND \(isOfOneSource)
        """

    /// True for an account whom nothing but a roster keeps out. Who was suspended by hand, too, has a `suspended_scope`.
    static let isSuspendedByRosterAlone: SQL = "(suspended_for IN ('roster', 'disabled') AND suspended_scope IS NULL)"

    /// True for an account `a` that one source of rosters names, or none.
    static let isOfOneSource: SQL =
        "(SELECT COUNT(DISTINCT c.source) FROM account_source c WHERE c.account_id = a.id) < 2"
}

/// Who of a roster is suspended or brought back stands in the audit, each with a line of their own.
extension Connection {
    /// Call it before the removals are applied.
    func recordLeavings(
        _ removals: [PlannedRemoval], by plan: ID<RosterSync>, mint: IDMint, at now: Timestamp
    ) throws {
        let leaving = removals.filter { $0.kind == .person }.map(\.subject)
        try recordEach(.accountSuspended, of: leaving, where: .leavesWithRoster, by: plan, mint: mint, at: now)
    }

    /// Call it before the people are written.
    func recordReturns(of people: [PlannedPerson], by plan: ID<RosterSync>, mint: IDMint, at now: Timestamp) throws {
        let back = people.filter { $0.act == "back" }.compactMap { $0.account?.description }
        try recordEach(
            .accountRevived, of: back, where: "\(SQL.isSuspendedByRosterAlone) AND a.erased_at IS NULL", by: plan,
            mint: mint, at: now)
    }

    /// Notes the schools with changes of a plan for a line that tells of it, or one of them. Schools that the plan makes are
    /// known once it is applied: then `entry` nil is the last line that tells of the applying.
    func noteSchools(of plan: ID<RosterSync>, only school: String? = nil, for entry: ID<AuditEntry>? = nil) throws {
        let lastApplying: SQL = """
            (SELECT max(o.id) FROM audit o WHERE o.act = 'roster-applied' AND o.detail = \("roster plan \(plan)"))
            """
        let line: SQL = entry.map { "\($0)" } ?? lastApplying
        let isMeant: SQL = school.map { "c.school_key = \($0)" } ?? "TRUE"
        try execute(
            """
            INSERT INTO audit_school (audit_id, school_id, act, count)
            SELECT u.id, s.id, u.act, c.students_new + c.students_changed + c.students_leaving + c.students_back
                + c.staff_new + c.staff_changed + c.staff_leaving + c.staff_back
            FROM audit u JOIN roster_plan p ON p.id = \(plan) JOIN roster_plan_school c ON c.plan_id = p.id
            JOIN school s ON s.source = p.source AND s.source_id = c.school_key
            WHERE u.id = \(line) AND \(isMeant)
            ON CONFLICT DO NOTHING
            """)
    }

    /// One line for each of these people for whom the condition on an account `a` holds: two statements for 64 of them.
    private func recordEach(
        _ act: AuditAct, of people: [String], where condition: SQL, by plan: ID<RosterSync>, mint: IDMint,
        at now: Timestamp
    ) throws {
        var mint = mint
        var index = 0
        while index < people.count {
            let size = people.count - index >= 64 ? 64 : 1
            let values = people[index..<index + size].flatMap { person -> [SQLValue] in
                [.id(mint.next(AuditEntry.self)), .text(person)]
            }
            let lines: SQL = "WITH v (id, account_id) AS (VALUES \(SQL.rows(values, columns: 2)))"
            try execute(
                """
                \(lines) INSERT INTO audit (id, at, actor_id, act, subject_id, count, detail)
                SELECT v.id, \(now), (SELECT p.applied_by FROM roster_plan p WHERE p.id = \(plan)), \(act.rawValue), a.id, 1,
                  \("roster plan \(plan)")
                FROM v JOIN account a ON a.id = v.account_id WHERE \(condition)
                """)
            try execute(
                """
                \(lines) INSERT INTO audit_school (audit_id, school_id, act, count)
                SELECT u.id, m.school_id, u.act, 1
                FROM v JOIN audit u ON u.id = v.id JOIN membership m ON m.account_id = u.subject_id
                """)
            index += size
        }
    }
}
