import ArgumentParser
import Core
import Foundation
import Mail

/// Mail from the command line.
struct MailCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail",
        abstract: "Tries out how mail leaves, and takes in what comes back.",
        discussion: """
            Examples:
              firstbell mail test you@school.example
              firstbell mail bounce < report.eml
            """,
        subcommands: [MailTest.self, MailBounce.self])
}

struct MailTest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Sends one real mail and prints every line that was said.",
        discussion: """
            Goes the way that FIRSTBELL_SMTP_URL names, from FIRSTBELL_MAIL_FROM, past the mails that wait. Works while \
            the server runs or not. What we say is marked with >, what the mail server says with <; passwords are blanked.

            Examples:
              firstbell mail test you@school.example
              firstbell mail test --json you@school.example

            Exit codes: 0 the mail server has taken the mail, 1 it has not, 2 wrong use.
            """)
    @Argument(help: "Whom to send it to.") var address: String
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await refusing {
            guard let recipient = MailAddress(address) else {
                throw Refusal("\(address) is no email address. Write it as name@school.example.")
            }
            let settings = try await Settings.read()
            let terminal = output.terminal
            let mail = try TestMail(settings: settings, recipient: recipient, now: Clock.system.now()) { line in
                terminal.say(.line(line.marked))
                if terminal.isJSON { terminal.json(line.named) }
            }
            let said = try await mail.send()
            output.terminal.say(.line("Sent to \(recipient) by way of \(mail.way). It said: \(said)"))
            output.terminal.say(.values(["address": "\(recipient)", "way": mail.way, "reply": "\(said)"]))
        }
    }
}

extension ConversationLine {
    fileprivate var marked: String {
        switch self {
        case .ours(let text): "> \(text)"
        case .theirs(let text): "< \(text)"
        case .note(let text): "* \(text)"
        }
    }

    fileprivate var named: [String: String] {
        switch self {
        case .ours(let text): ["by": "firstbell", "said": text]
        case .theirs(let text): ["by": "server", "said": text]
        case .note(let text): ["by": "line", "said": text]
        }
    }
}
