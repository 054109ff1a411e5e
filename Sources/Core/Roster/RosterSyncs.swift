package import Foundation
package import Storage

/// Takes rosters in: reads, plans, lets people confirm, applies. The only door for the site and the command line.
package struct RosterSyncs: Sendable {
    let main: any Database
    let store: RosterStagingStore
    let reader: RosterReader
    /// Speaks to the OneRoster service of the student system.
    package let client: RosterServiceClient
    private(set) var source: String
    /// In whose name rosters are taken in hand.
    let server: ServerAtWork
    /// Seals the rosters that are kept.
    let keyring: Keyring
    let clock: Clock
    let timeZone: TimeZone
    /// Makes usernames for those to whom nobody gave one.
    package let maker: UsernameMaker
    let onFault: @Sendable (any Error) -> Void

    /// `source` is the name under which the roster's ids are known; `onFault` takes what no page explains, for a log.
    package init(
        main: any Database, store: RosterStagingStore, reader: @escaping RosterReader, client: RosterServiceClient,
        source: String = RosterService.source, server: ServerAtWork, keyring: Keyring, clock: Clock = .system,
        timeZone: TimeZone,
        maker: UsernameMaker = .standard(),
        onFault: @escaping @Sendable (any Error) -> Void = { _ in }
    ) {
        self.onFault = onFault
        self.main = main
        self.store = store
        self.reader = reader
        self.client = client
        self.source = source
        self.server = server
        self.keyring = keyring
        self.clock = clock
        self.timeZone = timeZone
        self.maker = maker
    }

    /// Begins to read an uploaded file in the background and removes it afterwards. Without a format the reader finds it
    /// out. Throws when another is under way.
    package func begin(
        upload: URL, fileName: String, as format: RosterFormat? = nil, by person: ID<Account>?
    ) async throws -> ID<RosterSync> {
        try await begin(upload, fileName: fileName, as: .package(format), by: person)
    }

    /// Begins to plan, in the background, the way back from an applied roster to the one that was applied before it.
    ///
    /// Throws `RosterSyncRefused`: `notReady` where another was applied since or nothing older is kept.
    package func beginUndo(of plan: ID<RosterSync>, by person: ID<Account>?) async throws -> ID<RosterSync> {
        let (id, roster, source) = try await insertUndo(of: plan, by: person)
        Task.detached { await of(source).patient.read(.kept(roster), into: id) }
        return id
    }

    /// The same, returning when the plan is ready or refused.
    package func undo(_ plan: ID<RosterSync>, by person: ID<Account>?) async throws -> ID<RosterSync> {
        let (id, roster, source) = try await insertUndo(of: plan, by: person)
        await of(source).patient.read(.kept(roster), into: id)
        return id
    }

    /// Begins to read a school's list in the background, with columns as the reader of lists writes them, and removes the file
    /// afterwards. Throws when another is under way.
    package func begin(
        _ list: SchoolList, columns: String, upload: URL, fileName: String, by person: ID<Account>?
    ) async throws -> ID<RosterSync> {
        try await of(list.id.description).begin(
            upload, fileName: fileName, as: .list(list.school, columns: columns), by: person)
    }

    private func begin(
        _ upload: URL, fileName: String, as wish: RosterWish, by person: ID<Account>?
    ) async throws -> ID<RosterSync> {
        let id: ID<RosterSync>
        do { id = try await insertPlan(fileName: fileName, as: wish, by: person) } catch {
            try? FileManager.default.removeItem(at: upload)
            throw error
        }
        Task.detached {
            await patient.read(.file(upload, wish), into: id)
            try? FileManager.default.removeItem(at: upload)
        }
        return id
    }

    /// The same for another source of rosters, whose ids are its own.
    func of(_ source: String) -> RosterSyncs {
        var other = self
        other.source = source
        return other
    }

    /// Reads a file or folder, which stays, and returns when its plan is ready or refused.
    package func read(
        file: URL, fileName: String, as format: RosterFormat? = nil, by person: ID<Account>?
    ) async throws -> ID<RosterSync> {
        let wish = RosterWish.package(format)
        let id = try await insertPlan(fileName: fileName, as: wish, by: person)
        await patient.read(.file(file, wish), into: id)
        return id
    }

    /// Reads into the staging database and makes the plan. Whatever goes wrong stands in the plan's row afterwards.
    func read(_ input: RosterInput, into id: ID<RosterSync>) async {
        defer { server.end(id) }
        do {
            let staging = RosterStaging(database: try await store.open(id))
            let progress = RosterProgress(plan: id, main: main)
            let filled = try await fill(staging, from: input, of: id, progress)
            progress.finish()
            let day = SchoolDay(clock.now(), in: timeZone)
            try await staging.database.write { connection in
                try connection.analyze(RosterStaging.tables)
                try connection.settle(on: day)
                try connection.analyze(["belonging", "attending", "standing"])
            }
            var planner = RosterPlanner(
                staging: staging.database, main: main, source: source, mint: IDMint(at: clock.now()))
            try await planner.compare { part in try await progress.write(0.7 + part * 0.3) }
            let holds = try await planner.holds(at: clock.now())
            let waiting = BulkRows(
                columns: 2, holds.schools.filter(\.isHeld).map { [.text($0.key), .bool($0.changesWait)] })
            let (problems, total) = try await staging.database.write { connection in
                try connection.append(waiting, to: "waiting_school", columns: "school_key, changes_wait")
                try connection.analyze(["person_change", "removal", "removal_school"])
                return (try connection.problemGroups(), try connection.stepsInAll(run: 1))
            }
            let summary = RosterPlanSummary(
                filled: filled, total: total, students: planner.students, staff: planner.staff,
                trackers: planner.trackers, holds: holds,
                consent: try await consent(to: holds, of: id, in: staging.database), problems: problems)
            try await keep(planner.matches, of: id)
            let now = clock.now()
            let mint = IDMint(at: now)
            let closed = try await main.insist { [source] in
                try $0.finishPlan(id, summary, source: source, mint: mint, at: now)
            }
            for old in closed { try await store.remove(old) }
            try await forgetRosters()
        } catch let refused as RosterRefused {
            await refuse(id, refused)
        } catch {
            onFault(error)
            await refuse(id, RosterSyncs.faulted)
        }
    }

    private func fill(
        _ staging: RosterStaging, from input: RosterInput, of id: ID<RosterSync>, _ progress: RosterProgress
    ) async throws -> RosterStaging.Filled {
        let keeper = RosterKeeper(id, main: main, keyring: keyring)
        switch input {
        case .file(let file, let wish):
            let delivery = RosterDelivery.file(file, as: wish, reader: reader) { progress.report($0 * 0.6) }
            return try await staging.fill(from: delivery, keeper: keeper) { try await rosterBefore(id) }
        case .service:
            let (access, before) = try await serviceAsked(for: id)
            let delivery = RosterDelivery.service(access, since: before?.since, client: client) {
                progress.report($0 * 0.6)
            }
            return try await staging.fill(from: delivery, keeper: keeper) { before?.roster }
        case .kept(let roster):
            return try await staging.fill(from: roster, keeper: keeper) { part in progress.report(part * 0.6) }
        }
    }

    static let faulted = RosterRefused(
        reason: "FirstBell could not read the roster to its end. Nothing was changed; give it the file again.")
    static let interrupted = RosterRefused(
        reason: "FirstBell was stopped while it read the roster. Nothing was changed; give it the file again.")

    private func refuse(_ id: ID<RosterSync>, _ refused: RosterRefused) async {
        let now = clock.now()
        let mint = IDMint(at: now)
        do {
            let isRefused = try await main.insist { connection in
                let isNew = try connection.execute(
                    """
                    UPDATE roster_plan SET state = 'refused', is_open = FALSE, percent = 100,
                      refused_reason = \(refused.reason), refused_value = \(refused.value),
                      refused_file = \(refused.place?.file), refused_line = \(refused.place?.line)
                    WHERE id = \(id) AND state = 'reading'
                    """)
                var mint = mint
                if isNew == 1 { try connection.queueRosterNotices(about: id, mint: &mint, at: now) }
                return try connection.exists("SELECT id FROM roster_plan WHERE id = \(id) AND state = 'refused'")
            }
            // What failed after the plan was ready leaves it so, with what it stands on.
            if isRefused { try await store.remove(id) }
            try await forgetRosters()
        } catch { onFault(error) }
    }

    /// Ends what a server was reading that is gone, or this one without having it in hand: the file was there.
    package func closeInterrupted() async throws {
        let now = clock.now()
        let plans: [ID<RosterSync>] = try await main.read { [server] connection in
            try connection.plansLeft(in: "reading", to: server, at: now).map { try $0["id"] }
                .filter { !server.has($0) }
        }
        for plan in plans { await refuse(plan, Self.interrupted) }
    }

    /// Goes on with what a server was applying that is gone, or this one without having it in hand. What stopped here at a
    /// fault waits for the next press.
    package func resumeUnfinished() async throws {
        let now = clock.now()
        let plans: [(id: ID<RosterSync>, driver: String?)] = try await main.read { [server] connection in
            try connection.plansLeft(in: "applying", to: server, at: now).compactMap { row in
                let runner: String? = try row["runner"]
                let isOurs = try row.text("server_id") == server.id.description
                if isOurs, runner.map(server.has) ?? true { return nil }
                return (try row["id"], isOurs ? runner : nil)
            }
        }
        for plan in plans { try await resume(plan.id, leftBy: plan.driver) }
    }

    /// The same for work that nobody waits for at a page: while the database is away it waits, and then goes on.
    var patient: RosterSyncs {
        let patience = PatientDatabase(main)
        let store = store
        return RosterSyncs(
            main: patience,
            store: RosterStagingStore(
                open: { id in PatientDatabase(try await patience.waiting { try await store.open(id) }) },
                remove: { id in try await patience.waiting { try await store.remove(id) } }),
            reader: reader, client: client, source: source, server: server, keyring: keyring, clock: clock,
            timeZone: timeZone,
            maker: maker,
            onFault: onFault)
    }
}

extension Connection {
    fileprivate func plansLeft(in state: String, to server: ServerAtWork, at now: Timestamp) throws -> [any Row] {
        try rows(
            """
            SELECT id, server_id, runner FROM roster_plan
            WHERE state = \(state) AND \(SQL.mayBeLeft("server_id", of: server, at: now))
            """)
    }
}
