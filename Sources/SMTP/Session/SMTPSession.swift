import Mail
import NIOCore

/// An open session: greeted, encrypted, signed in.
actor SMTPSession: MailSession {
    private let connection: SMTPConnection
    private let features: ServerFeatures
    private let timeouts: SMTPTimeouts
    private(set) var isOpen = true
    /// True when a mail was begun and not finished, so that the server must forget it first.
    private var needsReset = false

    init(_ connection: SMTPConnection, _ features: ServerFeatures, _ timeouts: SMTPTimeouts) {
        self.connection = connection
        self.features = features
        self.timeouts = timeouts
    }

    func deliver(
        _ mail: Parcel, beforeBody: @Sendable () async throws -> Void
    ) async throws -> DeliveryResult {
        if let refusal = SizeAndLetters.refusal(of: mail, features) { return refusal }
        if let result = await begin(mail) {
            needsReset = true
            return result
        }
        do { try await beforeBody() } catch {
            await cut()
            throw error
        }
        needsReset = false
        do {
            let reply = try await connection.body(DotStuffing.stuffed(mail.message), within: timeouts.afterDot)
            if reply.code == 421 { await cut() }
            return ReplyRules.result(.body, reply) ?? .accepted(ServerReply(code: reply.code, lines: reply.lines))
        } catch {
            await cut()
            return ReplyRules.result(.body, error)
        }
    }

    func quit() async {
        if isOpen {
            do { _ = try await connection.command("QUIT", within: timeouts.quit) } catch {
                // The line is given up either way.
            }
        }
        await cut()
    }

    /// Everything up to the server's wish for the body; nil when it was asked for.
    private func begin(_ mail: Parcel) async -> DeliveryResult? {
        if needsReset, let result = await step(.reset, "RSET") { return result }
        needsReset = false
        let parameters = SizeAndLetters.parameters(for: mail, features)
        if let result = await step(.mail, "MAIL FROM:<\(mail.sender)>\(parameters)") { return result }
        if let result = await step(.recipient, "RCPT TO:<\(mail.recipient)>") { return result }
        return await step(.data, "DATA")
    }

    private func step(_ step: SMTPStep, _ command: String) async -> DeliveryResult? {
        do {
            let reply = try await connection.command(command, within: timeouts.reply)
            let result = ReplyRules.result(step, reply)
            if reply.code == 421 || result.map(\.isBeyondWords) == true { await cut() }
            return result
        } catch {
            await cut()
            return ReplyRules.result(step, error)
        }
    }

    private func cut() async {
        isOpen = false
        await connection.close()
    }
}

extension DeliveryResult {
    /// True when the server answered something that has no meaning at that step: better to begin anew.
    fileprivate var isBeyondWords: Bool {
        if case .deferred(let fault) = self { (200..<400).contains(fault.reply.code) } else { false }
    }
}
