package import Storage

/// Erases people who left, in short steps with other writers between. The only door for it.
///
/// It may be cut off anywhere and go on later, or run twice at once: each person says whether they are erased.
package struct Erasures: Sendable {
    private let main: any Database
    /// In whose name erasures are taken in hand.
    private let server: ServerAtWork
    private let clock: Clock
    private let onFault: @Sendable (any Error) -> Void

    /// `onFault` takes what no page explains, for a log.
    package init(
        main: any Database, server: ServerAtWork, clock: Clock,
        onFault: @escaping @Sendable (any Error) -> Void = { _ in }
    ) {
        self.main = main
        self.server = server
        self.clock = clock
        self.onFault = onFault
    }

    /// So many are erased before the page answers; more in the background.
    private static let small = 100

    /// Begins what somebody pressed, where it still means the same people. Pressed twice it does so once.
    package func begin(_ press: ErasurePress, by administrator: Administrator) async throws -> ErasureOutcome {
        let now = clock.now()
        let id: ID<Erasure> = .new(at: now)
        let entry: ID<AuditEntry> = .new(at: now)
        if let known = try await main.read({ try $0.erasure(of: press.act, by: administrator.id) }) {
            return .begun(known)
        }
        // Counting a district takes longer than anybody else should wait for the writer.
        let schools = try await main.read { try $0.erasable(until: press.until, place: press.place) }
        guard press.count > 0, schools.reduce(0, { $0 + $1.count }) == press.count else { return .changed }
        let found = try await server.begin(id) {
            try await main.write { [server] connection in
                try connection.beginErasure(
                    id, press, of: schools, by: administrator.id, on: server.id, entry: entry, at: now)
            }
        }
        guard found == id else {
            server.end(id)
            return found.map { .begun($0) } ?? .changed
        }
        let work = Task.detached { await finish(id) }
        if press.count <= Self.small { await work.value }
        return .begun(id)
    }

    /// What the district's rule lets go by now; nothing where it has not switched that on.
    package func eraseByItself() async throws {
        let now = clock.now()
        let id: ID<Erasure> = .new(at: now)
        let entry: ID<AuditEntry> = .new(at: now)
        guard try await main.read({ try $0.leaverRules().erasesByItself }) else { return }
        let isBegun = try await server.begin(id) {
            try await main.write { [server] in
                try $0.beginErasure(id, byRuleOn: server.id, entry: entry, at: now)
            }
        }
        if isBegun { await finish(id) } else { server.end(id) }
    }

    /// Goes on with what a server was erasing that is gone; this one too, where it has it not in hand.
    package func resumeUnfinished() async throws {
        let now = clock.now()
        for id in try await main.read({ [server] in try $0.erasuresLeft(to: server, at: now) }) {
            server.begin(id)
            await finish(id)
        }
    }

    /// Archives whom time has brought so far, in short steps: at most so many, or all.
    package func archive(steps: Int = .max) async throws {
        var pace = StepPace(on: main)
        for _ in 0..<steps {
            let (now, limit) = (clock.now(), pace.limit)
            let (count, spent) = try await main.write(at: .readCommitted) { connection in
                let began = ContinuousClock.now
                return (try connection.archiveLeavers(limit: limit, at: now), began.duration(to: .now))
            }
            if count == 0 { return }
            pace.note(spent, for: count)
            await Task.yield()
        }
    }

    private func finish(_ id: ID<Erasure>) async {
        do { try await erase(id) } catch { onFault(error) }
        server.end(id)
    }

    private func erase(_ id: ID<Erasure>) async throws {
        let patient = PatientDatabase(main)
        var pace = StepPace(on: main)
        var cursor: LeaverCursor?
        while true {
            try Task.checkCancellation()
            let (now, limit) = (clock.now(), pace.limit)
            let mint = IDMint(at: now)
            let next = try await patient.read { [cursor] in
                try $0.nextToErase(in: id, after: cursor, limit: limit)
            }
            let people = next.map(\.id)
            let (count, spent) = try await patient.insist { connection in
                let began = ContinuousClock.now
                return (
                    try connection.erase(people, in: id, limit: limit, mint: mint, at: now), began.duration(to: .now)
                )
            }
            cursor = next.last ?? cursor
            if count == 0 { return }
            pace.note(spent, for: count)
            await Task.yield()
        }
    }
}
