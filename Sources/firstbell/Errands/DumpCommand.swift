/// The command line that copies a district on PostgreSQL into a file of its owner alone. It names no password.
struct DumpCommand {
    let text: String

    init(_ settings: Settings, to path: String) {
        let password = settings.databasePasswordFile.map { "PGPASSWORD=\"$(cat \(Self.quoted($0)))\" " } ?? ""
        let address = Self.quoted(Self.withoutPassword(settings.databaseURL ?? ""))
        text = "(umask 077; \(password)pg_dump --format=custom --file=\(Self.quoted(path)) \(address))"
    }

    /// An address without what stands between the account's name and the host, and without a parameter `password`.
    static func withoutPassword(_ url: String) -> String {
        url.replacing(/^([a-z]+:\/\/[^:@\/]*):[^\/]*@/) { "\($0.output.1)@" }
            .replacing(/([?&])password=[^&]*(&|$)/) { $0.output.2.isEmpty ? "" : "\($0.output.1)" }
    }

    /// As a shell takes it for one word.
    private static func quoted(_ text: String) -> String { "'\(text.replacing("'", with: "'\\''"))'" }
}
