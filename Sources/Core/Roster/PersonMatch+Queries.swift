package import Storage

extension Administrator {
    /// True for a question `x` about an account `a` that this administrator may answer. Of named schools: with the account and
    /// every school of the row among them, since whoever is linked reaches as far as the row does.
    fileprivate var answersMatch: SQL {
        if hasDistrict { return "TRUE" }
        return """
            \(seesWhole) AND EXISTS (SELECT 1 FROM person_match_school k WHERE k.match_id = x.id)
            AND NOT EXISTS (SELECT 1 FROM person_match_school k WHERE k.match_id = x.id AND \(isBeyond("k.school_id")))
            """
    }
}

extension Connection {
    /// Matches that an administrator may answer and nobody has, the oldest first. `after` is `next` of the page before.
    package func openMatches(
        for administrator: Administrator, after: String? = nil, limit: Int = 20
    ) throws -> PersonMatchList {
        try openMatches(administrator.answersMatch, after: after, limit: limit)
    }

    /// Of the open questions about changed ids, those in which the name is the same too, and nobody else is asked about for
    /// either side: a person may answer these with one press.
    package func alikeMatches(for administrator: Administrator, limit: Int) throws -> [ID<PersonMatch>] {
        try rows("SELECT x.id \(alike(administrator)) ORDER BY x.id LIMIT \(limit)").map { try $0["id"] }
    }

    /// How many there are.
    package func alikeMatchCount(for administrator: Administrator) throws -> Int {
        try value("SELECT COUNT(*) AS value \(alike(administrator))") ?? 0
    }

    private func alike(_ administrator: Administrator) -> SQL {
        """
        FROM person_match x JOIN account a ON a.id = x.account_id
        WHERE x.answer IS NULL AND x.replaces IS NOT NULL AND \(administrator.answersMatch)
        AND x.given_name = COALESCE(a.roster_given_name, a.given_name)
        AND x.family_name = COALESCE(a.roster_family_name, a.family_name)
        AND NOT EXISTS (SELECT 1 FROM person_match y WHERE y.source = x.source AND y.id <> x.id AND y.answer IS NULL
          AND (y.source_id = x.source_id OR y.account_id = x.account_id))
        """
    }

    /// Those of one plan: plans are the whole district's.
    func openMatches(of plan: ID<RosterSync>, limit: Int) throws -> PersonMatchList {
        try openMatches("x.plan_id = \(plan)", after: nil, limit: limit)
    }

    private func openMatches(_ condition: SQL, after: String?, limit: Int) throws -> PersonMatchList {
        let asked: SQL = "x.answer IS NULL AND \(condition)"
        let newer: SQL = after.flatMap(ID<PersonMatch>.init).map { "x.id > \($0)" } ?? "TRUE"
        let found = try rows(
            """
            SELECT x.id, x.account_id, x.replaces, x.source_id, x.given_name, x.family_name, x.username, x.number, x.address, x.grade, x.schools,
              x.trackers, a.kind, a.given_name AS here_given, a.family_name AS here_family, a.username AS here_username,
              a.number AS here_number, a.address AS here_address, a.grade AS here_grade, a.suspended_at
            FROM person_match x JOIN account a ON a.id = x.account_id WHERE \(asked) AND \(newer)
            ORDER BY x.id LIMIT \(limit + 1)
            """
        ).map(personMatch)
        let page = Array(found.prefix(limit))
        return PersonMatchList(
            matches: page,
            count: try value(
                "SELECT count(*) AS value FROM person_match x JOIN account a ON a.id = x.account_id WHERE \(asked)")
                ?? 0,
            next: found.count > limit ? page.last?.id.description : nil)
    }

    private func personMatch(_ row: any Row) throws -> PersonMatch {
        let account: ID<Account> = try row["account_id"]
        let schools = try names(
            """
            SELECT s.name FROM membership m JOIN school s ON s.id = m.school_id WHERE m.account_id = \(account) ORDER BY 1
            """)
        let trackers = try names(
            """
            SELECT t.name FROM enrollment e JOIN tracker t ON t.id = e.tracker_id
            WHERE e.account_id = \(account) AND t.ended_at IS NULL ORDER BY 1
            """)
        return PersonMatch(
            id: try row["id"], account: account, kind: AccountKind(rawValue: try row["kind"]) ?? .student,
            replaces: try row["replaces"], sourceID: try row["source_id"],
            roster: PersonMatch.Side(
                name: PersonName.shown(given: try row["given_name"], family: try row["family_name"]),
                username: try row["username"], number: try row["number"], address: try row["address"],
                grade: try row["grade"], schools: try row["schools"], trackers: try row["trackers"]),
            here: PersonMatch.Side(
                name: PersonName.shown(given: try row["here_given"], family: try row["here_family"]),
                username: try row["here_username"], number: try row["here_number"], address: try row["here_address"],
                grade: try row["here_grade"], schools: schools, trackers: trackers),
            isSuspended: try row.integer("suspended_at") != nil)
    }

