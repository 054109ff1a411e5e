internal import Storage
internal import Synchronization

/// This run of the program, with what it has in hand.
///
/// What stands in its name in the database and is not in its hand was begun by a commit whose answer was lost. It is taken up
/// like the work of a server that is gone.
package final class ServerAtWork: Sendable {
    package let id: ID<RunningServer>
    /// By two at once, where two press the same.
    private let inHand = Mutex<[String: Int]>([:])

    package init(_ id: ID<RunningServer>) { self.id = id }

    /// To be called before the work stands in the database, so that no look there finds it without an owner.
    package func begin(_ work: some CustomStringConvertible) {
        inHand.withLock { $0[work.description, default: 0] += 1 }
    }

    /// Has it in hand from before the commit that puts it into the database; where that throws, nobody has.
    func begin<Result>(
        _ work: some CustomStringConvertible, by commit: () async throws -> Result
    ) async throws -> Result {
        begin(work)
        do { return try await commit() } catch {
            end(work)
            throw error
        }
    }

    package func end(_ work: some CustomStringConvertible) {
        inHand.withLock { inHand in
            let left = inHand[work.description, default: 0] - 1
            inHand[work.description] = left > 0 ? left : nil
        }
    }

    /// To be asked after the database: what ended in between is let through, and stands there no more.
    package func has(_ work: some CustomStringConvertible) -> Bool {
        inHand.withLock { $0[work.description] != nil }
    }
}

extension SQL {
    /// True for a row that no living server has in hand, and for one of the server that asks, which knows itself whether it
    /// has it; `column` says whose it is.
    static func mayBeLeft(_ column: SQL, of server: ServerAtWork, at now: Timestamp) -> SQL {
        "(\(isOrphan(column, at: now)) OR \(column) = \(server.id))"
    }
}
