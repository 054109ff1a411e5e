package import Storage

extension Connection {
    /// The schools of an administrator's scope by name, with the states of their students.
    package func schools(of administrator: Administrator, at now: Timestamp) throws -> [SchoolLine] {
        let counts = try studentCountsBySchool(of: administrator, at: now)
        return try openSchools(of: administrator).map {
            SchoolLine(id: $0.id, name: $0.name, counts: counts[$0.id] ?? StateCounts())
        }
    }

    /// The schools of an administrator's scope by name, without a count of anybody.
    package func schoolNames(of administrator: Administrator) throws -> [School] {
        try rows(
            "SELECT s.id, s.name FROM school s WHERE s.ended_at IS NULL AND \(administrator.seesSchool) ORDER BY s.name, s.id"
        ).map { School(id: try $0["id"], name: try $0["name"]) }
    }

    /// What an administrator sees first. `days` are those of the plot, the oldest first; `waitingPlan` comes from the roster
    /// syncs.
    package func overview(
        for administrator: Administrator, days: [String], waitingPlan: RosterSyncLine?, at now: Timestamp
    ) throws -> DistrictOverview {
        let pending: Int? = try value(
            """
            SELECT count(*) AS value FROM account a WHERE a.kind = 'staff' AND a.active_at IS NULL
              AND a.suspended_at IS NULL AND \(administrator.sees)
            """)
        let activations = try activations(in: administrator, from: days.first ?? "")
        // Only the district can do something about held mail, so only it is told.
        let isHeld =
            try administrator.hasDistrict && exists("SELECT 1 AS value FROM mail WHERE state = 'held' LIMIT 1")
        return DistrictOverview(
            name: try value("SELECT name AS value FROM district") ?? "",
            counts: try studentCounts(in: reach(of: administrator), at: now),
            schools: try schools(of: administrator, at: now),
            days: days.map { ActivationDay(day: $0, count: activations[$0] ?? 0) }, pendingStaff: pending ?? 0,
            waitingPlan: waitingPlan, isMailHeld: isHeld, asked: try openMatches(for: administrator, limit: 0).count)
    }

    /// Counts a student who has just become active, unless they were active before: a reset counts nobody twice.
    ///
    /// `entry` is the line of the audit that tells of it.
    func countActivation(of student: ID<Account>, on day: String, entry: ID<AuditEntry>) throws {
        try execute(
            """
            INSERT INTO activation_count (day, school_id, slot, count)
            SELECT \(day), coalesce(a.school_id, ''), substr(a.id, 36), 1 FROM account a
            WHERE a.id = \(student) AND a.kind = 'student' AND NOT EXISTS (SELECT 1 FROM audit u
              WHERE u.subject_id = a.id AND u.act = 'password-chosen' AND u.id <> \(entry))
            ON CONFLICT (day, school_id, slot) DO UPDATE SET count = activation_count.count + 1
            """)
    }

    private func activations(in administrator: Administrator, from day: String) throws -> [String: Int] {
        let scope: SQL =
            administrator.hasDistrict
            ? "TRUE"
            : "d.school_id IN (SELECT h.school_id FROM administrator_school h WHERE h.account_id = \(administrator.id))"
        let found = try rows(
            """
            SELECT d.day, CAST(sum(d.count) AS BIGINT) AS number
            FROM (SELECT day, school_id, count FROM activation_day
              UNION ALL SELECT day, school_id, count FROM activation_count) d
            WHERE d.day >= \(day) AND \(scope) GROUP BY d.day
            """)
        var counts: [String: Int] = [:]
        for row in found { counts[try row["day"]] = try row["number"] }
        return counts
    }
}
