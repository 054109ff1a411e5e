package import Storage

extension SQL {
    /// True for an account `a` whom a roster has taken out and not brought back. Written as the indexes have it.
    static let left: SQL = "a.suspended_for = 'roster' AND a.erased_at IS NULL"

    /// Why an account `a` is not erased, as `KeptReason`; null where nothing is in the way.
    static let keptReason: SQL = """
        CASE WHEN EXISTS (SELECT 1 FROM administrator r WHERE r.account_id = a.id) THEN 'administrator'
        WHEN a.origin <> 'roster' THEN 'byHand'
        WHEN a.address_is_pinned OR a.username_is_pinned THEN 'pinned'
        WHEN EXISTS (SELECT 1 FROM person_match q WHERE q.account_id = a.id AND q.answer IS NULL) THEN 'asked'
        WHEN EXISTS (SELECT 1 FROM mail m WHERE m.account_id = a.id AND m.state IN ('sending', 'in_data')) THEN 'mailed' END
        """

    /// True for an account `a` that may be erased, of those who left by then.
    static func isErasable(until: Timestamp) -> SQL {
        "\(left) AND a.suspended_at <= \(until) AND (\(keptReason)) IS NULL"
    }
}

extension LeaverFilter.Place {
    /// True for an account `a` of this place.
    var holds: SQL {
        switch self {
        case .anywhere: "TRUE"
        case .nowhere: "a.school_id IS NULL"
        case .school(let school): "a.school_id = \(school)"
        }
    }
}

extension Connection {
    /// One page of those who left the schools of an administrator, the longest ago first.
    package func leavers(
        of administrator: Administrator, filter: LeaverFilter = LeaverFilter(), limit: Int = 100, at now: Timestamp
    ) throws -> LeaverList {
        let rules = try leaverRules()
        let isThen: SQL =
            switch filter.group {
            case .left: "TRUE"
            case .archived: "a.suspended_at <= \(rules.archived(at: now))"
            case .due: rules.due(at: now).map { "a.suspended_at <= \($0) AND (\(SQL.keptReason)) IS NULL" } ?? "FALSE"
            case .kept:
                rules.due(at: now).map { "a.suspended_at <= \($0) AND (\(SQL.keptReason)) IS NOT NULL" } ?? "FALSE"
            }
        let rest: SQL =
            filter.after.flatMap(LeaverCursor.init).map { "(a.suspended_at, a.id) > (\($0.leftAt), \($0.id))" }
            ?? "TRUE"
        let found = try rows(
            """
            SELECT a.id, a.kind, a.given_name, a.family_name, a.username, a.number, s.name AS school, a.suspended_at,
              \(SQL.keptReason) AS kept
            FROM account a LEFT JOIN school s ON s.id = a.school_id
            WHERE \(SQL.left) AND \(administrator.sees) AND \(isThen) AND \(filter.place.holds) AND \(rest)
            ORDER BY a.suspended_at, a.id LIMIT \(limit + 1)
            """
        ).map(leaver)
        let shown = Array(found.prefix(limit))
        return LeaverList(
            lines: shown, next: found.count > limit ? shown.last.map { LeaverCursor($0).text } : nil)
    }

    /// How many left, school by school in the order of their names, those without one last.
    package func leaverCounts(of administrator: Administrator, at now: Timestamp) throws -> [LeaverCount] {
        let rules = try leaverRules()
        var counts = try rows(
            """
            SELECT a.school_id, s.name, count(*) AS gone,
              count(CASE WHEN a.suspended_at <= \(rules.archived(at: now)) THEN 1 END) AS archived
            FROM account a LEFT JOIN school s ON s.id = a.school_id
            WHERE \(SQL.left) AND \(administrator.sees) GROUP BY a.school_id, s.name
            ORDER BY s.name IS NULL, s.name, a.school_id
            """
        ).map { row in
            LeaverCount(
                school: try (row["school_id"] as ID<School>?).map { School(id: $0, name: try row["name"]) },
                left: try row["gone"], archived: try row["archived"])
        }
        guard let due = rules.due(at: now) else { return counts }
        for row in try rows(
            """
            SELECT a.school_id, count(*) AS number, count(CASE WHEN (\(SQL.keptReason)) IS NULL THEN 1 END) AS due
            FROM account a WHERE \(SQL.left) AND \(administrator.sees) AND a.suspended_at <= \(due) GROUP BY a.school_id
            """)
        {
            let school: ID<School>? = try row["school_id"]
            guard let index = counts.firstIndex(where: { $0.school?.id == school }) else { continue }
            counts[index].due = try row["due"]
            counts[index].kept = try (row["number"] as Int) - row["due"]
        }
        return counts
    }

    private func leaver(_ row: any Row) throws -> Leaver {
        guard let kind = AccountKind(rawValue: try row["kind"]) else { throw MissingColumn("kind") }
        return Leaver(
            id: try row["id"], kind: kind,
            name: PersonName.shown(given: try row["given_name"], family: try row["family_name"]),
            username: try row["username"], number: try row["number"], school: try row["school"],
            leftAt: try row["suspended_at"], kept: try row["kept"])
    }
}
