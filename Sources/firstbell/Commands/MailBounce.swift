import ArgumentParser
import Foundation
import Glibc
import Mail

struct MailBounce: AsyncParsableCommand {
    /// EX_TEMPFAIL of sysexits.h: a mail server keeps the message and tries again.
    private static let notNow = ExitCode(75)

    static let configuration = CommandConfiguration(
        commandName: "bounce",
        abstract: "Takes in one message that came back, from standard input.",
        discussion: """
            For a mail server that pipes what comes to FIRSTBELL_BOUNCE_ADDRESS into a command. Works while the server \
            runs or not, for the same account. Only a message to a return address that FirstBell has made changes \
            anything; whatever else comes is read and forgotten. At most 256 KiB are looked at.

            Examples:
              firstbell mail bounce < report.eml
              firstbell mail bounce --recipient bounces+…@mail.district.example < report.eml

            In Postfix's master.cf:
              firstbell unix - n n - 2 pipe flags=q user=firstbell
                argv=/opt/firstbell/firstbell mail bounce --recipient ${recipient}

            Exit codes: 0 dealt with, whatever it was; 75 not now, with the reason on standard error: the mail server \
            keeps the message and tries again; 2 wrong use.
            """)
    @Option(help: "The address to which it came; without it, it is looked for at the head of the message.")
    var recipient: String?
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let terminal = output.terminal
        do {
            let errand = TakeBounce(message: try Self.message(), recipient: recipient)
            try await Errands.run(errand, settings: try await Settings.read()) { terminal.say($0) }
        } catch {
            FileHandle.standardError.write(Data("firstbell: \(error)\n".utf8))
            throw Self.notNow
        }
    }

    /// All of standard input is read, so that whoever writes there sees no broken pipe; of too much, only so much is kept
    /// that it is seen to be too much.
    private static func message() throws -> Data {
        var message = Data()
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
            if count == 0 { return message }
            guard count > 0 else {
                if errno == EINTR { continue }
                throw Refusal("Standard input cannot be read: \(String(cString: strerror(errno))).")
            }
            if message.count <= BounceIntake.limit { message.append(contentsOf: buffer[..<count]) }
        }
    }
}
