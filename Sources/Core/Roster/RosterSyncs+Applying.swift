internal import Foundation
internal import Storage

extension RosterSyncs {
    /// Lets the removals of a held school go ahead, or with no school a plan that waits as a whole.
    ///
    /// The confirmation is of what this plan takes away: a newer one that takes more asks again. Where the plan was applied but for this school, the
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
        guard let work = try await work(on: { try await claim(plan, for: $0, by: person) }) else { return false }
        try await work()
        return true
    }

    /// The same in the background: returns as soon as the plan is claimed. Its row tells how far it is.
    package func beginApplying(_ plan: ID<RosterSync>, by person: ID<Account>?) async throws {
        guard let work = try await work(on: { try await claim(plan, for: $0, by: person) }) else { return }
        // What fails here lets go of the plan: pressing again, or the next start, goes on with it.
        Task.detached {
            do { try await work() } catch { onFault(error) }
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
        try await forgetRosters()
    }

    /// Goes on with an applying that was cut off; whoever drove it before loses it at their next step.
    func resume(_ plan: ID<RosterSync>, leftBy driver: String?) async throws {
        let now = clock.now()
        let work = try await work { runner in
            try await main.write { [server] in
                try $0.takeOver(plan, leftBy: driver, by: runner, of: server.id, at: now)
            }
        }
        try await work?()
    }

    /// What is left to do once a plan is claimed for a runner, who has it in hand before it stands in the database.
    private func work(
        on claim: (_ runner: String) async throws -> RosterClaim?
    ) async throws -> (@Sendable () async throws -> Void)? {
        let runner = UUID().uuidString
        guard let claimed = try await server.begin(runner, by: { try await claim(runner) }) else {
            server.end(runner)
            return nil
        }
        return {
            defer { server.end(runner) }
            try await patient.drive(claimed)
        }
    }

    /// Takes the plan for this call; nil when there is nothing left to do or somebody else does it.
    private func claim(
        _ plan: ID<RosterSync>, for runner: String, by person: ID<Account>?
    ) async throws -> RosterClaim? {
        let now = clock.now()
        let entry: ID<AuditEntry> = .new(at: now)
        return try await main.write { [server] connection in
            let claimed = try connection.execute(
                """
                UPDATE roster_plan SET state = 'applying', run = run + 1, runner = \(runner), server_id = \(server.id),
                  done = 0, total = 0,
                  position = CASE run WHEN 0 THEN '' ELSE \(RosterApply.Phase.named.rawValue) || ' ' END,
                  applied_by = COALESCE(\(person), applied_by)
                WHERE id = \(plan) AND is_open AND (NOT is_waiting OR confirmed_by IS NOT NULL)
                AND (state = 'ready' OR state = 'applied' AND EXISTS (SELECT 1 FROM roster_plan_school s
                  WHERE s.plan_id = roster_plan.id AND s.is_held AND s.confirmed_by IS NOT NULL AND s.taken_run IS NULL))
                AND NOT EXISTS (SELECT 1 FROM roster_plan o WHERE o.state IN ('reading', 'applying'))
                """)
            guard claimed == 1 else {
                if let left = try connection.takeOver(plan, by: runner, of: server.id, at: now) { return left }
                try connection.refuseClaim(of: plan)
                return nil
            }
            try connection.record(.rosterApplied, by: person, detail: "roster plan \(plan)", id: entry, at: now)
            try connection.noteSchools(of: plan, for: entry)
            try connection.holdForBlackouts(plan, at: now)
            try connection.execute(
                """
                UPDATE roster_plan_school SET taken_run = (SELECT p.run FROM roster_plan p WHERE p.id = \(plan))
                WHERE plan_id = \(plan) AND is_held AND confirmed_by IS NOT NULL AND taken_run IS NULL
                """)
            return try connection.claim(of: plan, runner: runner)
        }
    }

    private func drive(_ claim: RosterClaim) async throws {
        do {
            try await finishThroughLostCommits(claim)
            let plan = claim.plan
            let isOpen = try await main.read {
                try $0.value("SELECT is_open AS value FROM roster_plan WHERE id = \(plan)", as: Bool.self) ?? false
            }
            if !isOpen { try await store.remove(plan) }
            try await forgetRosters()
        } catch {
            // A plan that nobody drives can be taken up by the next press.
            _ = try? await main.insist { connection in
                try connection.execute(
                    "UPDATE roster_plan SET runner = NULL WHERE id = \(claim.plan) AND runner = \(claim.runner)")
            }
            throw error
        }
    }

    /// Where nobody knows whether a commit was done, the plan's row does, and the work goes on from there.
    private func finishThroughLostCommits(_ claim: RosterClaim) async throws {
        var claim = claim
        while true {
            let isLost: Bool
            do { return try await finish(claim) } catch StorageError.commitUnknown {
                isLost = true
            } catch RosterSyncRefused.takenOver {
                // A step of ours that was done after all looks like somebody else's.
                isLost = false
            }
            let (plan, runner, run) = (claim.plan, claim.runner, claim.run)
            let (standing, isApplied) = try await main.read { connection in
                (
                    try connection.claim(of: plan, runner: runner),
                    try connection.exists(
                        "SELECT id FROM roster_plan WHERE id = \(plan) AND run = \(run) AND state = 'applied'")
                )
            }
            if isApplied, isLost { return }
            guard let standing, isLost || standing.written != claim.written else {
                throw RosterSyncRefused.takenOver
            }
            claim = standing
        }
    }

    private func finish(_ claim: RosterClaim) async throws {
        let staging = try await store.open(claim.plan)
        let total = try await staging.write { connection in
            for school in claim.waiting {
                try connection.execute(
                    """
                    INSERT INTO waiting_school (school_key, taken_run) VALUES (\(school.key), \(school.run))
                    ON CONFLICT (school_key) DO UPDATE SET taken_run = excluded.taken_run
                    """)
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
    }
}
