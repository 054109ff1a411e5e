import ArgumentParser
import Foundation

/// Rosters from the command line.
struct Roster: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Takes in a OneRoster package (CSV 1.1 or 1.2), or says what it would change.",
        discussion: """
            Works while the server runs or not. Removals of more than 10 % (and more than 5) of a school's students or \
            staff wait until an administrator confirms them under Admin, Roster syncs.

            Examples:
              firstbell roster plan oneroster.zip
              firstbell roster import oneroster.zip
              firstbell roster import --json /exports/oneroster/

            Exit codes: 0 done, 1 refused with the reason on standard error, 2 wrong use.
            """,
        subcommands: [Plan.self, Import.self])

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
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await refusing {
                let path = URL(fileURLWithPath: file).standardizedFileURL.path
                let terminal = output.terminal
                try await Errands.run(PlanRoster(path: path), settings: try await Settings.read()) { terminal.say($0) }
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
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await refusing {
                let path = URL(fileURLWithPath: file).standardizedFileURL.path
                let terminal = output.terminal
                try await Errands.run(ApplyRoster(path: path), settings: try await Settings.read()) { terminal.say($0) }
            }
        }
    }
}
