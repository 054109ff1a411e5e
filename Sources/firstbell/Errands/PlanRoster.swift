import Core
import Foundation
import Storage
import StorageSQLite

/// Reads a roster and says what it would change. Nothing changes.
struct PlanRoster: Errand {
    static let name = "plan-roster"
    /// Absolute path of a zip or a folder.
    var path: String
    /// Nothing where the program finds it out.
    var format: RosterFormat?

    func run(in installation: Installation, report: @escaping @Sendable (ErrandReport) -> Void) async throws {
        let plan = try await installation.readRoster(path, as: format, report: report)
        RosterSummaryText(plan).lines.forEach { report(.line($0)) }
        report(.values(RosterSummaryText(plan).values))
    }
}

/// Reads a roster and takes it in; removals that are held wait for a named administrator, all else goes on.
struct ApplyRoster: Errand {
    static let name = "apply-roster"
    /// Absolute path of a zip or a folder.
    var path: String
    /// Nothing where the program finds it out.
    var format: RosterFormat?

    func run(in installation: Installation, report: @escaping @Sendable (ErrandReport) -> Void) async throws {
        let plan = try await installation.readRoster(path, as: format, report: report)
        try await installation.take(plan, report: report)
    }
}

/// Reads the roster from the district's OneRoster service and takes it in like a file.
struct SyncRoster: Errand {
    static let name = "sync-roster"
    /// Only what has changed since the last reading.
    var isOfChanges: Bool

    func run(in installation: Installation, report: @escaping @Sendable (ErrandReport) -> Void) async throws {
        let plan = try await installation.reading(report: report) {
            do { return try await $0.pull(isOfChanges ? .changes : .whole, by: nil) } catch RosterSyncRefused.notFound {
                throw Refusal(
                    "No OneRoster service is known. Enter it under Admin, Roster syncs, Roster service.")
            }
        }
        try await installation.take(plan, report: report)
    }
}

extension Installation {
    /// Reads a file or folder into a plan, with its progress. Throws the reason when it was refused.
    func readRoster(
        _ path: String, as format: RosterFormat? = nil, report: @escaping @Sendable (ErrandReport) -> Void
    ) async throws -> RosterPlanReport {
        guard FileManager.default.fileExists(atPath: path) else { throw Refusal("\(path) is not there.") }
        let name = URL(fileURLWithPath: path).lastPathComponent
        return try await reading(report: report) {
            try await $0.read(file: URL(fileURLWithPath: path), fileName: name, as: format, by: nil)
        }
    }

    /// Makes a plan, with its progress. Throws the reason when it was refused.
    fileprivate func reading(
        report: @escaping @Sendable (ErrandReport) -> Void,
        _ read: (RosterSyncs) async throws -> ID<RosterSync>
    ) async throws -> RosterPlanReport {
        let watch = watching(report)
        defer { watch.cancel() }
        let id: ID<RosterSync>
        do { id = try await read(rosters) } catch RosterSyncRefused.busy {
            throw Refusal.anotherRosterIsUnderWay
        }
        guard let plan = try await database.read({ try $0.rosterPlan(id) }) else { throw Refusal("The plan is gone.") }
        if let refusal = plan.refusal { throw Refusal(refusal.inWords) }
        return plan
    }

    /// Applies a plan, but for what is held, and says what was done.
    fileprivate func take(
        _ plan: RosterPlanReport, report: @escaping @Sendable (ErrandReport) -> Void
    ) async throws {
        let text = RosterSummaryText(plan)
        text.lines.forEach { report(.line($0)) }
        if text.changesNothing {
            report(.values(text.values))
            return
        }
        do {
            try await applying(plan.sync.id, report: report)
        } catch RosterSyncRefused.waiting {
            throw Refusal(
                "Far too much would leave at once, so nothing was changed. An administrator has to confirm it under Admin, Roster syncs."
            )
        } catch RosterSyncRefused.busy {
            throw Refusal.anotherRosterIsUnderWay
        }
        report(
            .line(
                text.held == 0
                    ? "Done." : "Done, but for the removals that are held: confirm them under Admin, Roster syncs."))
        report(.values(text.values.merging(["applied": "true"]) { $1 }))
    }

    func applying(_ plan: ID<RosterSync>, report: @escaping @Sendable (ErrandReport) -> Void) async throws {
        let watch = watching(report)
        defer { watch.cancel() }
        try await rosters.apply(plan, by: nil)
    }

    /// Tells of the progress of whatever roster is under way, until it is cancelled.
    private func watching(_ report: @escaping @Sendable (ErrandReport) -> Void) -> Task<Void, any Error> {
        Task { [database] in
            while !Task.isCancelled {
                try await Task.sleep(for: .milliseconds(300))
                let share: Double? = try await database.read { connection in
                    guard let line = try connection.rosterSyncs(limit: 1).lines.first else { return nil }
                    guard let plan = try connection.rosterPlan(line.id), plan.total > 0 else { return nil }
                    return Double(plan.done) / Double(plan.total)
                }
                if let share { report(.progress(share)) }
            }
        }
    }
}

extension RosterRefused {
    /// The sentence with its value, and where.
    var inWords: String {
        let sentence = reason.replacing("{value}", with: value)
        guard let place else { return sentence }
        return place.line > 0 ? "\(place.file), line \(place.line): \(sentence)" : "\(place.file): \(sentence)"
    }
}

extension Refusal {
    fileprivate static var anotherRosterIsUnderWay: Refusal {
        Refusal("Another roster is being read or applied. Wait until it is done, then try again.")
    }
}
