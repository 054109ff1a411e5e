internal import Synchronization

/// Says that the server is away, and why: everybody who waits for it stops waiting.
final class Alarm: Sendable {
    private let state = Mutex<String?>(nil)

    var reason: String? { state.withLock { $0 } }

    /// Returns true when this changed something.
    @discardableResult func raise(_ reason: String) -> Bool { exchange(reason) == nil }
    @discardableResult func lower() -> Bool { exchange(nil) != nil }

    private func exchange(_ reason: String?) -> String? {
        state.withLock { state in
            let before = state
            state = reason
            return before
        }
    }
}
