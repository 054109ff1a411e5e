internal import Foundation
package import Storage

/// Rows in PostgreSQL 14 or newer, for several FirstBell servers beside each other.
///
/// Writes are `SERIALIZABLE` unless they ask for less, and run again when two of them met; reads see one moment and write
/// nothing. A commit whose answer was lost is `StorageError.commitUnknown` and is never repeated here.
package final class PostgreSQLDatabase: Store {
    package let address: PostgreSQLAddress
    let pool: LinePool
    private let watch: ServerWatch?

    /// How often a transaction is tried that meets others.
    private static let tries = 5

    /// `connections`: so many transactions run at once. With `isWatched` a silent server is noticed within two seconds, and
    /// nobody waits for it; `onChange` hears why it is away, and nil when it is back.
    package init(
        _ address: PostgreSQLAddress, connections: Int = 8, isWatched: Bool = false,
        onChange: @escaping @Sendable (String?) -> Void = { _ in }
    ) {
        self.address = address
        let alarm = Alarm()
        let pool = LinePool(address, size: connections, alarm: alarm)
        self.pool = pool
        watch =
            isWatched
            ? ServerWatch(
                address, alarm: alarm,
                onChange: { reason in
                    if let reason { pool.giveUp(reason) }
                    onChange(reason)
                }) : nil
    }

    package func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        try await transaction("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", isWrite: false, body)
    }

    @discardableResult
    package func write<Result: Sendable>(
        at isolation: Isolation, _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        switch isolation {
        case .serializable: try await transaction("BEGIN ISOLATION LEVEL SERIALIZABLE", isWrite: true, body)
        case .readCommitted: try await transaction("BEGIN ISOLATION LEVEL READ COMMITTED", isWrite: true, body)
        }
    }

    package func checkpoint() async throws {}

    package func close() throws {
        watch?.stop()
        pool.close()
    }

    private func transaction<Result: Sendable>(
        _ begin: String, isWrite: Bool, _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        var attempt = 1
        while true {
            do {
                return try await pool.run { [attempt] line in
                    try line.inTurn(attempt > 1 && isWrite) { try line.transaction(begin, isWrite: isWrite, body) }
                }
            } catch let error as ServerError {
                let isWorthIt = error.mayPass || error.isTaken && isWrite && attempt == 1
                guard isWorthIt, attempt < Self.tries else { throw error.storageError }
                // Two that met would meet again at once.
                try await Task.sleep(for: .milliseconds(Int.random(in: 1...(4 << attempt))))
                attempt += 1
            }
        }
    }
}

extension ServerLine {
    /// Whoever has to try again waits for the others who do, on all servers: among themselves they would meet for ever.
    /// Taken outside the transaction, whose view of the data begins after the turn has come.
    fileprivate func inTurn<Result>(_ isAgain: Bool, _ body: () throws -> Result) throws -> Result {
        guard isAgain else { return try body() }
        try run(script: "SELECT pg_advisory_lock(\(AdvisoryLock.retries))")
        defer { if !isBroken { _ = try? run(script: "SELECT pg_advisory_unlock(\(AdvisoryLock.retries))") } }
        return try body()
    }

    fileprivate func transaction<Result>(
        _ begin: String, isWrite: Bool, _ body: (any Connection) throws -> Result
    ) throws -> Result {
        let result: Result
        do {
            try run(script: begin)
            result = try body(PostgreSQLConnection(line: self))
        } catch let error as ServerError where error.isLost {
            throw ServerError.beforeCommit(error)
        } catch {
            if !isBroken { _ = try? run(script: "ROLLBACK") }
            throw error
        }
        try commit(isWrite: isWrite)
        return result
    }

    private func commit(isWrite: Bool) throws {
        do {
            let answer = try run(script: "COMMIT")
            guard answer.tag == "COMMIT" else {
                throw StorageError.unavailable("the transaction had failed and was rolled back")
            }
        } catch let error as ServerError where error.isLost && isWrite {
            throw StorageError.commitUnknown
        } catch let error as ServerError where error.isLost {
            // What was read was read.
        }
    }
}

/// Locks that FirstBell's servers agree on by number; they have no other meaning.
enum AdvisoryLock {
    static let retries = 7_310_001
    static let migrating = 7_310_002
}
