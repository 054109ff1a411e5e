internal import Foundation
internal import Synchronization

/// What a file is to be read as.
package enum RosterWish: Sendable {
    /// A package; without a format the reader finds it out.
    case package(RosterFormat?)
    /// A list of the students of a school, whose columns hold what the text says.
    case list(RosterSchool, columns: String)

    /// What a person said that a package is.
    var format: RosterFormat? { if case .package(let format) = self { format } else { nil } }
}

/// What a reader writes into: rows go on in batches, and the reader waits while too many are under way.
package struct RosterIntake: RosterReceiver {
    static let batchSize = 2_000
    /// What a person said of the file.
    package let wish: RosterWish
    /// What the reader found.
    package var origin: RosterOrigin?
    private let channel: RosterChannel
    private var batch: [RosterItem] = []

    init(channel: RosterChannel, as wish: RosterWish) {
        self.channel = channel
        self.wish = wish
    }

    package mutating func receive(_ record: RosterRecord, at place: RosterPlace) throws {
        try append(.record(record, place))
    }

    package mutating func report(_ problem: RosterProblem) throws { try append(.problem(problem)) }

    package mutating func begin(_ changes: RosterChanges) throws { try append(.changes(changes)) }

    package mutating func remove(_ row: RosterRowKey) throws { try append(.removal(row)) }

    /// All was received.
    mutating func end() throws {
        try flush()
        channel.origin.withLock { $0 = origin }
        channel.isWhole.withLock { $0 = true }
        channel.finish(throwing: nil)
    }

    /// Sends on what has not been sent yet.
    private mutating func flush() throws {
        if !batch.isEmpty { try channel.send(batch) }
        batch = []
    }

    private mutating func append(_ item: RosterItem) throws {
        batch.append(item)
        if batch.count == Self.batchSize { try flush() }
    }
}

/// Carries batches from the reader's thread, which may block, to the task that stores them; at most four wait.
final class RosterChannel: Sendable {
    let batches: AsyncThrowingStream<[RosterItem], any Error>
    private let continuation: AsyncThrowingStream<[RosterItem], any Error>.Continuation
    private let room = DispatchSemaphore(value: 4)
    private let isStopped = Mutex(false)
    /// What the reader found the roster to be.
    let origin = Mutex<RosterOrigin?>(nil)
    /// True once the reader came to its end. Batches end without a word, too, where the task that stores them is cancelled.
    let isWhole = Mutex(false)

    init() { (batches, continuation) = AsyncThrowingStream.makeStream() }

    /// Waits for room. Throws `CancellationError` once the other side has stopped.
    func send(_ batch: [RosterItem]) throws {
        room.wait()
        guard !isStopped.withLock({ $0 }) else { throw CancellationError() }
        continuation.yield(batch)
    }

    /// One batch is stored: there is room again.
    func stored() { room.signal() }

    /// The storing side gives up: the reader's next batch throws.
    func stop() {
        isStopped.withLock { $0 = true }
        room.signal()
    }

    func finish(throwing error: (any Error)?) { continuation.finish(throwing: error) }
}
