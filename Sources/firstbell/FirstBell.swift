import ArgumentParser
import CMalloc
import Foundation

@main
struct FirstBell: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "firstbell",
        abstract: "Gets every student of a school district signed in.",
        discussion: """
            Settings come from the environment (FIRSTBELL_…) or from the file that FIRSTBELL_SETTINGS names; \
            `firstbell doctor` shows them all.

            Examples:
              firstbell demo
              firstbell keys create
              firstbell staff add --administrator --username ruth --given Ruth --family Lee
              firstbell roster import oneroster.zip
              firstbell serve

            Exit codes: 0 done, 1 refused with the reason on standard error, 2 wrong use.
            """,
        subcommands: [
            Serve.self, Demo.self, Roster.self, Staff.self, MailCommand.self, Keys.self, Backup.self, Restore.self,
            DatabaseCommand.self, Doctor.self, Version.self,
        ])

    /// Ends with 2 for wrong use, where the parser's own habit is 64.
    static func main() async {
        // glibc keeps eight heaps a core, each with room that the others lack; a heap a core is as fast and a third smaller.
        malloc_keep_heaps(Int32(max(2, ProcessInfo.processInfo.activeProcessorCount)))
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
            FileHandle.standardError.write(Data("\(fullMessage(for: error))\n".utf8))
            exit(withError: ExitCode(2))
        }
    }
}
