internal import Foundation
internal import Storage

extension RosterSyncs {
    /// Lets the removals of a held school go ahead, or with no school a plan that waits as a whole.
    ///
    /// The confirmation is of this very plan: a newer one asks again. Where the plan was applied but for this school, the
    /// school's removals follow at once, in the background. Throws `RosterSyncRefused`.
    package func confirm(_ plan: ID<RosterSync>, school: String?, by person: ID<Account>) async throws {
        let now = clock.now()
        let entry: ID<AuditEntry> = .new(at: now)
        let isApplied = try await main.write { connection -> Bool in
            guard
                let state = try connection.value(
                    "SELECT state AS value FROM roster_plan WHERE id = \(plan)", as: String.self)
            else { throw RosterSyncRefused.notFound }
            try connection.record(
                .rosterRemovalsConfirmed, by: person, detail: "roster plan \(plan)", id: entry, at: now)
            if let school { try connection.noteSchools(of: plan, only: school, for: entry) }
            let open: SQL = """
                SELECT 1 FROM roster_plan p WHERE p.id = \(plan) AND p.is_open AND p.state IN ('ready', 'applied')
                """
            guard try connection.exists(open) else { throw RosterSyncRefused.notReady }
            guard let school else {
                try connection.execute(
                    "UPDATE roster_plan SET confirmed_by = \(person) WHERE id = \(plan) AND is_waiting AND confirmed_by IS NULL"
                )
                return false
            }
            try connection.execute(
                """
                UPDATE roster_plan_school SET confirmed_by = \(person)
                WHERE plan_id = \(plan) AND school_key = \(school) AND is_held AND confirmed_by IS NULL
                """)
            let isKnown = try connection.exists(
                """
                SELECT 1 AS value FROM roster_plan_school WHERE plan_id = \(plan) AND school_key = \(school) AND is_held
                """)
            guard isKnown else { throw RosterSyncRefused.notFound }
            return state == "applied"
        }
        if isApplied { try await beginApplying(plan, by: person) }
    }

    /// Applies a plan to its end; a plan that was applied already, or by somebody else at the moment, is left alone.
    ///
    /// After a school was confirmed later, the same call takes what had waited. Returns true when this call applied it.
    @discardableResult
    package func apply(_ plan: ID<RosterSync>, by person: ID<Account>?) async throws -> Bool {
        guard let claim = try await claim(plan, by: person) else { return false }
        try await patient.drive(claim)
        return true
    }

    /// The same in the background: returns as soon as the plan is claimed. Its row tells how far it is.
    package func beginApplying(_ plan: ID<RosterSync>, by person: ID<Account>?) async throws {
        guard let claim = try await claim(plan, by: person) else { return }
        // What fails here lets go of the plan: pressing again, or the next start, goes on with it.
        Task.detached {
            do { try await patient.drive(claim) } catch { onFault(error) }
        }
    }

    /// Throws an open plan away, with what still waits in it.
    package func discard(_ plan: ID<RosterSync>, by person: ID<Account>) async throws {
        let now = clock.now()
        let entry: ID<AuditEntry> = .new(at: now)
        try await main.write { connection in
            try connection.record(.rosterDiscarded, by: person, detail: "roster plan \(plan)", id: entry, at: now)
            let discarded = try connection.execute(
                """
                UPDATE roster_plan SET is_open = FALSE, state = CASE state WHEN 'ready' THEN 'discarded' ELSE state END
                WHERE id = \(plan) AND is_open AND state IN ('ready', 'applied')
                """)
            guard discarded == 1 else { throw RosterSyncRefused.notReady }
        }
        try await store.remove(plan)
    }

    /// Goes on with an applying that was cut off; whoever drove it before loses it at their next step.
    func resume(_ plan: ID<RosterSync>) async throws {
        let (runner, now) = (UUID().uuidString, clock.now())
        let claim = try await main.write { [server] connection in
            try connection.takeOver(plan, by: runner, of: server, at: now)
        }
        if let claim { try await patient.drive(claim) }
    }

