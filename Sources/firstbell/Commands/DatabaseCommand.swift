import ArgumentParser
import Core
import Foundation
import Storage

/// The database as a whole.
struct DatabaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "database",
        abstract: "Moves a district between the embedded database and PostgreSQL.",
        discussion: """
            Examples:
              firstbell database copy --to postgresql://firstbell@db1/firstbell
              firstbell database release

            Exit codes: 0 done, 1 refused with the reason on standard error, 2 wrong use.
            """,
        subcommands: [Copy.self, Release.self])

    struct Copy: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Copies the whole district into an empty database of the other kind.",
            discussion: """
                With --to: from the data folder (FIRSTBELL_DATA) to PostgreSQL. With --to-folder: from PostgreSQL \
                (FIRSTBELL_DATABASE_URL) into a data folder. Stop every server first. The keyring is not copied: the \
                servers on the other side need the same one.

                Cut short, even by a power cut, the same command goes on where it was. At the end the rows of every table \
                are counted on both sides. From then on the district lives on the other side: a server on this one is \
                refused, until `firstbell database release`. Rosters that wait to be applied have to be read anew.

                Examples:
                  firstbell database copy --to postgresql://firstbell@db1,db2/firstbell --password-file /etc/firstbell/database-password
                  firstbell database copy --to 'postgresql://firstbell@db1/firstbell?sslmode=verify-full&sslrootcert=/etc/firstbell/authority.pem'
                  firstbell database copy --to-folder /var/lib/firstbell/data
                  firstbell database copy --json --to postgresql://firstbell@db1/firstbell

                Exit codes: 0 done, 1 refused with the reason on standard error, 2 wrong use.
                """)
        @Option(help: "An empty PostgreSQL database, as postgresql://firstbell@db1:5432/firstbell.") var to: String?
        @Option(
            help: "A file with the password for --to; else FIRSTBELL_DATABASE_PASSWORD_FILE, else libpq's own ways.")
        var passwordFile: String?
        @Option(help: "A data folder without a district in it.") var toFolder: String?
        @OptionGroup var output: OutputOptions

        func validate() throws {
            guard (to == nil) != (toFolder == nil) else {
                throw ValidationError("Say where to: either --to postgresql://… or --to-folder FOLDER.")
            }
            guard passwordFile == nil || to != nil else { throw ValidationError("--password-file belongs to --to.") }
        }

        func run() async throws {
            try await refusing {
                let terminal = output.terminal
                let target: DistrictMove.Target =
                    if let to { .server(url: to, passwordFile: passwordFile) } else { .folder(toFolder ?? "") }
                let move = DistrictMove(settings: try await Settings.read(), target: target, clock: .system)
                say(try await move.run { terminal.say(.progress($0)) }, to: terminal)
            }
        }

        private func say(_ report: DistrictCopy.Report, to terminal: Terminal) {
            let width = report.counts.map(\.table.count).max() ?? 0
            for (table, rows) in report.counts {
                let name = table.padding(toLength: width, withPad: " ", startingAt: 0)
                terminal.say(.line("\(name)  \(rows)"))
                terminal.say(.values(["table": table, "rows": "\(rows)"]))
            }
            let total = report.counts.reduce(0) { $0 + $1.rows }
            if report.lapsedPlans > 0 {
                terminal.say(
                    .line(
                        """
                        Rosters that waited to be applied, to be read anew on the other side: \(report.lapsedPlans). What \
                        had been read stays here.
                        """))
            }
            terminal.say(
                .line(
                    """
                    \(report.wasThere ? "All was there already" : "Copied"): \(total) rows in \(report.counts.count) \
                    tables, the same number on both sides. \(next)
                    """))
            terminal.say(
                .values([
                    "copied": "\(total)", "tables": "\(report.counts.count)", "plans": "\(report.lapsedPlans)",
                    "was_there": "\(report.wasThere)",
                ]))
        }

        private var next: String {
            to == nil
                ? "Now take FIRSTBELL_DATABASE_URL away, set FIRSTBELL_DATA, and start the server."
                : "Now set FIRSTBELL_DATABASE_URL and start the servers."
        }
    }

    struct Release: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lets a district that was copied elsewhere be used here again.",
            discussion: """
                For a move that was only tried out, or taken back. What has happened on the other side since is not here. \
                Never use both: each would send the mails that wait.

                Example:
                  firstbell database release

                Exit codes: 0 done, 1 refused with the reason on standard error, 2 wrong use.
                """)
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await refusing {
                let (settings, clock) = (try await Settings.read(), Clock.system)
                let folder = try DataFolder(settings.data)
                defer { withExtendedLifetime(folder) {} }
                let database = try await DistrictMove.source(settings, folder, clock: clock).database
                let other = try await database.write { try $0.releaseDistrict() }
                try database.close()
                guard let other else { throw Refusal("This district was not copied elsewhere. It can be used here.") }
                output.terminal.say(.line("The district can be used here again. Use it no more at: \(other)"))
                output.terminal.say(.values(["released": other]))
            }
        }
    }
}
