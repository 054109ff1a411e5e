internal import Synchronization

/// Says that the server is away, and why: everybody who waits for it stops waiting. One watch raises it for all databases
/// on the same server.
final class Alarm: Sendable {
    private struct State {
        var reason: String?
        var pools: [Weak] = []
    }
    private struct Weak: Sendable { weak var pool: LinePool? }

    private let state = Mutex(State())

    var reason: String? { state.withLock { $0.reason } }

    /// From now on the pool hears of it.
    func tell(_ pool: LinePool) {
        state.withLock { state in
            state.pools.removeAll { $0.pool == nil }
            state.pools.append(Weak(pool: pool))
        }
    }

    /// Returns true when this changed something.
    @discardableResult func raise(_ reason: String) -> Bool {
        let (before, pools) = exchange(reason)
        for one in pools { one.pool?.giveUp(reason) }
        return before == nil
    }

    @discardableResult func lower() -> Bool { exchange(nil).before != nil }

    private func exchange(_ reason: String?) -> (before: String?, pools: [Weak]) {
        state.withLock { state in
            let before = state.reason
            state.reason = reason
            return (before, state.pools)
        }
    }
}
