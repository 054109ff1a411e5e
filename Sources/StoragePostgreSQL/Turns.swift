internal import Synchronization

/// Writes that met others go one after the other. While there are such, new ones wait a little: overtaking would make those
/// fail again and again, until they had no tries left.
final class Turns: Sendable {
    private struct State {
        var isTaken = false
        var waiting: [CheckedContinuation<Void, Never>] = []
        /// Writes that have met others and are not done yet.
        var unlucky = 0
    }

    private let state = Mutex(State())

    /// Whether somebody would be overtaken.
    var areNeeded: Bool { state.withLock { $0.unlucky > 0 } }

    func beginTrouble() { state.withLock { $0.unlucky += 1 } }
    func endTrouble() { state.withLock { $0.unlucky -= 1 } }

    /// How long a new write lets others pass: one of them may be stuck.
    static let politeness: Duration = .milliseconds(100)

    /// Does it when all that came before are through, without a line of the pool meanwhile.
    func inTurn<Result>(_ work: () async throws -> Result) async rethrows -> Result {
        await withCheckedContinuation { continuation in
            state.withLock { state in
                if state.isTaken {
                    state.waiting.append(continuation)
                } else {
                    state.isTaken = true
                    continuation.resume()
                }
            }
        }
        defer { next() }
        return try await work()
    }

    private func next() {
        state.withLock { state in
            if state.waiting.isEmpty { state.isTaken = false } else { state.waiting.removeFirst().resume() }
        }
    }
}
