internal import Dispatch
internal import Foundation
internal import Storage
internal import Synchronization

/// As many lines as may be open at once, each lent to one whole piece of work on a thread of its own. Who finds none
/// waits in the order of asking; while the server is away nobody waits.
///
/// Lines are opened on threads of their own, since libpq blocks while it connects, for seconds with each host: whoever needs
/// one does not wait longer than `patience`, and takes a line that comes free meanwhile.
final class LinePool: Sendable {
    private let address: PostgreSQLAddress
    private let alarm: Alarm
    private let size: Int
    private let state: Mutex<LinePoolState>
    private let threads = DispatchQueue(label: "firstbell.postgresql", attributes: .concurrent)

    /// In seconds. A person hears within two that the database is away.
    private static let patience = 1.7

    init(_ address: PostgreSQLAddress, size: Int, alarm: Alarm) {
        self.address = address
        self.alarm = alarm
        self.size = size
        state = Mutex(LinePoolState(free: size))
        alarm.tell(self)
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
        state.withLock { $0.isClosed = true }
        giveUp("the database is closed")
    }

    /// Refuses those who wait, and forgets the idle lines: they lead to a server that is away.
    func giveUp(_ reason: String) {
        let error = ServerError(message: reason)
        let (lines, waiting, wishes) = state.withLock { ($0.takeIdle(), $0.takeWaiting(), $0.takeWishes()) }
        for wish in wishes { wish.settle(.failure(error)) }
        for one in waiting { one.resume(throwing: error) }
        withExtendedLifetime(lines) {}
    }

    private func withLine<Result>(_ work: (ServerLine) throws -> Result) throws -> Result {
        let line = try takeLine()
        defer { giveBack(line) }
        return try work(line)
    }

    private func takeLine() throws -> ServerLine {
        if let reason = alarm.reason { throw ServerError(message: reason) }
        let wish = LineWish()
        let idle: ServerLine? = try state.withLock { state in
            if state.isClosed { throw ServerError(message: "the database is closed") }
            guard let line = state.idle.popLast() else {
                state.wishes.append(wish)
                return nil
            }
            state.lent += 1
            return line
        }
        if let idle { return idle }
        openLine()
        if let result = wish.wait(Self.patience) { return try result.get() }
        // Given up, unless a line came at the last moment.
        let isLate = state.withLock { $0.forget(wish) }
        if !isLate, let result = wish.wait() { return try result.get() }
        let message = "no server answered in time"
        // Nobody has a line: those who wait for a turn wait for us.
        let waiting = state.withLock { $0.lent == 0 ? $0.takeWaiting() : [] }
        for one in waiting { one.resume(throwing: ServerError(message: message)) }
        throw ServerError(message: message)
    }

    private func giveBack(_ line: ServerLine) {
        let dropped: [ServerLine] = state.withLock { state in
            state.lent -= 1
            // What broke one line, or made its statements stale, has done the same to those that lie idle.
            if line.isBroken { return state.takeIdle() }
            // What is left of a transaction would be the next one's.
            if line.isIdle, line.isFresh, !state.isClosed { state.offer(line) }
            return []
        }
        withExtendedLifetime(dropped) {}
    }

    /// Attempts that hang are no more than the lines that may be open.
    private func openLine() {
        let isNeeded = state.withLock { state in
            guard state.opening < size else { return false }
            state.opening += 1
            return true
        }
        guard isNeeded else { return }
        Thread.detachNewThread { [address, alarm] in
            self.arrived(Result { try ServerLine.open(address, first: alarm.favourite, alarm: alarm) })
        }
    }

    private func arrived(_ result: Result<ServerLine, any Error>) {
        state.withLock { state in
            state.opening -= 1
            switch result {
            case .success(let line):
                let isRoom = state.lent + state.idle.count < size
                guard line.isFresh else { return }
                alarm.favour(line.server)
                if isRoom, !state.isClosed { state.offer(line) }
            case .failure(let error):
                // As long as there are attempts for all who wait, one of those may still do.
                guard state.wishes.count > state.opening, let wish = state.nextWish() else { return }
                wish.settle(.failure(error as? ServerError ?? ServerError(message: "\(error)")))
            }
        }
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
