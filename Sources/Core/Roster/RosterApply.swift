internal import Storage

/// Applies a frozen plan in short steps: each is one transaction that also says how far the plan is.
///
/// A step changes nothing unless this run still holds the plan and stands where it thinks it stands, so a step
/// that runs twice, or two that apply at once, do no harm.
struct RosterApply: Sendable {
    /// The order of the work: what is added first, who leaves last.
    enum Phase: String, Sendable, CaseIterable {
        case schools, trackers, named, unnamed, enrollments, memberships, endedTrackers, leaving, endedSchools

        var next: Phase? {
            guard let index = Self.allCases.firstIndex(of: self), index + 1 < Self.allCases.count else { return nil }
            return Self.allCases[index + 1]
        }
    }

    struct Position: Sendable, Equatable {
        var phase: Phase
        var key: String

        init(phase: Phase, key: String = "") {
            self.phase = phase
            self.key = key
        }

        /// `phase key`, as it stands in the plan's row.
        init?(_ text: String) {
            let parts = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
            guard let phase = parts.first.flatMap({ Phase(rawValue: String($0)) }) else { return nil }
            self.init(phase: phase, key: parts.count > 1 ? String(parts[1]) : "")
        }

        var text: String { "\(phase.rawValue) \(key)" }
    }

    let plan: ID<RosterSync>
    let runner: String
    let run: Int
    let source: String
    let main: any Database
    let staging: any Database
    let clock: Clock
    let maker: UsernameMaker
    /// True when nobody was there before: then there is nobody whom a long transaction could keep waiting.
    let isFirst: Bool

    /// Applies from `start` to the end. Throws `RosterSyncRefused.takenOver` when somebody else goes on with it.
    func finish(from start: Position, as text: String) async throws {
        var written = text
        var pace = StepPace(on: main, isFixed: isFirst)
        if isFirst { try await main.write { if try !$0.hasPeopleOfRosters() { try $0.leaveIndexesOut() } } }
        var step = try await step(from: start, limit: pace.limit)
        while let (work, reached) = step {
            try Task.checkCancellation()
            // The frozen plan does not change: the next step can be read while this one is written.
            let limit = pace.limit
            async let next = self.step(from: reached, limit: limit)
            let spent = try await take(work, from: written, to: reached.text)
            pace.note(spent, for: work.count)
            written = reached.text
            step = try await next
            await Task.yield()
        }
        try await close()
        if isFirst { try await main.write(at: .readCommitted) { try $0.analyze([]) } }
    }

    /// The next work from a place on, and where the plan stands after it; nil at the end.
    private func step(from start: Position, limit: Int) async throws -> (work: RosterWork, reached: Position)? {
        var phase: Phase? = start.phase
        var key = start.key
        while let current = phase {
            let place = Position(phase: current, key: key)
            let work = try await staging.read { try $0.work(at: place, run: run, source: source, limit: limit) }
            if let work { return (work, Position(phase: current, key: work.last)) }
            (phase, key) = (current.next, "")
        }
        return nil
    }

    /// One transaction. Returns how long the closure held the writer.
    private func take(_ work: RosterWork, from: String, to: String) async throws -> Duration {
        let now = clock.now()
        let mint = IDMint(at: now)
        let entries = IDMint(at: now)
        let isolation = work.isolation
        return try await main.write(at: isolation) { connection in
            let clock = ContinuousClock()
            let began = clock.now
            let held = try connection.execute(
                """
                UPDATE roster_plan SET position = \(to), done = done + \(work.count)
                WHERE id = \(plan) AND state = 'applying' AND runner = \(runner) AND position = \(from)
                """)
            guard held == 1 else { throw RosterSyncRefused.takenOver }
            switch work {
            case .schools(let schools, let district, _): try connection.apply(schools, district: district)
            case .trackers(let trackers, _): try connection.apply(trackers)
            case .people(let people):
                let step = PeopleStep(plan: plan, people: people, source: source, maker: maker, mint: mint, now: now)
                try connection.recordReturns(of: people, by: plan, mint: entries, at: now)
                try connection.apply(step)
            case .removals(let removals):
                try connection.recordLeavings(removals, by: plan, mint: entries, at: now)
                for removal in removals { try connection.apply(removal, at: now) }
            }
            return began.duration(to: clock.now)
        }
    }

    /// The end of a run: the plan stays open while removals of a school still wait for a person.
    private func close() async throws {
        let now = clock.now()
        try await main.write { connection in
            let waits: SQL = """
                EXISTS (SELECT 1 FROM roster_plan_school s WHERE s.plan_id = \(plan) AND s.is_held AND s.taken_run IS NULL)
                """
            let closed = try connection.execute(
                """
                UPDATE roster_plan SET state = 'applied', applied_at = \(now), done = total, runner = NULL, position = '',
                  is_open = \(waits) WHERE id = \(plan) AND state = 'applying' AND runner = \(runner)
                """)
            guard closed == 1 else { throw RosterSyncRefused.takenOver }
            try connection.dropMatches(of: source, askedBefore: plan)
            try connection.makeIndexesLeftOut()
            // Only now are new schools there.
            try connection.noteSchools(of: plan)
        }
    }
}

extension Connection {
    fileprivate func hasPeopleOfRosters() throws -> Bool {
        try exists("SELECT 1 AS value FROM account_source LIMIT 1")
    }
}
