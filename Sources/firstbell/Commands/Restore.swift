import ArgumentParser
import Core
import Foundation
import Storage

struct Restore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Brings a backup into an empty data folder, or closes the doors of one that pg_restore has brought back.",
        discussion: """
            Sessions, links and temporary passwords in the backup end, and mail that had not left is held: print cards \
            and send mails anew. Own passwords go on to work. The keyring has to be the one of that time.

            On PostgreSQL, pg_restore brings the rows back (docs/operations.md has the steps), and --after-pg-restore does \
            the rest. Run it before any server is started on them: a used link of that time would work again.

            Examples:
              FIRSTBELL_DATA=/var/lib/firstbell/data firstbell restore /backup/firstbell-2026-09-01.sqlite
              FIRSTBELL_SETTINGS=/etc/firstbell/settings firstbell restore --after-pg-restore

            Exit codes: 0 done, 1 refused with the reason on standard error, 2 wrong use.
            """)
    @Argument(help: "A file that `firstbell backup` wrote.") var file: String?
    @Flag(help: "The rows are back in the database that FIRSTBELL_DATABASE_URL names.") var afterPgRestore = false
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (file != nil) != afterPgRestore else {
            throw ValidationError("Name either the backup's FILE, or say --after-pg-restore.")
        }
    }

    func run() async throws {
        try await refusing {
            let settings = try await Settings.read()
            let installation =
                if let file { try await restored(file, settings) } else { try await brought(settings) }
            let now = installation.clock.now()
            let held = try await installation.database.write { try $0.closeAfterRestore(at: now) }
            try await installation.close()
            output.terminal.say(
                .line("Restored. All sessions, links and temporary passwords ended; \(held) mails are held."))
            output.terminal.say(.values(["held": "\(held)"]))
        }
    }

    private func restored(_ file: String, _ settings: Settings) async throws -> Installation {
        let path = URL(fileURLWithPath: file).standardizedFileURL.path
        guard settings.databaseURL == nil else {
            throw Refusal(
                """
                FIRSTBELL_DATABASE_URL is set, so this district is on PostgreSQL. Stop every server, bring a dump of \
                pg_dump back with pg_restore, and then run: firstbell restore --after-pg-restore. To restore into the data \
                folder, take FIRSTBELL_DATABASE_URL away.
                """)
        }
        guard FileManager.default.fileExists(atPath: path) else { throw Refusal("\(path) is not there.") }
        try bring(path, into: settings)
        return try await Installation.open(settings)
    }

    private func brought(_ settings: Settings) async throws -> Installation {
        guard settings.databaseURL != nil else {
            throw Refusal("FIRSTBELL_DATABASE_URL is not set. Name the backup's file: firstbell restore FILE")
        }
        let installation = try await Installation.open(settings)
        let (place, now) = (installation.folder.place, installation.clock.now())
        let servers = try await installation.database.read { try $0.livingServers(except: place, at: now) }
        guard servers.isEmpty else {
            try await installation.close()
            throw Refusal(CopyRefused.inUse(servers: servers).inWords)
        }
        return installation
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
