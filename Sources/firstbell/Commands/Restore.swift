import ArgumentParser
import Core
import Foundation
import Storage

struct Restore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Brings a backup into an empty data folder.",
        discussion: """
            Sessions, links and temporary passwords in the backup end, and mail that had not left is held: print cards \
            and send mails anew. Own passwords go on to work. The keyring has to be the one of that time.

            Example:
              FIRSTBELL_DATA=/var/lib/firstbell/data firstbell restore /backup/firstbell-2026-09-01.sqlite

            Exit codes: 0 done, 1 refused with the reason on standard error, 2 wrong use.
            """)
    @Argument(help: "A file that `firstbell backup` wrote.") var file: String
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await refusing {
            let settings = try await Settings.read()
            let path = URL(fileURLWithPath: file).standardizedFileURL.path
            guard FileManager.default.fileExists(atPath: path) else { throw Refusal("\(path) is not there.") }
            try bring(path, into: settings)
            let installation = try await Installation.open(settings)
            let now = installation.clock.now()
            let held = try await installation.database.write { try $0.closeAfterRestore(at: now) }
            try await installation.close()
            output.terminal.say(
                .line("Restored. All sessions, links and temporary passwords ended; \(held) mails are held."))
            output.terminal.say(.values(["held": "\(held)"]))
        }
    }

    /// Under the lock, by way of a name of its own: a copy that is cut short must not look like a database.
    private func bring(_ path: String, into settings: Settings) throws {
        let folder = try DataFolder(settings.data)
        guard !FileManager.default.fileExists(atPath: folder.database) else {
            throw Refusal("\(folder.path) holds a district already. Restore into an empty FIRSTBELL_DATA.")
        }
        let partial = "\(folder.database).restoring"
        try? FileManager.default.removeItem(atPath: partial)
        do {
            try FileManager.default.copyItem(atPath: path, toPath: partial)
            try FileManager.default.moveItem(atPath: partial, toPath: folder.database)
        } catch { throw Refusal("\(path) could not be copied: \(error.localizedDescription)") }
    }
}
