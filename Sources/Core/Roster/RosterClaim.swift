internal import Storage

/// A plan that this process may apply, and how far it is.
struct RosterClaim: Sendable {
    let plan: ID<RosterSync>
    let runner: String
    let run: Int
    let source: String
    let position: RosterApply.Position
    /// The position as the plan's row has it.
    let written: String
    let isFirst: Bool
    /// Held schools with the run that takes their removals.
    let waiting: [(key: String, run: Int?)]
}

extension Connection {
    /// Takes a plan whose applying stopped half way: one that nobody drives, only a server that is gone, or a driver who is
    /// known to be none any more.
    func takeOver(
        _ plan: ID<RosterSync>, leftBy driver: String? = nil, by runner: String, of server: ID<RunningServer>,
        at now: Timestamp
    ) throws -> RosterClaim? {
        try execute(
            """
            UPDATE roster_plan SET runner = \(runner), server_id = \(server)
            WHERE id = \(plan) AND state = 'applying'
            AND (runner IS NULL OR runner = \(driver) OR \(SQL.isOrphan("server_id", at: now)) AND coalesce(server_id, '') <> \(server))
            """)
        return try claim(of: plan, runner: runner)
    }

    func claim(of plan: ID<RosterSync>, runner: String) throws -> RosterClaim? {
        let row = try rows(
            "SELECT run, source, position FROM roster_plan WHERE id = \(plan) AND runner = \(runner) AND state = 'applying'"
        ).first
        guard let row else { return nil }
        let source: String = try row["source"]
        let waiting: [(key: String, run: Int?)] = try rows(
            "SELECT school_key, taken_run FROM roster_plan_school WHERE plan_id = \(plan) AND is_held"
        ).map { (try $0["school_key"], try $0["taken_run"]) }
        let written: String = try row["position"]
        return RosterClaim(
            plan: plan, runner: runner, run: try row["run"], source: source,
            position: RosterApply.Position(written) ?? RosterApply.Position(phase: .schools), written: written,
            isFirst: try !exists("SELECT 1 AS value FROM account_source LIMIT 1"),
            waiting: waiting)
    }

    /// Says why a plan cannot be applied; returns when it is being applied or was.
    func refuseClaim(of plan: ID<RosterSync>) throws {
        let row = try rows(
            "SELECT state, is_open, is_waiting, confirmed_by FROM roster_plan WHERE id = \(plan)"
        ).first
        guard let row else { throw RosterSyncRefused.notFound }
        switch try row.text("state") {
        case "applying", "applied": return
        case "ready":
            let waits = try row.bool("is_waiting") == true && row.text("confirmed_by") == nil
            throw waits ? RosterSyncRefused.waiting : RosterSyncRefused.busy
        default: throw RosterSyncRefused.notReady
        }
    }

    /// How many rows a run writes, of those that wait for nobody.
    func stepsInAll(run: Int) throws -> Int {
        let removals = try value("SELECT COUNT(*) AS value FROM removal", as: Int.self) ?? 0
        guard run == 1 else {
            let waiting: Int? = try value(
                """
                SELECT COUNT(*) AS value FROM person_change
                WHERE alters AND EXISTS (SELECT 1 FROM waiting_school WHERE changes_wait)
                """)
            return removals + (waiting ?? 0)
        }
        let added: Int? = try value(
            """
            SELECT (SELECT COUNT(*) FROM person_change) + (SELECT COUNT(*) FROM staged_school WHERE act IS NOT NULL)
              + (SELECT COUNT(*) FROM staged_tracker WHERE act IS NOT NULL) AS value
            """)
        return removals + (added ?? 0)
    }
}
