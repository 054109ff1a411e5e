package import Storage
import Synchronization

/// Keeps one run of the program known to the others, every few seconds until it ends.
package final class ServerLease: Sendable {
    package let server: RunningServer
    private let database: any Database
    private let clock: Clock
    private let state = Mutex(State())

    private struct State {
        var renewing: Task<Void, Never>?
        var missing: [KeyID] = []
        /// Since when every renewal came in time; nil while the database is away.
        var steadySince: Timestamp?
    }

    private static let interval: Duration = .seconds(5)

    /// `isAlone`: the database belongs to this process, so that every other run has ended.
    package static func begin(
        _ server: RunningServer, on database: any Database, isAlone: Bool, clock: Clock
    ) async throws -> ServerLease {
        let lease = ServerLease(server, on: database, clock: clock)
        let now = clock.now()
        try await database.write { try $0.announce(server, isAlone: isAlone, at: now) }
        lease.state.withLock { $0.steadySince = now }
        try await lease.renew()
        lease.state.withLock { state in
            state.renewing = Task { [weak lease] in
                while (try? await Task.sleep(for: interval)) != nil {
                    do { try await lease?.renew() } catch { lease?.lose() }
                }
            }
        }
        return lease
    }

    private init(_ server: RunningServer, on database: any Database, clock: Clock) {
        self.server = server
        self.database = database
        self.clock = clock
    }

    /// Keys that other servers have and this one lacks: with links of theirs it could do nothing.
    package var missingKeys: [KeyID] { state.withLock { $0.missing } }

    /// Whether the others' silence means anything: right after the database was away nobody has had the time to speak.
    package var mayTakeUp: Bool {
        let now = clock.now()
        return state.withLock { $0.steadySince.map { $0 <= now } ?? false }
    }

    private func lose() { state.withLock { $0.steadySince = nil } }

    /// Lets the others take up what this run leaves.
    package func end() async {
        state.withLock { $0.renewing }?.cancel()
        let id = server.id
        _ = try? await database.write(at: .readCommitted) { try $0.endLease(of: id) }
    }

    private func renew() async throws {
        let (server, now) = (server, clock.now())
        let missing = try await database.write(at: .readCommitted) { connection in
            try connection.renewLease(of: server, at: now)
            return try connection.keysMissing(in: server, at: now)
        }
        state.withLock { state in
            state.missing = missing
            if state.steadySince == nil { state.steadySince = now + RunningServer.lease }
        }
    }
}
