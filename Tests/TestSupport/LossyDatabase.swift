package import Storage
import Synchronization

/// A database that loses the answers to some commits, those that were done and those that were not.
package final class LossyDatabase: Database {
    package enum Loss: Sendable, CaseIterable { case done, undone }

    private let database: any Database
    private let loss: Loss
    private let lost: Set<Int>
    private let writes = Mutex(0)

    /// `lost`: the numbers of the writes whose answers are lost, from 0.
    package init(_ database: any Database, losing loss: Loss, at lost: Set<Int>) {
        self.database = database
        self.loss = loss
        self.lost = lost
    }

    /// Whether there were so many writes that an answer was lost.
    package var hasLost: Bool { writes.withLock { $0 > (lost.min() ?? .max) } }

    package var step: Duration { database.step }

    package func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result { try await database.read(body) }

    package func write<Result: Sendable>(
        at isolation: Isolation, _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        let number = writes.withLock { number in
            defer { number += 1 }
            return number
        }
        guard lost.contains(number) else { return try await database.write(at: isolation, body) }
        if loss == .done { _ = try await database.write(at: isolation, body) }
        throw StorageError.commitUnknown
    }
}
