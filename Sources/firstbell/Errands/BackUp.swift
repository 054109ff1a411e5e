import Core
import Foundation
import StorageSQLite

/// Writes a clean copy of the whole database to a file that does not exist yet. The keys are not in it.
struct BackUp: Errand {
    static let name = "backup"
    /// Absolute path.
    var path: String

    func run(in installation: Installation, report: @escaping @Sendable (ErrandReport) -> Void) async throws {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw Refusal("\(path) is there already. Name a file that does not exist yet.")
        }
        guard let file = installation.database as? SQLiteDatabase else {
            throw Refusal(
                "This district is on PostgreSQL. Copy it with:\n\(DumpCommand(installation.settings, to: path).text)")
        }
        do { try await file.copy(to: path) } catch {
            throw Refusal("\(path) could not be written: \(error)")
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        report(.line("Copied to \(path). The keys are not in it: keep \(installation.settings.keyring) elsewhere."))
        report(.values(["path": path]))
    }
}
