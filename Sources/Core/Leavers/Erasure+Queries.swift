package import Storage

extension Connection {
    /// The newest erasures.
    package func erasures(limit: Int = 20) throws -> [Erasure] {
        try fetchAll(
            """
            SELECT e.id, e.made_at, e.expected, e.erased, e.ended_at, s.name AS school, p.given_name, p.family_name
            FROM erasure e LEFT JOIN school s ON s.id = e.school_id LEFT JOIN account p ON p.id = e.made_by
            ORDER BY e.id DESC LIMIT \(limit)
            """)
    }

    /// How many could be erased now if this were the rule.
    package func erasableCount(under rules: LeaverRules, at now: Timestamp) throws -> Int {
        guard let due = rules.due(at: now) else { return 0 }
        return try erasable(until: due, place: .anywhere).reduce(0) { $0 + $1.count }
    }

    /// How many of those who left by then may be erased, by their schools.
    func erasable(until: Timestamp, place: LeaverFilter.Place) throws -> [(school: ID<School>?, count: Int)] {
        try rows(
            """
            SELECT a.school_id, count(*) AS number FROM account a
            WHERE \(SQL.isErasable(until: until)) AND \(place.holds) GROUP BY a.school_id ORDER BY a.school_id
            """
        ).map { (try $0["school_id"], try $0["number"]) }
    }

    /// Writes a press down, before anything is erased. The same act again finds what it began; nil where the rule of the
    /// district does not let go whoever left by then.
    func beginErasure(
        _ id: ID<Erasure>, _ press: ErasurePress, of schools: [(school: ID<School>?, count: Int)],
        by person: ID<Account>, on server: ID<RunningServer>, entry: ID<AuditEntry>, at now: Timestamp
    ) throws -> ID<Erasure>? {
        if let known = try erasure(of: press.act, by: person) { return known }
        guard let due = try leaverRules().due(at: now), press.until <= due else { return nil }
        try record(
            .erasureBegun, by: person, count: press.count, detail: "erasure \(id)", id: entry, at: now)
        for place in schools { if let school = place.school { try noteSchool(school, count: place.count, for: entry) } }
        try execute(
            """
            INSERT INTO erasure (id, act_id, made_by, made_at, left_until, school_id, expected, server_id)
            VALUES (\(id), \(press.act), \(person), \(now), \(press.until), \(press.school), \(press.count), \(server))
            """)
        return id
    }

    /// The rule at work: begins an erasure where it is time for somebody, and none of its own goes on. False for none.
    func beginErasure(
        _ id: ID<Erasure>, byRuleOn server: ID<RunningServer>, entry: ID<AuditEntry>, at now: Timestamp
    ) throws -> Bool {
        let rules = try leaverRules()
        guard rules.erasesByItself, let due = rules.due(at: now),
            try exists("SELECT a.id FROM account a WHERE \(SQL.isErasable(until: due)) LIMIT 1"),
            try !exists("SELECT id FROM erasure WHERE ended_at IS NULL AND made_by IS NULL")
        else { return false }
        let schools = try erasable(until: due, place: .anywhere)
        let count = schools.reduce(0) { $0 + $1.count }
        try record(.erasureBegun, by: nil, count: count, detail: "erasure \(id)", id: entry, at: now)
        for place in schools { if let school = place.school { try noteSchool(school, count: place.count, for: entry) } }
        try execute(
            """
            INSERT INTO erasure (id, made_at, left_until, expected, server_id)
            VALUES (\(id), \(now), \(due), \(count), \(server))
            """)
        return true
    }

    /// Erasures that nobody goes on with.
    func erasuresLeft(to server: ServerAtWork, at now: Timestamp) throws -> [ID<Erasure>] {
        try rows(
            """
            SELECT e.id FROM erasure e
            WHERE e.ended_at IS NULL AND \(SQL.mayBeLeft("e.server_id", of: server, at: now)) ORDER BY e.id
            """
        ).map { try $0["id"] as ID<Erasure> }.filter { !server.has($0) }
    }
}
