import Synchronization

/// Wakes those who wait for work. A ring between looking and waiting is not lost.
final class PostmanBell: Sendable {
    private struct State {
        var rings = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
        /// When it rings by itself.
        var ringsAt: ContinuousClock.Instant?
    }
    private let state = Mutex(State())

    /// How often it has rung; to be read before looking for work.
    var rings: Int { state.withLock { $0.rings } }

    func ring() {
        let waiting = state.withLock { state in
            state.rings += 1
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Rings once more so long after the newest of such calls.
    func ring(after wait: Duration) {
        let isSet = state.withLock { state in
            defer { state.ringsAt = .now + wait }
            return state.ringsAt != nil
        }
        if isSet { return }
        Task {
            while let moment = state.withLock({ $0.ringsAt }) {
                try? await Task.sleep(until: moment, clock: .continuous)
                state.withLock { if $0.ringsAt == moment { $0.ringsAt = nil } }
                ring()
            }
        }
    }

    /// Returns when it has rung more than `rings` times.
    func wait(after rings: Int) async {
        await withCheckedContinuation { continuation in
            let hasRung = state.withLock { state in
                if state.rings != rings { return true }
                state.waiting.append(continuation)
                return false
            }
            if hasRung { continuation.resume() }
        }
    }
}
