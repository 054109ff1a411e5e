internal import Dispatch
internal import Synchronization

/// Somebody with a turn who waits for a line.
final class LineWish: Sendable {
    private let outcome = Mutex<Result<ServerLine, ServerError>?>(nil)
    private let isSettled = DispatchSemaphore(value: 0)

    func settle(_ result: Result<ServerLine, ServerError>) {
        outcome.withLock { $0 = result }
        isSettled.signal()
    }

    /// Returns nil when the time is over; without a time it waits for a line that is on its way.
    func wait(_ seconds: Double? = nil) -> Result<ServerLine, ServerError>? {
        guard isSettled.wait(timeout: seconds.map { .now() + $0 } ?? .distantFuture) == .success else { return nil }
        return outcome.withLock { $0 }
    }
}
