import Synchronization

/// How many lines to the mail server are worth it: one at first, one more with every 20 mails that it took, half as many when
/// it says that it is busy.
final class LineCount: Sendable {
    private static let successes = 20

    private struct State {
        var allowed: Int
        var taken = 0
    }
    private let most: Int
    private let state: Mutex<State>

    init(first: Int, most: Int) {
        self.most = max(1, most)
        state = Mutex(State(allowed: min(max(1, first), self.most)))
    }

    var allowed: Int { state.withLock { $0.allowed } }

    /// Whether the line of that number, counted from 0, may be open.
    func allows(_ number: Int) -> Bool { number < allowed }

    /// The server took a mail. True when there may be one line more from now on.
    func noteTaken() -> Bool {
        state.withLock { state in
            state.taken += 1
            guard state.taken >= Self.successes else { return false }
            state.taken = 0
            guard state.allowed < most else { return false }
            state.allowed += 1
            return true
        }
    }

    /// The server is busy. False when there is only one line anyway.
    func noteBusy() -> Bool {
        state.withLock { state in
            state.taken = 0
            guard state.allowed > 1 else { return false }
            state.allowed /= 2
            return true
        }
    }
}
