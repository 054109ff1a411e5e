internal import Storage

extension RosterSyncs {
    /// Begins to read from the district's service, in the background. Changes can only be added to a roster that came from the
    /// service: else the whole is read.
    ///
    /// Throws `RosterSyncRefused`: `notFound` where no service was saved.
    package func beginPull(_ pull: RosterPull, by person: ID<Account>?) async throws -> ID<RosterSync> {
        let id = try await insertPull(pull, by: person)
        Task.detached { await patient.read(.service, into: id) }
        return id
    }

    /// The same, returning when the plan is ready or refused.
    package func pull(_ pull: RosterPull, by person: ID<Account>?) async throws -> ID<RosterSync> {
        let id = try await insertPull(pull, by: person)
        await patient.read(.service, into: id)
        return id
    }

    /// Reads what the schedule says, if it says so, and applies what was read on schedule, but for what is held.
    package func pullWhatIsDue() async throws {
        let now = clock.now()
        let (found, past) = try await main.read { [timeZone] connection in
            (try connection.rosterSchedule(in: timeZone), try connection.pulledRosters())
        }
        guard let schedule = found else { return }
        do {
            if let pull = schedule.due(at: now, after: past) {
                let id = try await insertPull(pull, by: nil, since: past)
                await patient.read(.service, into: id)
            }
            guard schedule.service.appliesItself, let plan = try await main.read({ try $0.pulledPlanToApply() }) else {
                return
            }
            try await apply(plan, by: nil)
        } catch RosterSyncRefused.busy, RosterSyncRefused.notFound, RosterSyncRefused.notReady {
            // Somebody else is at it, or was faster: the next look finds what is left.
        }
    }

    /// `known` are the readings that the schedule knew when it decided on this one: of two servers one does it.
    private func insertPull(
        _ pull: RosterPull, by person: ID<Account>?, since known: [PulledRoster]? = nil
    ) async throws -> ID<RosterSync> {
        let newest = known.map { $0.first?.id.description ?? "" }
        return try await insert(by: person, .rosterRead) { [server] connection, id, now in
            guard let service = try connection.rosterService() else { throw RosterSyncRefused.notFound }
            let isNewest: SQL =
                newest.map { "NOT EXISTS (SELECT 1 FROM roster_plan WHERE pulled IS NOT NULL AND id > \($0))" }
                ?? "TRUE"
            let what = try pull == .changes && connection.pulledBefore(id) != nil ? pull : .whole
            return try connection.execute(
                """
                INSERT INTO roster_plan (id, source, file_name, pulled, made_by, made_at, state, server_id)
                SELECT \(id), \(RosterService.source), \(service.host), \(what.rawValue), \(person), \(now), 'reading',
                  \(server.id)
                WHERE NOT EXISTS (SELECT 1 FROM roster_plan WHERE state IN ('reading', 'applying')) AND \(isNewest)
                """)
        }
    }

    /// What a plan reads with, and for changes the roster to which they are added, with the moment from which on they are asked
    /// for. Throws `RosterRefused`.
    func serviceAsked(
        for plan: ID<RosterSync>
    ) async throws -> (access: RosterServiceAccess, before: (roster: KeptRoster, since: Timestamp)?) {
        let access: RosterServiceAccess?
        do { access = try await main.read { [keyring] in try $0.rosterServiceAccess(keyring: keyring) } } catch {
            onFault(error)
            throw RosterRefused(
                reason: "The secret of the OneRoster service cannot be opened. Enter it again under Roster service.")
        }
        guard let access else {
            throw RosterRefused(reason: "The OneRoster service was removed. Nothing was read.")
        }
        let before = try await main.read { connection in
            let pulled: String? = try connection.value("SELECT pulled AS value FROM roster_plan WHERE id = \(plan)")
            return pulled == RosterPull.changes.rawValue ? try connection.pulledBefore(plan) : nil
        }
        return (access, before.map { (kept($0.roster), $0.madeAt) })
    }
}

extension Connection {
    /// The roster to which changes would be added, where it came from the service, with the moment at which its reading began.
    fileprivate func pulledBefore(
        _ plan: ID<RosterSync>
    ) throws -> (roster: (plan: ID<RosterSync>, parts: Int), madeAt: Timestamp)? {
        guard let before = try rosterBefore(plan, of: RosterService.source) else { return nil }
        let madeAt: Timestamp? = try value(
            """
            SELECT made_at AS value FROM roster_plan WHERE id = \(before.plan) AND pulled IS NOT NULL
            AND made_at > (SELECT v.saved_at FROM roster_service v)
            """)
        return madeAt.map { (before, $0) }
    }

    /// The plan of the newest roster, where the schedule read it and it may be applied, or applying it stopped at a fault:
    /// nobody stands by to press again.
    fileprivate func pulledPlanToApply() throws -> ID<RosterSync>? {
        try value(
            """
            SELECT p.id AS value FROM roster_plan p
            WHERE p.id = (SELECT MAX(o.id) FROM roster_plan o WHERE o.source = \(RosterService.source))
            AND p.pulled IS NOT NULL AND p.made_by IS NULL AND p.is_open AND p.total > 0
            AND (p.state = 'ready' OR p.state = 'applying' AND p.runner IS NULL)
            AND (NOT p.is_waiting OR p.confirmed_by IS NOT NULL)
            """)
    }
}
