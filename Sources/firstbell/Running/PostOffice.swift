import Core
import Foundation
import Logging
import Mail
import Rendering
import SMTP
import Web

/// How mail leaves this installation: the postman with its transport, and what the site may ask of them.
struct PostOffice {
    let postman: Postman
    let filler: OutboxFiller
    let mailroom: Mailroom
    let watch: MailingWatch
    var nudge: @Sendable () -> Void {
        { [postman, filler] in
            filler.nudge()
            postman.nudge()
        }
    }

    /// Throws a `Refusal` for settings that cannot work.
    static func open(
        _ installation: Installation, isDemo: Bool, catalogs: Catalogs, renderer: Renderer, logger: Logger
    ) async throws -> PostOffice {
        let settings = installation.settings
        guard let sender = MailAddress(settings.mailFrom) else {
            throw Refusal(
                "FIRSTBELL_MAIL_FROM is \(settings.mailFrom), which is no address. Write bell@school.example.")
        }
        let way = try way(installation)
        let watch = MailingWatch(database: installation.database, logger: logger)
        let returns = try BounceSettings(settings)?.address
        let composer = MailComposer(
            sender: sender, returns: returns, publicURL: settings.publicURL, zone: settings.timeZone,
            keyring: installation.keyring, catalogs: catalogs, renderer: renderer)
        var wishes = Postman.Settings()
        wishes.connections = settings.smtpConnections
        wishes.quota = settings.mailQuota
        let postman = Postman(
            database: installation.database, transport: way.transport, composer: composer,
            keyring: installation.keyring, server: installation.server,
            mayTakeUp: { installation.lease.mayTakeUp }, clock: installation.clock, settings: wishes, logger: logger,
            onChange: { watch.ring($0) })
        let filler = OutboxFiller(database: installation.database, clock: installation.clock, logger: logger) {
            postman.nudge()
            watch.ring()
        }
        let condition: @Sendable () -> Mailroom.Condition = {
            let status = postman.status
            return Mailroom.Condition(
                isRunning: status.isRunning, complaint: status.complaint, since: status.troubledSince,
                nextTryAt: status.nextTryAt, lines: status.lines)
        }
        guard let folder = way.folder else {
            let check: (@Sendable () async -> ServerCheckup?) = {
                guard let server = try? settings.smtpTransport(timeouts: .hasty)?.transport else { return nil }
                return await server.checkUp(sender: sender)
            }
            return PostOffice(
                postman: postman, filler: filler,
                mailroom: Mailroom(
                    server: way.server, composer: composer, returns: returns?.description, condition: condition,
                    quota: settings.mailQuota, advice: way.transport == nil ? nil : settings.senderAdvice, check: check),
                watch: watch)
        }
        return PostOffice(
            postman: postman, filler: filler,
            mailroom: Mailroom(
                server: .folder, composer: composer, returns: returns?.description, condition: condition,
                letters: {
                    try folder.letters().map {
                        MailOverview.Letter(name: $0.name, to: $0.to, subject: $0.subject, at: $0.at)
                    }
                }, text: { try folder.text($0, blanksLinks: !isDemo) }), watch: watch)
    }

    /// Where mail goes: to the mail server that is set; on this machine alone into a folder; else it waits.
    private struct Way {
        let transport: (any MailTransport)?
        let server: MailOverview.Server
        var folder: OutboxFolder?
    }

    private static func way(_ installation: Installation) throws -> Way {
        let settings = installation.settings
        if settings.mailStaysHere {
            let folder = OutboxFolder(path: installation.folder.outbox, clock: installation.clock)
            return Way(transport: folder, server: .folder, folder: folder)
        }
        guard let transport = try settings.smtpTransport() else { return Way(transport: nil, server: .none) }
        return Way(transport: transport.transport, server: transport.server)
    }
}

extension Settings {
    /// True when mail goes into the outbox folder: without a mail server on this machine alone, or because it was said so.
    var mailStaysHere: Bool {
        smtpURL == "folder:" || smtpURL == nil && PublicAddress.isLoopback(publicURL)
    }

    /// The transport to the mail server that is set; nil without one. Throws what is wrong with the settings.
    func smtpTransport(
        timeouts: SMTPTimeouts = SMTPTimeouts(), listener: SMTPListener? = nil
    ) throws -> (transport: SMTPTransport, server: MailOverview.Server)? {
        guard let smtpURL else { return nil }
        let password = try smtpPasswordFile.map { try SecretFile.read($0, named: "FIRSTBELL_SMTP_PASSWORD_FILE") }
        do {
            let transport = try SMTPTransport(
                url: smtpURL, password: password, helloName: PublicAddress.host(of: publicURL), caFile: smtpCAFile,
                timeouts: timeouts, listener: listener)
            let server = try SMTPServer(url: smtpURL, password: password)
            let security =
                switch server.security {
                case .implicitTLS: "TLS"
                case .startTLS: "STARTTLS"
                case .none: "none"
                }
            return (transport, .smtp(host: server.host, port: server.port, security: security))
        } catch let problem as SMTPServerProblem { throw Refusal("FIRSTBELL_SMTP_URL: \(problem)") }
    }
}

extension Settings {
    /// What others see of our mail; nil when the sender's address is none.
    var senderAdvice: SenderAdvice? {
        MailAddress(mailFrom).map { sender in
            SenderAdvice(
                sender: sender, envelope: bounceAddress.flatMap(MailAddress.init),
                linkHost: PublicAddress.host(of: publicURL),
                relay: smtpURL.flatMap { URLComponents(string: $0)?.host })
        }
    }
}

extension SMTPTimeouts {
    /// For somebody who waits before the screen.
    static var hasty: SMTPTimeouts {
        var timeouts = SMTPTimeouts()
        timeouts.connect = .seconds(10)
        timeouts.reply = .seconds(20)
        return timeouts
    }
}

extension MailOverview.Server {
    /// Where mail goes, in words.
    var inWords: String {
        switch self {
        case .smtp(let host, let port, let security):
            security == "none" ? "\(host):\(port), not encrypted" : "\(host):\(port) with \(security)"
        case .folder: "the outbox folder"
        case .none: "no mail server"
        }
    }
}
