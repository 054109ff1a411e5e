import Dispatch
import Foundation
import Synchronization

/// Threads of low priority that work off one queue in the order of asking. As many jobs run at once as there are threads,
/// so the memory for hashes is bounded; who would wait too long is refused at once.
final class HashingQueue: Sendable {
    private let line: Line

    /// Starts the threads. `now` is the clock for waits.
    init(width: Int, patience: Duration, now: @escaping @Sendable () -> ContinuousClock.Instant) {
        line = Line(width: width, patience: patience, now: now)
        for number in 1...width {
            let thread = Thread { [line] in line.work() }
            thread.name = "hashing \(number)"
            thread.start()
        }
    }

    deinit { line.close() }

    /// How many wait now.
    var waiting: Int { line.waiting }

    /// Does the work on one of the threads. A cancelled task leaves the queue; work that has begun is finished.
    /// Throws `PasswordHasher.Busy` when the wait would be longer than the queue's patience, or is.
    func run<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        let ticket = line.ticket()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Result, any Error>) in
                line.add(
                    Job(
                        run: { continuation.resume(with: Swift.Result { try work() }) },
                        refuse: { continuation.resume(throwing: $0) }), as: ticket)
            }
        } onCancel: {
            line.cancel(ticket)
        }
    }
}

private struct Job: Sendable {
    let run: @Sendable () -> Void
    let refuse: @Sendable (any Error) -> Void
}

/// What the threads share with the queue. They keep it alive, and it does not keep the queue alive.
private final class Line: Sendable {
    private struct State {
        var tickets: UInt64 = 0
        /// Tickets in the order of asking; those of cancelled jobs are no longer in `jobs`.
        var order: [UInt64] = []
        var first = 0
        var jobs: [UInt64: (job: Job, deadline: ContinuousClock.Instant)] = [:]
        var running = 0
        /// A moving average of the time that a job takes.
        var typical = Duration.milliseconds(25)
        var isClosed = false
    }

    private let width: Int
    private let patience: Duration
    private let now: @Sendable () -> ContinuousClock.Instant
    private let state = Mutex(State())
    /// One signal for each job added.
    private let signal = DispatchSemaphore(value: 0)

    init(width: Int, patience: Duration, now: @escaping @Sendable () -> ContinuousClock.Instant) {
        self.width = width
        self.patience = patience
        self.now = now
    }

    var waiting: Int { state.withLock { $0.jobs.count } }

    func ticket() -> UInt64 {
        state.withLock { state in
            state.tickets += 1
            return state.tickets
        }
    }

    func add(_ job: Job, as ticket: UInt64) {
        let refusal: (any Error)? = state.withLock { state in
            // A cancellation before this moment found nothing to take out of the line, but is seen here.
            if Task.isCancelled { return CancellationError() }
            let ahead = max(0, state.jobs.count + state.running - width + 1)
            if state.typical * ahead / width > patience { return PasswordHasher.Busy() }
            state.order.append(ticket)
            state.jobs[ticket] = (job, now() + patience)
            return nil
        }
        if let refusal { job.refuse(refusal) } else { signal.signal() }
    }

    func cancel(_ ticket: UInt64) {
        let entry = state.withLock { $0.jobs.removeValue(forKey: ticket) }
        entry?.job.refuse(CancellationError())
    }

    func close() {
        state.withLock { $0.isClosed = true }
        for _ in 0..<width { signal.signal() }
    }

    /// One thread's life.
    func work() {
        // On Linux nice values are a thread's own: pages are answered first, hashes take what is left of the processor.
        setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
        while true {
            signal.wait()
            if state.withLock({ $0.isClosed }) { return }
            guard let (job, deadline) = next() else { continue }
            let start = now()
            if start > deadline { job.refuse(PasswordHasher.Busy()) } else { job.run() }
            finished(after: start > deadline ? nil : now() - start)
        }
    }

    private func next() -> (job: Job, deadline: ContinuousClock.Instant)? {
        state.withLock { state in
            while state.first < state.order.count {
                let ticket = state.order[state.first]
                state.first += 1
                if let entry = state.jobs.removeValue(forKey: ticket) {
                    state.running += 1
                    return entry
                }
            }
            state.order.removeAll(keepingCapacity: true)
            state.first = 0
            return nil
        }
    }

    private func finished(after time: Duration?) {
        state.withLock { state in
            state.running -= 1
            if let time { state.typical = (state.typical * 7 + time) / 8 }
            if state.jobs.isEmpty {
                state.order.removeAll(keepingCapacity: true)
                state.first = 0
            }
        }
    }
}
