package import Storage

extension SQL {
    /// The plain state of a staff account `a`.
    static let staffState: SQL = """
        CASE WHEN a.suspended_at IS NOT NULL THEN 'suspended' WHEN a.active_at IS NOT NULL THEN 'active'
        ELSE 'pending' END
        """
    /// True for a staff account `a` whose role in the roster waits for an administrator.
    fileprivate static let isProposed: SQL = "a.role_waits AND a.suspended_at IS NULL"
}

extension StaffState {
    /// True for a staff account `a` in this state; the same as `SQL.staffState`, as an index finds it.
    fileprivate var holds: SQL {
        switch self {
        case .suspended: "a.suspended_at IS NOT NULL"
        case .active: "a.suspended_at IS NULL AND a.active_at IS NOT NULL"
        case .pending: "a.suspended_at IS NULL AND a.active_at IS NULL"
        }
    }
}

extension StaffRole {
    /// True for a staff account `a` of this role.
    fileprivate var holds: SQL {
        let administers: SQL = "EXISTS (SELECT 1 FROM administrator r WHERE r.account_id = a.id)"
        let teaches: SQL = "EXISTS (SELECT 1 FROM enrollment g WHERE g.account_id = a.id AND g.role = 'teacher')"
        return switch self {
        case .administrator: administers
        case .teacher: "(\(teaches) OR a.roster_roles IS NULL AND NOT \(administers))"
        case .other: "a.roster_roles IS NOT NULL AND NOT \(teaches) AND NOT \(administers)"
        }
    }
}

extension Connection {
    /// One page of the staff in an administrator's scope, by name.
    package func staff(
        of administrator: Administrator, filter: StaffFilter = StaffFilter(), limit: Int = 100
    ) throws -> StaffList {
        let mine: SQL = "a.kind = 'staff' AND \(administrator.sees)"
        let fits = Self.condition(filter)
        let cursor = filter.after.flatMap(StudentCursor.init)
        let rest: SQL = cursor.map { "(a.sort_name, a.id) > (\($0.sortName), \($0.id))" } ?? "TRUE"
        let page = try rows(
            """
            SELECT \(Self.staffColumns(for: administrator)) FROM account a
            LEFT JOIN administrator d ON d.account_id = a.id
            WHERE \(mine) AND \(fits) AND \(rest) ORDER BY a.sort_name, a.id LIMIT \(limit + 1)
            """
        ).map { row in
            let id: ID<Account> = try row["id"]
            return (row, StudentCursor(place: 0, sortName: try row["sort_name"], id: id))
        }
        var counts: [StaffState: Int] = [:]
        try forEachRow(
            """
            SELECT \(SQL.staffState) AS state, count(*) AS number FROM account a WHERE \(mine) GROUP BY 1
            """
        ) { row in
            if let state = StaffState(rawValue: try row["state"]) { counts[state] = try row["number"] }
        }
        let counted =
            filter.isByStateAlone
            ? filter.state.map { counts[$0] ?? 0 } ?? counts.values.reduce(0, +)
            : try value("SELECT count(*) AS value FROM account a WHERE \(mine) AND \(fits)")
        return StaffList(
            lines: try staffLines(page.prefix(limit).map(\.0), for: administrator), counts: counts,
            proposed: try value(
                // Only staff are proposed; said again, it would hide the index from the database.
                "SELECT count(*) AS value FROM account a WHERE \(administrator.sees) AND \(SQL.isProposed)") ?? 0,
            disowned: try value(
                "SELECT count(*) AS value FROM account a WHERE \(mine) AND a.disowned_at IS NOT NULL") ?? 0,
            found: counted ?? 0, next: page.count > limit ? page[limit - 1].1.text : nil)
    }

    /// The schools of the scope that have not ended, by name.
    package func openSchools(of administrator: Administrator) throws -> [School] {
        try rows(
            """
            SELECT s.id, s.name FROM school s WHERE s.ended_at IS NULL AND \(administrator.seesSchool)
            ORDER BY s.name, s.id
            """
        ).map { School(id: try $0["id"], name: try $0["name"]) }
    }

    /// One member of staff in the scope; nil for everybody else.
    package func staffMember(_ id: ID<Account>, visibleTo administrator: Administrator) throws -> StaffLine? {
        try staffLines(
            rows(
                """
                SELECT \(Self.staffColumns(for: administrator)) FROM account a
                LEFT JOIN administrator d ON d.account_id = a.id
                WHERE a.kind = 'staff' AND a.id = \(id) AND \(administrator.sees)
                """), for: administrator
        ).first
    }