    /// Takes the plan for this call; nil when there is nothing left to do or somebody else does it.
    private func claim(_ plan: ID<RosterSync>, by person: ID<Account>?) async throws -> RosterClaim? {
        let now = clock.now()
        let entry: ID<AuditEntry> = .new(at: now)
        let runner = UUID().uuidString
        return try await main.write { [server] connection in
            let claimed = try connection.execute(
                """
                UPDATE roster_plan SET state = 'applying', run = run + 1, runner = \(runner), server_id = \(server), done = 0,
                  total = 0,
                  position = CASE run WHEN 0 THEN '' ELSE \(RosterApply.Phase.enrollments.rawValue) || ' ' END,
                  applied_by = COALESCE(\(person), applied_by)
                WHERE id = \(plan) AND is_open AND (NOT is_waiting OR confirmed_by IS NOT NULL)
                AND (state = 'ready' OR state = 'applied' AND EXISTS (SELECT 1 FROM roster_plan_school s
                  WHERE s.plan_id = roster_plan.id AND s.is_held AND s.confirmed_by IS NOT NULL AND s.taken_run IS NULL))
                AND NOT EXISTS (SELECT 1 FROM roster_plan o WHERE o.state IN ('reading', 'applying'))
                """)
            guard claimed == 1 else {
                if let left = try connection.takeOver(plan, by: runner, of: server, at: now) { return left }
                try connection.refuseClaim(of: plan)
                return nil
            }
            try connection.record(.rosterApplied, by: person, detail: "roster plan \(plan)", id: entry, at: now)
            try connection.noteSchools(of: plan, for: entry)
            try connection.execute(
                """
                UPDATE roster_plan_school SET taken_run = (SELECT p.run FROM roster_plan p WHERE p.id = \(plan))
                WHERE plan_id = \(plan) AND is_held AND confirmed_by IS NOT NULL AND taken_run IS NULL
                """)
            return try connection.claim(of: plan, runner: runner)
        }
    }

    private func drive(_ claim: RosterClaim) async throws {
        do { try await finish(claim) } catch {
            // A plan that nobody drives can be taken up by the next press.
            _ = try? await main.write { connection in
                try connection.execute(
                    "UPDATE roster_plan SET runner = NULL WHERE id = \(claim.plan) AND runner = \(claim.runner)")
            }
            throw error
        }
    }

    private func finish(_ claim: RosterClaim) async throws {
        let staging = try await store.open(claim.plan)
        let total = try await staging.write { connection in
            for school in claim.waiting {
                try connection.execute(
                    "UPDATE waiting_school SET taken_run = \(school.run) WHERE school_key = \(school.key)")
            }
            return try connection.stepsInAll(run: claim.run)
        }
        try await main.write { connection in
            try connection.execute("UPDATE roster_plan SET total = \(total) WHERE id = \(claim.plan)")
        }
        let apply = RosterApply(
            plan: claim.plan, runner: claim.runner, run: claim.run, source: claim.source, main: main, staging: staging,
            clock: clock, maker: maker, isFirst: claim.isFirst)
        try await apply.finish(from: claim.position, as: claim.written)
        let isOpen = try await main.read {
            try $0.value("SELECT is_open AS value FROM roster_plan WHERE id = \(claim.plan)", as: Bool.self) ?? false
        }
        if !isOpen { try await store.remove(claim.plan) }
    }
}

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
    /// Takes a plan whose applying stopped half way: one that nobody drives, or only a server that is gone.
    fileprivate func takeOver(
        _ plan: ID<RosterSync>, by runner: String, of server: ID<RunningServer>, at now: Timestamp
    ) throws -> RosterClaim? {
        try execute(
            """
            UPDATE roster_plan SET runner = \(runner), server_id = \(server)
            WHERE id = \(plan) AND state = 'applying'
            AND (runner IS NULL OR \(SQL.isOrphan("server_id", at: now)) AND coalesce(server_id, '') <> \(server))
            """)
        return try claim(of: plan, runner: runner)
    }

    fileprivate func claim(of plan: ID<RosterSync>, runner: String) throws -> RosterClaim? {
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
            isFirst: try !exists("SELECT 1 AS value FROM account_source WHERE source = \(source) LIMIT 1"),
            waiting: waiting)
    }

    /// Says why a plan cannot be applied; returns when it is being applied or was.
    fileprivate func refuseClaim(of plan: ID<RosterSync>) throws {
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
        guard run == 1 else { return removals }
        let added: Int? = try value(
            """
            SELECT (SELECT COUNT(*) FROM person_change) + (SELECT COUNT(*) FROM staged_school WHERE act IS NOT NULL)
              + (SELECT COUNT(*) FROM staged_tracker WHERE act IS NOT NULL) AS value
            """)
        return removals + (added ?? 0)
    }
}
