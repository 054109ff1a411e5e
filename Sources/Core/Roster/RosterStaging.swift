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

/// What a roster says, in a database of its own.
struct RosterStaging: Sendable {
    let database: any Database

    static let tables: [SQL] = [
        "staged_school", "staged_term", "staged_person", "staged_role", "staged_tracker", "staged_tracker_term",
        "staged_enrollment",
    ]

    /// What was stored.
    struct Filled: Sendable {
        /// Rows and problems, without those of a roster before.
        var lines = 0
        var origin: RosterOrigin?
        /// Parts in which the whole roster is kept.
        var parts = 0
        /// The plan whose roster changes were added to.
        var addedTo: ID<RosterSync>?
    }

    /// Stores what is delivered; memory holds a few batches. To changes it adds the roster before, which `before` finds.
    func fill(
        from delivery: RosterDelivery, keeper: RosterKeeper, before: () async throws -> KeptRoster?
    ) async throws -> Filled {
        let channel = RosterChannel()
        let stop = delivery.begin(channel)
        var keeper = keeper
        var filled = Filled()
        var overlay: RosterOverlay?
        do {
            for try await batch in channel.batches {
                if case .changes(let changes)? = batch.first {
                    overlay = RosterOverlay(changes)
                    filled.lines -= 1
                }
                try overlay?.note(batch)
                try await take(batch, &keeper)
                filled.lines += batch.count
                channel.stored()
            }
            guard channel.isWhole.withLock({ $0 }) else { throw CancellationError() }
        } catch {
            channel.stop()
            stop()
            throw error
        }
        if let overlay {
            guard let roster = try await before() else { throw Self.noRosterBefore }
            filled.addedTo = roster.plan
            try await take(roster, &keeper, where: overlay.leaves) { _ in }
        }
        try await keeper.finish()
        filled.parts = keeper.parts
        filled.origin = channel.origin.withLock { $0 }
        return filled
    }

    /// Stores a kept roster once more.
    func fill(
        from roster: KeptRoster, keeper: RosterKeeper, progress: (Double) -> Void
    ) async throws -> Filled {
        var keeper = keeper
        var filled = Filled()
        filled.lines = try await take(roster, &keeper, progress: progress)
        try await keeper.finish()
        filled.parts = keeper.parts
        return filled
    }

    private static let noRosterBefore = RosterRefused(
        reason:
            "This package holds changes only, and FirstBell has no whole roster to add them to. Export the whole roster (bulk) once; from then on changes are enough."
    )

    @discardableResult
    private func take(
        _ roster: KeptRoster, _ keeper: inout RosterKeeper, where holds: (RosterItem) -> Bool = { _ in true },
        progress: (Double) -> Void
    ) async throws -> Int {
        var count = 0
        for number in 1...roster.parts {
            let items = try await roster.part(number).filter(holds)
            try await take(items, &keeper)
            count += items.count
            progress(Double(number) / Double(roster.parts))
        }
        return count
    }

    /// Rows are sealed for keeping while the database stores them.
    private func take(_ items: [RosterItem], _ keeper: inout RosterKeeper) async throws {
        async let stored: Void = database.write { try $0.stage(items) }
        try await keeper.add(items)
        try await stored
    }
}
