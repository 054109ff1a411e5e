import ArgumentParser
import Core
import Foundation

/// Rosters from the command line.
struct Roster: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Takes a roster in, or says what it would change.",
        discussion: """
            Takes the CSV files of OneRoster 1.0 to 1.2, Clever, Microsoft School Data Sync 1 to 2.1 and Canvas, and tells \
            them apart by itself. Works while the server runs or not. Removals of more than 10 % (and more than 5) of a \
            school's students or staff wait until an administrator confirms them under Admin, Roster syncs.

            Examples:
              firstbell roster plan oneroster.zip
              firstbell roster import oneroster.zip
              firstbell roster import --json /exports/oneroster/
              firstbell roster import --format clever /exports/clever/
              firstbell roster sync

            Exit codes: 0 done, 1 refused with the reason on standard error, 2 wrong use.
            """,
        subcommands: [Plan.self, Import.self, Sync.self])

    struct Plan: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says what a roster would change. Nothing changes.",
            discussion: """
                Reads the whole roster and compares it with the people who are there. With --json the counts are in one \
                object, and "changes" is "true" or "false".

                Examples:
                  firstbell roster plan oneroster.zip
                  firstbell roster plan --json /exports/oneroster/

                Exit codes: 0 done, 1 refused with the reason on standard error, 2 wrong use.
                """)
        @Argument(help: "A zip file or a folder with the CSV files.") var file: String
        @Option(help: ArgumentHelp(RosterFormat.help)) var format: RosterFormat?
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await refusing {
                let path = URL(fileURLWithPath: file).standardizedFileURL.path
                let terminal = output.terminal
                try await Errands.run(PlanRoster(path: path, format: format), settings: try await Settings.read()) {
                    terminal.say($0)
                }
            }
        }
    }

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes a roster in. The same roster again changes nothing.",
            discussion: """
                Additions come first, suspensions last. An import that is cut short goes on at the next start. Removals of \
                more than 10 % (and more than 5) of a school's students or staff are held: an administrator confirms them \
                under Admin, Roster syncs; all else is taken in. Made for a nightly timer, with the server running or not.

                Examples:
                  firstbell roster import oneroster.zip
                  firstbell roster import --json /exports/oneroster/

                Exit codes: 0 done, 1 refused with the reason on standard error, 2 wrong use.
                """)
        @Argument(help: "A zip file or a folder with the CSV files.") var file: String
        @Option(help: ArgumentHelp(RosterFormat.help)) var format: RosterFormat?
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await refusing {
                let path = URL(fileURLWithPath: file).standardizedFileURL.path
                let terminal = output.terminal
                try await Errands.run(ApplyRoster(path: path, format: format), settings: try await Settings.read()) {
                    terminal.say($0)
                }
            }
        }
    }
}

extension Roster {
    struct Sync: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes the roster in from the district's OneRoster service.",
            discussion: """
                Asks the service that stands under Admin, Roster syncs, Roster service. The server does the same by itself on \
                the schedule that stands there. What is held waits for an administrator, as with roster import. With \
                --changes only what has changed since the last reading is asked for; where nothing can be added to that, all.

                Examples:
                  firstbell roster sync
                  firstbell roster sync --changes --json

                Exit codes: 0 done, 1 refused with the reason on standard error, 2 wrong use.
                """)
        @Flag(help: "Ask only for what has changed since the last reading.") var changes = false
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await refusing {
                let terminal = output.terminal
                try await Errands.run(SyncRoster(isOfChanges: changes), settings: try await Settings.read()) {
                    terminal.say($0)
                }
            }
        }
    }
}

extension RosterFormat: ExpressibleByArgument {
    fileprivate static var help: String {
        "What the files are, where FirstBell takes them for something else: "
            + allCases.map(\.rawValue).joined(separator: ", ") + "."
    }
}
