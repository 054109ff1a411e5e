package import Foundation
package import Storage
internal import Synchronization

/// Where the staging database of a plan is opened and thrown away: files beside SQLite, a schema on PostgreSQL.
package struct RosterStagingStore: Sendable {
    package let open: @Sendable (ID<RosterSync>) async throws -> any Database
    /// Throws the database away; one that is not there is no error.
    package let remove: @Sendable (ID<RosterSync>) async throws -> Void
    package init(
        open: @escaping @Sendable (ID<RosterSync>) async throws -> any Database,
        remove: @escaping @Sendable (ID<RosterSync>) async throws -> Void
    ) {
        self.open = open
        self.remove = remove
    }
}

extension Schema {
    /// The steps that make a staging database.
    package static func staging() throws -> [Migration] {
        guard let folder = Bundle.module.resourceURL?.appending(path: "Migrations/Staging") else { return [] }
        return try Migration.all(in: folder)
    }
}

/// Reads one roster into a receiver, on a thread of its own; `progress` takes 0 to 1. Throws `RosterRefused`.
package typealias RosterReader =
    @Sendable (_ file: URL, _ intake: inout RosterIntake, _ progress: @escaping @Sendable (Double) -> Void) throws ->
    Void

/// What a reader delivered, in a database of its own.
struct RosterStaging: Sendable {
    let database: any Database

    static let tables: [SQL] = [
        "staged_school", "staged_term", "staged_person", "staged_role", "staged_tracker", "staged_tracker_term",
        "staged_enrollment",
    ]

    /// Runs the reader and stores what it delivers; memory holds a few batches. Returns how many rows there were, and what
    /// the reader found the roster to be.
    func fill(
        from file: URL, as asked: RosterFormat? = nil, reader: @escaping RosterReader,
        progress: @escaping @Sendable (Double) -> Void
    ) async throws -> (lines: Int, origin: RosterOrigin?) {
        let channel = RosterChannel()
        Thread.detachNewThread {
            do {
                var intake = RosterIntake(channel: channel, as: asked)
                try reader(file, &intake, progress)
                try intake.flush()
                channel.origin.withLock { $0 = intake.origin }
                channel.finish(throwing: nil)
            } catch {
                channel.finish(throwing: error)
            }
        }
        var count = 0
        do {
            for try await batch in channel.batches {
                try await database.write { try $0.stage(batch) }
                count += batch.count
                channel.stored()
            }
        } catch {
            channel.stop()
            throw error
        }
        return (count, channel.origin.withLock { $0 })
    }
}
