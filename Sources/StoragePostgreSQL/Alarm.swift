internal import Synchronization

/// Says that the server is away, and why: everybody who waits for it stops waiting. One watch raises it for all databases
/// on the same server.
final class Alarm: Sendable {
    private struct State {
        var reason: String?
        var raised = 0
        var favourite = 0
        var pools: [Weak] = []
    }
    private struct Weak: Sendable { weak var pool: LinePool? }

    private let state = Mutex(State())

    var reason: String? { state.withLock { $0.reason } }

    /// How often it was raised: what was begun before the last time leads nowhere.
    var raised: Int { state.withLock { $0.raised } }

    /// The host, by its place in the address, that took writes when it was last asked.
    var favourite: Int { state.withLock { $0.favourite } }

    /// Why to stop with what was begun when it had been raised so often; nil to go on.
    func reason(since raised: Int) -> String? {
        state.withLock { state in
            if let reason = state.reason { return reason }
            return state.raised == raised ? nil : "the database was away"
        }
    }

    /// From now on the pool hears of it.
    func tell(_ pool: LinePool) {
        state.withLock { state in
            state.pools.removeAll { $0.pool == nil }
            state.pools.append(Weak(pool: pool))
        }
    }

    /// Returns true when this changed something.
    @discardableResult func raise(_ reason: String) -> Bool {
        let (isNew, pools) = state.withLock { state in
            let isNew = state.reason == nil
            if isNew { state.raised += 1 }
            state.reason = reason
            return (isNew, state.pools)
        }
        for one in pools { one.pool?.giveUp(reason) }
        return isNew
    }

    /// The host of that place took a line that may write.
    func favour(_ host: Int) { state.withLock { $0.favourite = host } }

    /// The host of that place takes writes. Returns true when this changed something.
    @discardableResult func lower(favouring favourite: Int) -> Bool {
        state.withLock { state in
            defer { (state.reason, state.favourite) = (nil, favourite) }
            return state.reason != nil
        }
    }
}
