import ArgumentParser

/// Staff from the command line: the way in for the first administrator.
struct Staff: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Adds staff by hand.",
        discussion: """
            Example:
              firstbell staff add --administrator --username ruth --given Ruth --family Lee

            Exit codes: 0 done, 1 refused with the reason on standard error, 2 wrong use.
            """,
        subcommands: [Add.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes an account and prints a one-time link to choose its password.",
            discussion: """
                The link works once, for an hour; it is shown here and nowhere else. A roster never suspends an account \
                that was made by hand.

                Did the link run out? Say the same again: whoever has this username and name and no password yet gets a \
                new link, and the one before ends. Nothing else of the account changes.

                Examples:
                  firstbell staff add --administrator --username ruth --given Ruth --family Lee
                  firstbell staff add --username dov --given Dov --family Stone --address dov@school.example
                  firstbell staff add --json --username dov --given Dov --family Stone

                Exit codes: 0 done, 1 refused with the reason on standard error, 2 wrong use.
                """)
        @Option(help: "Given name.") var given = ""
        @Option(help: "Family name.") var family = ""
        @Option(help: "Username, 1 to 128 characters without a blank.") var username: String
        @Option(help: "Email address.") var address: String?
        @Flag(help: "Make an administrator of the whole district.") var administrator = false
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await refusing {
                let errand = AddStaff(
                    given: given, family: family, username: username, address: address,
                    isAdministrator: administrator)
                let terminal = output.terminal
                try await Errands.run(errand, settings: try await Settings.read()) { terminal.say($0) }
            }
        }
    }
}
