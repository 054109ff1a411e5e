import Core
import Foundation
import Mail
import SMTP

/// One mail that shows whether mail leaves; it is in no outbox and opens nothing.
struct TestMail {
    /// The mail server or folder, in words.
    let way: String
    private let transport: any MailTransport
    private let parcel: Parcel

    /// `listener` hears the conversation with a mail server. Throws a `Refusal` where the settings name no way for mail.
    init(
        settings: Settings, recipient: MailAddress, now: Timestamp,
        listener: @escaping @Sendable (ConversationLine) -> Void = { _ in }
    ) throws {
        guard let sender = MailAddress(settings.mailFrom) else {
            throw Refusal(
                "FIRSTBELL_MAIL_FROM is \(settings.mailFrom), which is no address. Write bell@school.example.")
        }
        if settings.mailStaysHere {
            try DataFolder.make(URL(fileURLWithPath: settings.data).standardizedFileURL.path)
            let folder = URL(fileURLWithPath: "\(settings.data)/outbox").standardizedFileURL.path
            transport = OutboxFolder(path: folder, clock: .system)
            way = "the folder \(folder)"
        } else if let smtp = try settings.smtpTransport(listener: listener) {
            transport = smtp.transport
            way = smtp.server.inWords
        } else {
            throw Refusal("No mail server is set. Set FIRSTBELL_SMTP_URL, as smtp://user@mail.example:587.")
        }
        let text = """
            This mail shows that FirstBell at \(settings.publicURL) can send mail.

            It was asked for on the command line. There is nothing to do.

            """
        let message = MailMessage(
            id: .new(at: now), date: now, sender: Mailbox(name: HeaderText(cleaning: "FirstBell"), address: sender),
            recipient: recipient,
            letter: Letter(
                subject: HeaderText(cleaning: "FirstBell can send mail"), text: text, html: Self.html(text),
                language: "en"))
        parcel = Parcel(
            sender: sender, recipient: recipient, message: message.bytes, name: message.id.description)
    }

    /// Hands it over and returns the answer. Throws a `Refusal` with what the server said instead.
    func send() async throws -> ServerReply {
        let session: any MailSession
        do { session = try await transport.open() } catch {
            throw Refusal("There is no way in at \(way): \(error.reply)")
        }
        let result = try await session.deliver(parcel) {}
        await session.quit()
        switch result {
        case .accepted(let reply): return reply
        case .deferred(let fault): throw Refusal("Not now, said \(way): \(fault.reply)")
        case .failed(let fault): throw Refusal("No, said \(way): \(fault.reply)")
        case .unknown(let fault): throw Refusal("Whether it was taken is unknown, the line broke: \(fault.reply)")
        }
    }

    private static func html(_ text: String) -> String {
        let escaped = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        return "<!doctype html><html lang=\"en\"><title>FirstBell</title><body><pre>\(escaped)</pre></body></html>\n"
    }
}
