import ArgumentParser
import Core

/// The keyring: the only root of all temporary passwords and links.
struct Keys: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Makes and lists the keys behind temporary passwords and links.",
        discussion: """
            Keep a copy of the keyring away from this machine: with the backup alone nobody can open a link, and without \
            the keyring nobody ever can again.

            Examples:
              firstbell keys create
              firstbell keys add
              firstbell keys list

            Exit codes: 0 done, 1 refused with the reason on standard error, 2 wrong use.
            """,
        subcommands: [Create.self, Add.self, List.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes the keyring with its first key.",
            discussion: """
                Refuses a folder that holds a key already: keys are never written over.

                Example:
                  FIRSTBELL_KEYRING=/var/lib/firstbell/keyring firstbell keys create

                Exit codes: 0 done, 1 refused with the reason on standard error, 2 wrong use.
                """)
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await refusing {
                let folder = try await Settings.read().keyring
                do { _ = try Keyring.create(folder: folder) } catch { throw Refusal("\(error)") }
                output.terminal.say(.line("Made the keyring at \(folder). Keep a copy of it away from this machine."))
                output.terminal.say(.values(["keyring": folder]))
            }
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Adds a key; new passwords and links are made with it, older ones keep theirs.",
            discussion: """
                Restart the server afterwards, and copy the keyring to where you keep it.

                Example:
                  firstbell keys add

                Exit codes: 0 done, 1 refused with the reason on standard error, 2 wrong use.
                """)
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await refusing {
                let folder = try await Settings.read().keyring
                do {
                    var keyring = try Keyring.open(folder: folder)
                    let key = try keyring.addKey()
                    output.terminal.say(.line("Added \(key). Restart the server, and copy the keyring again."))
                    output.terminal.say(.values(["key": "\(key)"]))
                } catch { throw Refusal("\(error)") }
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists the ids of the keys, never the keys.",
            discussion: """
                Examples:
                  firstbell keys list
                  firstbell keys list --json

                Exit codes: 0 done, 1 refused with the reason on standard error, 2 wrong use.
                """)
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await refusing {
                let folder = try await Settings.read().keyring
                do {
                    let keyring = try Keyring.open(folder: folder)
                    for key in keyring.ids {
                        output.terminal.say(.line(key == keyring.current ? "\(key)  makes new rows" : "\(key)"))
                        output.terminal.say(.values(["key": "\(key)", "current": "\(key == keyring.current)"]))
                    }
                } catch { throw Refusal("\(error)") }
            }
        }
    }
}
