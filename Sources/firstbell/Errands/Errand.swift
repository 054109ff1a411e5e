import Core
import Foundation

/// Something that a command asks of a data folder: done here with the folder's lock, or by the server that has it.
protocol Errand: Codable, Sendable {
    /// The name under which a running server takes it.
    static var name: String { get }

    /// Does it. What it has to say, it says to `report` as it goes; throws `Refusal` when it cannot be done.
    func run(in installation: Installation, report: @escaping @Sendable (ErrandReport) -> Void) async throws
}

/// What an errand says on its way: one JSON object a line between a server and a command.
struct ErrandReport: Codable, Sendable, Equatable {
    /// From 0 to 1, while the work is long.
    var progress: Double?
    /// A line for a person.
    var line: String?
    /// A secret for the terminal alone: never logged.
    var secret: String?
    /// Named values for a script, under `--json`.
    var values: [String: String]?
    /// Why it could not be done; the last report then.
    var refusal: String?

    static func progress(_ share: Double) -> Self { Self(progress: share) }
    static func line(_ text: String) -> Self { Self(line: text) }
    static func values(_ values: [String: String]) -> Self { Self(values: values) }
}

enum Errands {
    /// Every errand that a running server takes.
    static let all: [any Errand.Type] = [
        AddStaff.self, PlanRoster.self, ApplyRoster.self, SyncRoster.self, BackUp.self, TakeBounce.self,
    ]

    /// Does an errand: with the lock of the data folder if it is free, else through the server that has it.
    static func run(_ errand: some Errand, settings: Settings, report: @escaping @Sendable (ErrandReport) -> Void)
        async throws
    {
        do {
            let installation = try await Installation.open(settings)
            try await errand.run(in: installation, report: report)
            try await installation.close()
        } catch let owned as DataFolder.Owned {
            try await ControlClient(socket: owned.controlSocket).run(errand, report: report)
        }
    }
}
