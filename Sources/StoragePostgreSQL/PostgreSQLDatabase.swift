internal import Foundation
package import Storage

/// Rows in PostgreSQL 14 or newer, for several FirstBell servers beside each other.
///
/// Writes are `SERIALIZABLE` unless they ask for less, and run again when two of them met; reads see one moment and write
/// nothing. A commit whose answer was lost is `StorageError.commitUnknown` and is never repeated here.
package final class PostgreSQLDatabase: Store {
    package let address: PostgreSQLAddress
    let pool: LinePool
    private let alarm: Alarm
    /// Of this database or of the one that it is a part of.
    private let watch: ServerWatch?
    private let isPart: Bool
    private let turns = Turns()

    /// How often a transaction is tried whose line breaks.
    private static let tries = 5
    /// How long a transaction is tried that meets others. Each of many may meet another every time, though all get on.
    private static let patience: Duration = .seconds(3)

    /// `connections`: so many transactions run at once. With `isWatched` a silent server is noticed within two seconds, and
    /// nobody waits for it; `onChange` hears why it is away, and nil when it is back.
    package init(
        _ address: PostgreSQLAddress, connections: Int = 8, isWatched: Bool = false,
        onChange: @escaping @Sendable (String?) -> Void = { _ in }
    ) {
        let alarm = Alarm()
        self.address = address
        self.alarm = alarm
        pool = LinePool(address, size: connections, alarm: alarm)
        watch = isWatched ? ServerWatch(address, alarm: alarm, onChange: onChange) : nil
        isPart = false
    }

    /// Other lines to the same server, under the same watch.
    private init(part address: PostgreSQLAddress, of whole: PostgreSQLDatabase, connections: Int) {
        self.address = address
        alarm = whole.alarm
        pool = LinePool(address, size: connections, alarm: whole.alarm)
        watch = whole.watch
        isPart = true
    }

    /// The same server with another address of ours, such as one of its schemas. Has to be closed by itself.
    func part(at address: PostgreSQLAddress, connections: Int) -> PostgreSQLDatabase {
        PostgreSQLDatabase(part: address, of: self, connections: connections)
    }

    /// Only who writes the same rows waits.
    package var step: Duration { .milliseconds(40) }

    package func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        try await transaction(.read, body)
    }

    @discardableResult
    package func write<Result: Sendable>(
        at isolation: Isolation, _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        switch isolation {
        case .serializable: try await transaction(.serializable, body)
        case .readCommitted: try await transaction(.readCommitted, body)
        }
    }

    package func checkpoint() async throws {}

    package func close() throws {
        if !isPart { watch?.stop() }
        pool.close()
    }

    private func transaction<Result: Sendable>(
        _ begin: Begin, _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        let isWrite = begin != .read
        var attempt = 1
        let end = ContinuousClock.now + Self.patience
        var (hasMet, hasMetTwin) = (false, false)
        var politeUntil: ContinuousClock.Instant?
        defer { if hasMet { turns.endTrouble() } }
        while true {
            do {
                let mayWait = begin == .serializable && !hasMet && politeUntil.map { .now < $0 } ?? true
                let run: @Sendable () async throws -> Result? = { [pool, turns, hasMet] in
                    try await pool.run { line in
                        if mayWait, turns.areNeeded { return Optional<Result>.none }
                        return try line.inTurn(hasMet) {
                            .some(try line.transaction(begin.rawValue, isWrite: isWrite, body))
                        }
                    }
                }
                if let result = try await hasMet ? turns.inTurn(run) : run() { return result }
                politeUntil = politeUntil ?? .now + Turns.politeness
                try await Task.sleep(for: .milliseconds(Int.random(in: 2...10)))
            } catch let error as ServerError {
                let isTwin = isWrite && error.isTaken && !hasMetTwin
                guard error.mayPass || isTwin, attempt < Self.tries || error.isConflict && .now < end else {
                    throw error.storageError
                }
                attempt += 1
                hasMetTwin = hasMetTwin || isTwin
                if isWrite, !hasMet, error.isConflict || isTwin {
                    hasMet = true
                    turns.beginTrouble()
                }
                // Two that met would meet again at once.
                try await Task.sleep(for: .milliseconds(Int.random(in: 1...(2 << min(attempt, Self.tries)))))
            }
        }
    }

    private enum Begin: String {
        case read = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        case serializable = "BEGIN ISOLATION LEVEL SERIALIZABLE"
        case readCommitted = "BEGIN ISOLATION LEVEL READ COMMITTED"
    }
}

extension ServerLine {
    /// Whoever has to try again waits for those on other servers who do: among themselves they would meet for ever.
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
        warnings.forget()
        do {
            let answer = try run(script: "COMMIT")
            guard answer.tag == "COMMIT" else {
                throw StorageError.unavailable("the transaction had failed and was rolled back")
            }
            if isWrite, warnings.hasUnsafeCommit { throw StorageError.commitUnknown }
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
