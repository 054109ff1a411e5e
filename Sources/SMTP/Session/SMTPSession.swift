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

    /// Whether the server takes mail from a sender. nil when it does; no mail leaves.
    func refusal(of sender: MailAddress) async -> DeliveryFault? {
        let result = await inTurn([(.mail, "MAIL FROM:<\(sender)>")])
        needsReset = true
        return result?.fault
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
        var steps: [(SMTPStep, String)] = needsReset ? [(.reset, "RSET")] : []
        needsReset = false
        let wishes = SizeAndLetters.parameters(for: mail, features) + DeliveryReports.ofSender(mail, features)
        steps += [
            (.mail, "MAIL FROM:<\(mail.sender)>\(wishes)"),
            (.recipient, "RCPT TO:<\(mail.recipient)>\(DeliveryReports.ofRecipient(features))"),
            (.data, "DATA"),
        ]
        return features.pipelining ? await atOnce(steps) : await inTurn(steps)
    }

    /// One command after the other, up to the first that does not go well.
    private func inTurn(_ steps: [(SMTPStep, String)]) async -> DeliveryResult? {
        for (step, command) in steps {
            do {
                let reply = try await connection.command(command, within: timeouts.reply)
                if let result = await result(step, reply) { return result }
            } catch {
                await cut()
                return ReplyRules.result(step, error)
            }
        }
        return nil
    }

    /// All commands in one go (RFC 2920); the first that does not go well says what becomes of the mail.
    private func atOnce(_ steps: [(SMTPStep, String)]) async -> DeliveryResult? {
        let answers = await connection.commands(steps.map(\.1), within: timeouts.reply)
        var first: DeliveryResult?
        for ((step, _), answer) in zip(steps, answers) {
            switch answer {
            case .success(let reply):
                // A server that asks for a body which nobody may have gets none.
                if step == .data, first != nil, reply.code == 354 { await cut() }
                let result = await result(step, reply)
                first = first ?? result
            case .failure(let fault):
                await cut()
                first = first ?? ReplyRules.result(step, fault)
            }
        }
        return first
    }

    private func result(_ step: SMTPStep, _ reply: SMTPReply) async -> DeliveryResult? {
        let result = ReplyRules.result(step, reply)
        if reply.code == 421 || result.map(\.isBeyondWords) == true { await cut() }
        return result
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