    private func names(_ sql: SQL) throws -> String {
        let names: [String] = try rows(sql).map { try $0["name"] }
        return names.joined(separator: ", ")
    }

    /// Takes an administrator's answer: exactly one of two that come at once. nil when there is no such question for them.
    ///
    /// The same person is linked at once, and follows the roster from its next sync on. Two persons are remembered, and
    /// that sync takes the row as a new person.
    package func answer(
        _ match: ID<PersonMatch>, isSame: Bool, by administrator: Administrator, entry: ID<AuditEntry>,
        at now: Timestamp
    ) throws -> MatchAnswer? {
        let person = administrator.id
        let found = try rows(
            """
            SELECT x.source, x.source_id, x.account_id, x.replaces, x.username, x.answer, b.given_name, b.family_name
            FROM person_match x JOIN account a ON a.id = x.account_id LEFT JOIN account b ON b.id = x.answered_by
            WHERE x.id = \(match) AND \(administrator.answersMatch)
            """
        ).first
        guard let row = found else { return nil }
        let answer = isSame ? "same" : "two"
        if let before = try row.text("answer") {
            let name = PersonName.shown(given: try row["given_name"] ?? "", family: try row["family_name"] ?? "")
            return before == answer ? .saved : .answered(by: name, isSame: before == "same")
        }
        let (source, sourceID): (String, String) = (try row["source"], try row["source_id"])
        let account: ID<Account> = try row["account_id"]
        let replaced = try row.text("replaces")
        guard try isOpen(source, sourceID, account, replacing: replaced) else {
            try execute("DELETE FROM person_match WHERE id = \(match)")
            return .gone
        }
        try record(
            isSame ? .samePerson : .twoPersons, by: person, subject: account, detail: "match \(match)", id: entry,
            at: now)
        try execute(
            """
            UPDATE person_match SET answer = \(answer), answered_by = \(person), answered_at = \(now)
            WHERE id = \(match) AND answer IS NULL
            """)
        if isSame { try link(account, to: sourceID, of: source, replacing: replaced, called: row.text("username")) }
        return .saved
    }

    /// False where the row or the account was linked meanwhile.
    private func isOpen(
        _ source: String, _ sourceID: String, _ account: ID<Account>, replacing before: String?
    ) throws -> Bool {
        let links = try rows(
            """
            SELECT source_id, account_id FROM account_source WHERE source = \(source)
            AND (source_id = \(sourceID) OR account_id = \(account) AND same_as IS NULL)
            """
        ).map { (try $0["account_id"] as ID<Account>, try $0["source_id"] as String) }
        guard let before else { return links.isEmpty }
        return links.count == 1 && links.allSatisfy { $0 == (account, before) }
    }

    /// Lets an account be a row of the roster. Username, password and sessions stay.
    private func link(
        _ account: ID<Account>, to sourceID: String, of source: String, replacing before: String?,
        called username: String?
    ) throws {
        if let before {
            try execute(
                """
                UPDATE account_source SET source_id = \(sourceID)
                WHERE source = \(source) AND source_id = \(before) AND account_id = \(account)
                """)
            try execute(
                """
                UPDATE account_source SET same_as = \(sourceID)
                WHERE source = \(source) AND account_id = \(account) AND same_as = \(before)
                """)
        } else {
            try linkHandMade(account, to: sourceID, of: source, called: username)
        }
        // One row is one person: nothing else is left to ask about either.
        try execute(
            """
            DELETE FROM person_match WHERE source = \(source) AND answer IS NULL
            AND (source_id = \(sourceID) OR account_id = \(account))
            """)
        guard let username else { return }
        let address = try address(of: account).flatMap { Address.key($0) }
        guard try usernameProblem(username, of: account, addressKey: address) == nil else { return }
        try execute(
            """
            INSERT INTO username (name_key, account_id, alias) VALUES (\(Username.key(username)), \(account), \(username))
            ON CONFLICT (name_key) DO NOTHING
            """)
    }

    private func linkHandMade(
        _ account: ID<Account>, to sourceID: String, of source: String, called username: String?
    ) throws {
        try execute(
            "INSERT INTO account_source (source, source_id, account_id) VALUES (\(source), \(sourceID), \(account))")
        // From now on the roster says in which trackers this person is; what is given by hand later stays.
        try execute(
            """
            UPDATE enrollment SET origin = 'roster' WHERE account_id = \(account)
            AND tracker_id IN (SELECT t.id FROM tracker t WHERE t.source = \(source))
            """)
        try execute(
            """
            UPDATE account SET username_is_pinned = TRUE, roster_username = \(username) WHERE id = \(account)
            """)
    }
}
