import Mail

/// The steps of handing a mail over.
enum SMTPStep: Sendable, CaseIterable {
    case greeting, hello, startTLS, auth, reset, mail, recipient, data, body
}

/// What an answer at a step means for the mail, and how far the trouble reaches. The one place where this is decided.
enum ReplyRules {
    /// nil when the step went well.
    static func result(_ step: SMTPStep, _ reply: SMTPReply) -> DeliveryResult? {
        if isGood(step, reply.code) { return nil }
        let answer = ServerReply(code: reply.code, lines: reply.lines)
        switch reply.code {
        case 400..<500: return .deferred(DeliveryFault(scope: scope(step, reply.code), reply: answer))
        case 500..<600:
            return .failed(DeliveryFault(scope: scope(step, reply.code), reply: answer, isPermanent: true))
        default:
            // 2yz or 3yz where the step has no such answer: after the body nobody can tell what it means.
            let fault = DeliveryFault(scope: step == .body ? .message : .server, reply: answer)
            return step == .body ? .unknown(fault) : .deferred(fault)
        }
    }

    /// What a broken line means: after the server asked for the body, nobody knows.
    static func result(_ step: SMTPStep, _ fault: ConnectionFault) -> DeliveryResult {
        let isLost = fault == .lost || fault == .timedOut
        let scope: DeliveryFault.Scope =
            switch step {
            case .body: .message
            // One mail that a server chokes on must not be tried for ever, nor hold up the others.
            case .recipient, .data: isLost ? .message : .server
            default: .server
            }
        let trouble = DeliveryFault(scope: scope, reply: ServerReply(ours: fault.text), isLostLine: isLost)
        return step == .body ? .unknown(trouble) : .deferred(trouble)
    }

    private static func isGood(_ step: SMTPStep, _ code: Int) -> Bool {
        switch step {
        case .greeting, .startTLS: code == 220
        case .auth: code == 235
        case .data: code == 354
        case .hello, .reset, .mail, .recipient, .body: (200..<300).contains(code)
        }
    }

    private static func scope(_ step: SMTPStep, _ code: Int) -> DeliveryFault.Scope {
        switch (step, code) {
        // Closing down, TLS, authentication, order of commands: every mail would meet it.
        case (_, 421), (_, 454), (_, 502), (_, 503), (_, 530), (_, 534), (_, 535), (_, 538): .server
        // Too big (RFC 1870), said as early as it can be.
        case (.mail, 552): .message
        case (.greeting, _), (.hello, _), (.startTLS, _), (.auth, _), (.reset, _), (.mail, _): .server
        case (.recipient, _): .recipient
        case (.data, _), (.body, _): .message
        }
    }
}
