package import Storage

extension Connection {
    /// The schools of an administrator's scope with the states of their students; those with the lowest share first.
    package func schools(of administrator: Administrator, at now: Timestamp) throws -> [SchoolLine] {
        let counts = try studentCountsBySchool(of: administrator, at: now)
        let lines: [SchoolLine] = try rows(
            """
            SELECT s.id, s.name, (SELECT count(*) FROM membership m JOIN account a ON a.id = m.account_id
              WHERE m.school_id = s.id AND a.kind = 'staff' AND a.suspended_at IS NULL) AS staff
            FROM school s WHERE s.ended_at IS NULL AND \(administrator.seesSchool) ORDER BY s.name, s.id
            """
        ).map { row in
            let id: ID<School> = try row["id"]
            return SchoolLine(
                id: id, name: try row["name"], staff: try row["staff"], counts: counts[id] ?? StateCounts())
        }
        return lines.sorted { $0.activeShare < $1.activeShare }
    }

    /// The schools of an administrator's scope by name, without a count of anybody.
    package func schoolNames(of administrator: Administrator) throws -> [School] {
        try rows(
            "SELECT s.id, s.name FROM school s WHERE s.ended_at IS NULL AND \(administrator.seesSchool) ORDER BY s.name, s.id"
        ).map { School(id: try $0["id"], name: try $0["name"]) }
    }

    /// What an administrator sees first. `waitingPlan` comes from the roster syncs.
    package func overview(
        for administrator: Administrator, waitingPlan: RosterSyncLine?, at now: Timestamp
    ) throws -> DistrictOverview {
        let pending: Int? = try value(
            """
            SELECT count(*) AS value FROM account a WHERE a.kind = 'staff' AND a.active_at IS NULL
              AND a.suspended_at IS NULL AND \(administrator.sees)
            """)
        return DistrictOverview(
            name: try value("SELECT name AS value FROM district") ?? "",
            counts: try studentCounts(in: reach(of: administrator), at: now),
            schools: try schools(of: administrator, at: now), pendingStaff: pending ?? 0, waitingPlan: waitingPlan,
            isMailHeld: try exists("SELECT 1 AS value FROM mail WHERE state = 'held' LIMIT 1"))
    }
}

extension SchoolLine {
    /// Between 0 and 1; a school without students counts as done.
    fileprivate var activeShare: Double {
        let inSchool = counts.total - counts[.suspended]
        return inSchool == 0 ? 1 : Double(counts[StudentState.active]) / Double(inSchool)
    }
}