    /// One member of staff whose door this administrator may open with a link in their own hands; nil for everybody else.
    ///
    /// Who also works beyond the scope, or administers more, gets a mail: a shown link would lend the administrator that reach.
    package func staffMember(_ id: ID<Account>, openedBy administrator: Administrator) throws -> StaffLine? {
        try staffMember(id, visibleTo: administrator).flatMap { $0.canOpen ? $0 : nil }
    }

    private static func condition(_ filter: StaffFilter) -> SQL {
        var conditions: [SQL] = ["TRUE"]
        if let state = filter.state { conditions.append(state.holds) }
        if let role = filter.role { conditions.append(role.holds) }
        if filter.isProposed { conditions.append(.isProposed) }
        if filter.isDisowned { conditions.append("a.disowned_at IS NOT NULL") }
        if filter.hasNoAddress { conditions.append("a.address IS NULL") }
        if let school = filter.school {
            conditions.append("a.id IN (SELECT m.account_id FROM membership m WHERE m.school_id = \(school))")
        }
        conditions += SearchWord.all(in: filter.search).map(\.isFound)
        return SQL.joined(conditions, by: " AND ")
    }

    private static func staffColumns(for administrator: Administrator) -> SQL {
        """
        a.id, a.given_name, a.family_name, a.sort_name, a.username, a.address, a.mail_state, a.mail_at,
        a.suspended_for, \(administrator.lift) AS lift, a.disowned_at, a.roster_roles, a.role_waits, d.account_id AS administrator_id,
        \(SQL.staffState) AS state,
        (a.id <> \(administrator.id) AND \(administrator.outranks)) AS can_reset,
        (a.id <> \(administrator.id) AND \(administrator.seesWhole)) AS can_open
        """
    }

    /// Rows of `staffColumns`, with the names of the schools that the administrator sees.
    private func staffLines(_ found: [any Row], for administrator: Administrator) throws -> [StaffLine] {
        let ids: [ID<Account>] = try found.map { try $0["id"] }
        var schools: [ID<Account>: [String]] = [:]
        try forEachRow(
            """
            SELECT m.account_id, s.name FROM membership m JOIN school s ON s.id = m.school_id
            WHERE m.account_id IN \(SQL.list(ids)) AND \(administrator.seesSchool) ORDER BY s.name, s.id
            """
        ) { row in schools[try row["account_id"], default: []].append(try row["name"]) }
        let claimed = try found.map { try $0.text("roster_roles").flatMap(RosterRoles.init(text:)) }
        let names = try schoolNames(claimed.flatMap { $0?.schools ?? [] }, seenBy: administrator)
        return try zip(found, claimed).map { row, roles in
            let id: ID<Account> = try row["id"]
            let canOpen: Bool = try row["can_open"]
            var lift = try row.text("lift").flatMap(SuspensionLift.init)
            // Somebody who also works beyond the scope is brought back from where all of their schools are.
            if lift == .you, !canOpen { lift = .wider }
            let administers: ID<Account>? = try row["administrator_id"]
            return StaffLine(
                id: id, name: PersonName.shown(given: try row["given_name"], family: try row["family_name"]),
                username: try row["username"], address: try row["address"], schools: schools[id] ?? [],
                isAdministrator: administers != nil, state: StaffState(rawValue: try row["state"]) ?? .pending,
                suspendedFor: try row.text("suspended_for").flatMap(SuspensionReason.init), lift: lift,
                lastMail: try row["mail_state"], lastMailAt: try row["mail_at"],
                claims: (roles?.standings ?? []).map { claim in
                    RoleClaim(word: claim.word, school: claim.school.flatMap { names[$0] })
                }, roleWaits: try row["role_waits"], canReset: try row["can_reset"], canOpen: canOpen,
                isDisowned: try row.integer("disowned_at") != nil)
        }
    }

    private func schoolNames(
        _ ids: [ID<School>], seenBy administrator: Administrator
    ) throws -> [ID<School>: String] {
        var names: [ID<School>: String] = [:]
        guard !ids.isEmpty else { return names }
        try forEachRow(
            "SELECT s.id, s.name FROM school s WHERE s.id IN \(SQL.list(ids)) AND \(administrator.seesSchool)"
        ) { row in names[try row["id"]] = try row["name"] }
        return names
    }
}
