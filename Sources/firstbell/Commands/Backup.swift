import ArgumentParser
import Foundation

struct Backup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Copies the database to a new file, while the server runs or not.",
        discussion: """
            The keys are not in the copy: keep the keyring elsewhere. A copy holds people's names and addresses.

            Example:
              firstbell backup /backup/firstbell-2026-09-01.sqlite

            Exit codes: 0 done, 1 refused with the reason on standard error, 2 wrong use.
            """)
    @Argument(help: "A file that does not exist yet.") var file: String
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await refusing {
            let path = URL(fileURLWithPath: file).standardizedFileURL.path
            let terminal = output.terminal
            try await Errands.run(BackUp(path: path), settings: try await Settings.read()) { terminal.say($0) }
        }
    }
}
