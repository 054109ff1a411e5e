internal import Dispatch
internal import Storage
internal import Synchronization

/// As many lines as may be open at once, each lent to one whole piece of work on a thread of its own. Who finds none
/// waits in the order of asking; while the server is away nobody waits.
final class LinePool: Sendable {
    fileprivate struct State {
        var idle: [ServerLine] = []
        var free: Int
        var waiting: [CheckedContinuation<Void, any Error>] = []
        var first = 0
        var isClosed = false
    }

    private let address: PostgreSQLAddress
    private let alarm: Alarm
    private let state: Mutex<State>
    private let threads = DispatchQueue(label: "firstbell.postgresql", attributes: .concurrent)

    init(_ address: PostgreSQLAddress, size: Int, alarm: Alarm) {
        self.address = address
        self.alarm = alarm
        state = Mutex(State(free: size))
    }

    /// Runs the work with a line; one that broke is thrown away. Throws `ServerError` when no line can be had.
    func run<Result: Sendable>(_ work: @escaping @Sendable (ServerLine) throws -> Result) async throws -> Result {
        try await takeTurn()
        return try await withCheckedThrowingContinuation { continuation in
            threads.async {
                let result = Swift.Result { try self.withLine(work) }
                self.endTurn()
                continuation.resume(with: result)
            }
        }
    }

    /// Lets go of lines that nobody uses, and of those in use when they come back.
    func close() {
        let (lines, waiting) = state.withLock { state in
            state.isClosed = true
            return (state.takeIdle(), state.takeWaiting())
        }
        for one in waiting { one.resume(throwing: ServerError(message: "the database is closed")) }
        withExtendedLifetime(lines) {}
    }

    /// Refuses those who wait, and forgets the idle lines: they lead to a server that is away.
    func giveUp(_ reason: String) {
        let (lines, waiting) = state.withLock { state in (state.takeIdle(), state.takeWaiting()) }
        for one in waiting { one.resume(throwing: ServerError(message: reason)) }
        withExtendedLifetime(lines) {}
    }

    private func withLine<Result>(_ work: (ServerLine) throws -> Result) throws -> Result {
        if let reason = alarm.reason { throw ServerError(message: reason) }
        let line = try state.withLock { $0.idle.popLast() } ?? ServerLine(address, alarm: alarm)
        defer {
            // What is left of a transaction would be the next one's.
            if !line.isBroken, line.isIdle { state.withLock { if !$0.isClosed { $0.idle.append(line) } } }
        }
        return try work(line)
    }

    private func takeTurn() async throws {
        try await withCheckedThrowingContinuation { continuation in
            let refused: String? = state.withLock { state in
                if state.isClosed { return "the database is closed" }
                if let reason = alarm.reason { return reason }
                if state.free == 0 {
                    state.waiting.append(continuation)
                } else {
                    state.free -= 1
                    continuation.resume()
                }
                return nil
            }
            if let refused { continuation.resume(throwing: ServerError(message: refused)) }
        }
    }

    private func endTurn() {
        let next: CheckedContinuation<Void, any Error>? = state.withLock { state in
            if let next = state.nextWaiting() { return next }
            state.free += 1
            return nil
        }
        next?.resume()
    }
}

extension LinePool.State {
    fileprivate mutating func takeIdle() -> [ServerLine] {
        defer { idle = [] }
        return idle
    }

    fileprivate mutating func takeWaiting() -> ArraySlice<CheckedContinuation<Void, any Error>> {
        defer { (waiting, first) = ([], 0) }
        return waiting[first...]
    }

    fileprivate mutating func nextWaiting() -> CheckedContinuation<Void, any Error>? {
        guard first < waiting.count else { return nil }
        defer {
            first += 1
            if first == waiting.count { (waiting, first) = ([], 0) }
        }
        return waiting[first]
    }
}
