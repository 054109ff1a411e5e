internal import Storage

extension Connection {
    /// The newest roster of a source before a plan that is kept and that nobody has thrown away.
    func rosterBefore(_ plan: ID<RosterSync>, of source: String) throws -> (plan: ID<RosterSync>, parts: Int)? {
        try keptRoster(
            """
            p.source = \(source) AND p.id < \(plan) AND p.state IN ('ready', 'applying', 'applied')
            AND (p.returns_to IS NULL OR p.state <> 'ready')
            """)
    }

    /// The roster that an undo of a plan goes back to: the one applied before it. nil where a newer one was applied since, or
    /// none is kept.
    func rosterToReturnTo(from plan: ID<RosterSync>) throws -> (plan: ID<RosterSync>, parts: Int)? {
        let isNewest = try exists(
            """
            SELECT 1 AS value FROM roster_plan p WHERE p.id = \(plan) AND p.state = 'applied'
            AND NOT EXISTS (SELECT 1 FROM roster_plan o WHERE o.source = p.source AND o.id > p.id
              AND o.state IN ('applying', 'applied'))
            """)
        guard isNewest else { return nil }
        return try keptRoster(
            """
            p.state = 'applied' AND p.id < \(plan)
            AND p.source = (SELECT o.source FROM roster_plan o WHERE o.id = \(plan))
            """)
    }

    private func keptRoster(_ condition: SQL) throws -> (plan: ID<RosterSync>, parts: Int)? {
        try rows(
            """
            SELECT p.id, p.kept_parts FROM roster_plan p WHERE p.kept_parts IS NOT NULL AND \(condition)
            ORDER BY p.id DESC LIMIT 1
            """
        ).first.map { (try $0["id"], try $0["kept_parts"]) }
    }

    /// Throws away a few parts of rosters that nothing goes back to any more; returns how many.
    func forgetRosters(limit: Int) throws -> Int {
        let isNeeded: SQL = """
            p.state IN ('reading', 'ready', 'applying') OR p.state = 'applied' AND (SELECT COUNT(*) FROM roster_plan o
              WHERE o.source = p.source AND o.state = 'applied' AND o.kept_parts IS NOT NULL AND o.id > p.id) < 2
            """
        try execute(
            "UPDATE roster_plan AS p SET kept_parts = NULL WHERE p.kept_parts IS NOT NULL AND NOT (\(isNeeded))")
        return try execute(
            """
            DELETE FROM kept_roster_part WHERE (plan_id, number) IN (SELECT k.plan_id, k.number FROM kept_roster_part k
              JOIN roster_plan p ON p.id = k.plan_id AND p.kept_parts IS NULL AND p.state <> 'reading' LIMIT \(limit))
            """)
    }
}
