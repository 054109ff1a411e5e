import Dispatch
import Foundation
import Synchronization
import Testing

@testable import Core

@Suite struct TheHashingQueue {
    /// What the jobs of a test leave behind.
    private final class Trace: Sendable {
        let done = Mutex<[Int]>([])
        let running = Mutex<(now: Int, most: Int)>((0, 0))
        let time = Mutex(ContinuousClock.now)
        /// Keeps the first job on its thread until the test opens it.
        let gate = DispatchSemaphore(value: 0)

        func work(_ number: Int) {
            running.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
            done.withLock { $0.append(number) }
            running.withLock { $0.now -= 1 }
        }
    }

    private func queue(_ trace: Trace, width: Int = 1, patience: Duration = .seconds(30)) -> HashingQueue {
        HashingQueue(width: width, patience: patience, now: { trace.time.withLock { $0 } })
    }

    /// Occupies the only thread, and returns once it is occupied.
    private func occupy(_ queue: HashingQueue, _ trace: Trace) async -> Task<Void, any Error> {
        let (started, begins) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            try await queue.run {
                begins.finish()
                trace.gate.wait()
            }
        }
        for await _ in started {}
        return task
    }

    /// Adds a job and returns once it waits.
    private func add(_ number: Int, to queue: HashingQueue, _ trace: Trace) async -> Task<Void, any Error> {
        let before = queue.waiting
        let task = Task { try await queue.run { trace.work(number) } }
        while queue.waiting == before { await Task.yield() }
        return task
    }

    @Test func `serves in the order of asking`() async throws {
        let trace = Trace()
        let queue = queue(trace)
        var tasks = [await occupy(queue, trace)]
        for number in 0..<40 { tasks.append(await add(number, to: queue, trace)) }
        trace.gate.signal()
        for task in tasks { try await task.value }
        #expect(trace.done.withLock { $0 } == Array(0..<40))
    }

    @Test func `never does more at once than it has threads`() async throws {
        let trace = Trace()
        let queue = queue(trace, width: 3)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<200 { group.addTask { try await queue.run { trace.work(number) } } }
            try await group.waitForAll()
        }
        #expect(trace.done.withLock { $0.sorted() } == Array(0..<200))
        #expect((1...3).contains(trace.running.withLock { $0.most }))
    }

    @Test func `lets a cancelled task go at once and never does its work`() async throws {
        let trace = Trace()
        let queue = queue(trace)
        let first = await occupy(queue, trace)
        let tasks = [
            await add(1, to: queue, trace), await add(2, to: queue, trace), await add(3, to: queue, trace),
        ]
        tasks[1].cancel()
        // The only thread is still occupied here.
        await #expect(throws: CancellationError.self) { try await tasks[1].value }
        #expect(queue.waiting == 2)
        trace.gate.signal()
        for task in [first, tasks[0], tasks[2]] { try await task.value }
        #expect(trace.done.withLock { $0 } == [1, 3])
    }

    @Test func `takes nothing from a task that was cancelled before`() async throws {
        let trace = Trace()
        let queue = queue(trace)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await queue.run { trace.work(1) }
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(trace.done.withLock { $0 }.isEmpty)
    }

    @Test func `refuses at once whoever would wait too long`() async throws {
        let trace = Trace()
        // A job is taken to last 25 ms until one has: the third in line would wait 75 ms.
        let queue = queue(trace, patience: .milliseconds(60))
        var tasks = [await occupy(queue, trace)]
        for number in 1...2 { tasks.append(await add(number, to: queue, trace)) }
        await #expect(throws: PasswordHasher.Busy.self) { try await queue.run { trace.work(3) } }
        #expect(queue.waiting == 2)
        trace.gate.signal()
        for task in tasks { try await task.value }
        try await queue.run { trace.work(4) }
        #expect(trace.done.withLock { $0 } == [1, 2, 4])
    }

    @Test func `refuses who has waited too long, without the work`() async throws {
        let trace = Trace()
        let queue = queue(trace)
        let first = await occupy(queue, trace)
        let late = await add(1, to: queue, trace)
        trace.time.withLock { $0 += .seconds(31) }
        trace.gate.signal()
        try await first.value
        await #expect(throws: PasswordHasher.Busy.self) { try await late.value }
        #expect(trace.done.withLock { $0 }.isEmpty)
    }

    @Test func `hands errors to whoever asked`() async throws {
        struct Broken: Error {}
        let queue = queue(Trace())
        await #expect(throws: Broken.self) { try await queue.run { throw Broken() } }
        #expect(try await queue.run { 7 } == 7)
    }

    @Test func `works at low priority`() async throws {
        let queue = queue(Trace())
        let nice = try await queue.run { getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0) }
        #expect(nice >= 10)
    }
}
