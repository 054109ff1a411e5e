import ArgumentParser

@main
struct FirstBell: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "firstbell",
        abstract: "Gets every student of a school district signed in.",
        discussion: """
            Settings come from the environment (FIRSTBELL_…) or from the file that FIRSTBELL_SETTINGS names;
            `firstbell doctor` shows them all.

            Examples:
              firstbell demo
              firstbell keys create
              firstbell staff add --administrator --username ruth --given Ruth --family Kowalczyk
              firstbell roster import oneroster.zip
              firstbell serve
            """,
        subcommands: [
            Serve.self, Demo.self, Roster.self, Staff.self, Keys.self, Backup.self, Restore.self, Version.self,
        ])
}
