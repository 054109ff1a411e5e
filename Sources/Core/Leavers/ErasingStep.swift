internal import Storage

/// One step of an erasure, with all that enters its transaction from outside.
struct ErasingStep: Sendable {
    let erasure: ID<Erasure>
    /// nil where the district's rule does it.
    let maker: ID<Account>?
    /// Whoever left by then.
    let until: Timestamp
    let mint: IDMint
    let now: Timestamp
}

/// What somebody who is about to be erased is found by in places that do not name the account.
struct LeavingPerson: Record {
    let id: ID<Account>
    /// Names, number, usernames and addresses, as they may stand in texts of their own.
    let texts: [String]
    /// The same as names of the sign-in page.
    let nameKeys: [String]

    static let columns: SQL = """
        a.id, a.given_name, a.family_name, a.username, a.roster_username, a.number, a.address, a.address_key, a.roster_address
        """

    init(row: any Row) throws {
        id = try row["id"]
        let signIns = try ["username", "roster_username", "address", "address_key", "roster_address"].compactMap {
            try row.text($0)
        }
        let name = PersonName.shown(given: try row["given_name"], family: try row["family_name"])
        texts = (signIns + [name, try row.text("number") ?? ""]).filter { !$0.isEmpty }
        nameKeys = signIns.map(Username.key)
    }
}

extension Connection {
    /// Who pressed this before, and what it began.
    func erasure(of act: ID<Act>, by person: ID<Account>) throws -> ID<Erasure>? {
        try value("SELECT id AS value FROM erasure WHERE act_id = \(act) AND made_by = \(person)")
    }

    /// Whom an erasure comes to next, at most `limit`; nobody at the end.
    ///
    /// Only looks, so that nobody waits while it passes over those who are kept.
    func nextToErase(
        in erasure: ID<Erasure>, after cursor: LeaverCursor?, limit: Int
    ) throws -> [LeaverCursor] {
        let found = try rows("SELECT left_until, school_id FROM erasure WHERE id = \(erasure) AND ended_at IS NULL")
            .first
        guard let found else { return [] }
        let school: ID<School>? = try found["school_id"]
        let place: LeaverFilter.Place = school.map { .school($0) } ?? .anywhere
        let rest: SQL = cursor.map { "(a.suspended_at, a.id) > (\($0.leftAt), \($0.id))" } ?? "TRUE"
        return try rows(
            """
            SELECT a.id, a.suspended_at FROM account a
            WHERE \(SQL.isErasable(until: try found["left_until"])) AND \(place.holds) AND \(rest)
            ORDER BY a.suspended_at, a.id LIMIT \(limit)
            """
        ).map { LeaverCursor(leftAt: try $0["suspended_at"], id: try $0["id"]) }
    }

    /// Erases these people; with nobody left, what old rosters still tell of them.
    ///
    /// Returns how much was done; 0 at the end. Somebody who came back meanwhile, or is kept by now, stays.
    func erase(
        _ people: [ID<Account>], in erasure: ID<Erasure>, limit: Int, mint: IDMint, at now: Timestamp
    ) throws -> Int {
        let found = try rows(
            "SELECT made_by, left_until FROM erasure WHERE id = \(erasure) AND ended_at IS NULL"
        ).first
        guard let row = found else { return 0 }
        let maker: ID<Account>? = try row["made_by"]
        // A rule that was made longer meanwhile holds at once, and whoever switches it off stops what it is doing.
        let rules = try maker == nil ? leaverRules() : nil
        let allowed = rules?.due(at: now)
        let until: Timestamp = try row["left_until"]
        let step = ErasingStep(
            erasure: erasure, maker: maker, until: allowed.map { min($0, until) } ?? until, mint: mint, now: now)
        if rules?.erasesByItself ?? true {
            if !people.isEmpty {
                _ = try erase(people, step)
                return people.count
            }
            let done = try forgetProblems(before: step.until, limit: limit)
            if done > 0 { return done }
        }
        try execute("UPDATE erasure SET ended_at = \(now) WHERE id = \(erasure) AND ended_at IS NULL")
        return 0
    }

    /// The values that rosters of before then could not be taken with: nobody needs these examples any more.
    private func forgetProblems(before: Timestamp, limit: Int) throws -> Int {
        let first = ID<RosterSync>.first(at: before)
        let places = try execute(
            """
            UPDATE roster_problem_place SET value = \(Self.forgotten) WHERE (plan_id, position, number) IN
            (SELECT o.plan_id, o.position, o.number FROM roster_problem_place o
              WHERE o.plan_id < \(first) AND o.value <> \(Self.forgotten) LIMIT \(limit))
            """)
        let plans = try execute(
            """
            UPDATE roster_plan SET refused_value = \(Self.forgotten)
            WHERE id < \(first) AND refused_value <> \(Self.forgotten)
            """)
        return places + plans
    }

    /// What stands where a value was.
    static var forgotten: String { "…" }
}
