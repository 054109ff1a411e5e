internal import Storage
internal import Synchronization

/// Writes how far a plan is, in whole percents and one write at a time: a reader reports far more often than that.
final class RosterProgress: Sendable {
    private struct State {
        var percent = 0
        var isWriting = false
        var isFinished = false
    }
    private let state = Mutex(State())
    private let plan: ID<RosterSync>
    private let main: any Database

    init(plan: ID<RosterSync>, main: any Database) {
        self.plan = plan
        self.main = main
    }

    /// Notes a part from 0 to 1 and writes it when no other write is under way.
    func report(_ part: Double) {
        let percent = Int(part * 100)
        let isDue = state.withLock { state -> Bool in
            guard percent > state.percent, !state.isWriting, !state.isFinished else { return false }
            state.percent = percent
            state.isWriting = true
            return true
        }
        guard isDue else { return }
        Task {
            try? await save(percent)
            state.withLock { $0.isWriting = false }
        }
    }

    /// From now on only `write` writes.
    func finish() { state.withLock { $0.isFinished = true } }

    func write(_ part: Double) async throws {
        let percent = Int(part * 100)
        let isNew = state.withLock { state -> Bool in
            defer { state.percent = max(state.percent, percent) }
            return percent > state.percent
        }
        if isNew { try await save(percent) }
    }

    private func save(_ percent: Int) async throws {
        try await main.insist(at: .readCommitted) { [plan] connection in
            try connection.execute(
                "UPDATE roster_plan SET percent = \(percent) WHERE id = \(plan) AND state = 'reading' AND percent < \(percent)"
            )
        }
    }
}
