package import Storage

extension SQL {
    /// The plain state of a staff account `a`.
    static let staffState: SQL = """
        CASE WHEN a.suspended_at IS NOT NULL THEN 'suspended' WHEN a.active_at IS NOT NULL THEN 'active'
        ELSE 'pending' END
        """
}

extension Connection {
    /// One page of the staff in an administrator's scope, by name.
    package func staff(
        of administrator: Administrator, filter: StaffFilter = StaffFilter(), limit: Int = 100
    ) throws -> StaffList {
        var fits: SQL = "TRUE"
        if let state = filter.state { fits = "\(fits) AND \(SQL.staffState) = \(state.rawValue)" }
        if let school = filter.school {
            fits = "\(fits) AND a.id IN (SELECT m.account_id FROM membership m WHERE m.school_id = \(school))"
        }
        for word in SearchWord.all(in: filter.search) { fits = "\(fits) AND \(word.isFound)" }
        let cursor = filter.after.flatMap(StudentCursor.init)
        let rest: SQL = cursor.map { "(a.sort_name, a.id) > (\($0.sortName), \($0.id))" } ?? "TRUE"
        let page = try rows(
            """
            SELECT \(Self.staffColumns) FROM account a LEFT JOIN administrator d ON d.account_id = a.id
            WHERE a.kind = 'staff' AND \(administrator.sees) AND \(fits) AND \(rest)
            ORDER BY a.sort_name, a.id LIMIT \(limit + 1)
            """
        ).map { row in
            let id: ID<Account> = try row["id"]
            return (line: try staffLine(row), cursor: StudentCursor(place: 0, sortName: try row["sort_name"], id: id))
        }
        var counts: [StaffState: Int] = [:]
        try forEachRow(
            """
            SELECT \(SQL.staffState) AS state, count(*) AS number FROM account a
            WHERE a.kind = 'staff' AND \(administrator.sees) GROUP BY 1
            """
        ) { row in
            if let state = StaffState(rawValue: try row["state"]) { counts[state] = try row["number"] }
        }
        let shown = page.prefix(limit)
        return StaffList(
            lines: shown.map(\.line), counts: counts, mailable: try mailableStaff(of: administrator),
            found: try value(
                "SELECT count(*) AS value FROM account a WHERE a.kind = 'staff' AND \(administrator.sees) AND \(fits)")
                ?? 0,
            next: page.count > limit ? shown.last?.cursor.text : nil)
    }

    /// One member of staff in the scope; nil for everybody else.
    package func staffMember(_ id: ID<Account>, visibleTo administrator: Administrator) throws -> StaffLine? {
        try rows(
            """
            SELECT \(Self.staffColumns) FROM account a LEFT JOIN administrator d ON d.account_id = a.id
            WHERE a.kind = 'staff' AND a.id = \(id) AND \(administrator.sees)
            """
        ).first.map(staffLine)
    }

    /// One member of staff whose door this administrator may open with a link in their own hands; nil for everybody else.
    ///
    /// Who also works beyond the scope, or administers more, gets a mail: a shown link would lend the administrator that reach.
    package func staffMember(_ id: ID<Account>, openedBy administrator: Administrator) throws -> StaffLine? {
        try rows(
            """
            SELECT \(Self.staffColumns) FROM account a LEFT JOIN administrator d ON d.account_id = a.id
            WHERE a.kind = 'staff' AND a.id = \(id) AND \(administrator.seesWhole)
            """
        ).first.map(staffLine)
    }

    private func mailableStaff(of administrator: Administrator) throws -> Int {
        try value(
            """
            SELECT count(*) AS value FROM account a WHERE a.kind = 'staff' AND a.active_at IS NULL
              AND a.suspended_at IS NULL AND a.address IS NOT NULL AND \(administrator.sees)
              AND (a.mail_state IS NULL OR a.mail_state NOT IN ('queued', 'sending', 'in_data', 'deferred', 'held'))
            """) ?? 0
    }

    private static var staffColumns: SQL {
        """
        a.id, a.given_name, a.family_name, a.sort_name, a.username, a.address, a.mail_state, a.mail_at,
        d.account_id AS administrator_id, \(SQL.staffState) AS state
        """
    }

    private func staffLine(_ row: any Row) throws -> StaffLine {
        let id: ID<Account> = try row["id"]
        let administrator: ID<Account>? = try row["administrator_id"]
        let schools: [String] = try rows(
            """
            SELECT s.name FROM membership m JOIN school s ON s.id = m.school_id WHERE m.account_id = \(id) ORDER BY s.name
            """
        ).map { try $0["name"] }
        return StaffLine(
            id: id, name: PersonName.shown(given: try row["given_name"], family: try row["family_name"]),
            username: try row["username"], address: try row["address"], schools: schools,
            isAdministrator: administrator != nil, state: StaffState(rawValue: try row["state"]) ?? .pending,
            lastMail: try row["mail_state"], lastMailAt: try row["mail_at"])
    }
}
