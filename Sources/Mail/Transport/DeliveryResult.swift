/// What became of handing one mail over.
package enum DeliveryResult: Sendable, Equatable {
    /// The server has taken responsibility (RFC 5321 section 6.1).
    case accepted(ServerReply)
    /// Not now.
    case deferred(DeliveryFault)
    /// Never.
    case failed(DeliveryFault)
    /// The line broke after the server had asked for the body and before it answered: nobody knows (RFC 1047).
    case unknown(DeliveryFault)

    /// What went wrong; nil when nothing did.
    package var fault: DeliveryFault? {
        switch self {
        case .accepted: nil
        case .deferred(let fault), .failed(let fault), .unknown(let fault): fault
        }
    }
}

/// Why a mail was not taken, and how far the trouble reaches.
package struct DeliveryFault: Error, Sendable, Equatable {
    package enum Scope: String, Sendable, CaseIterable {
        /// Every mail would meet it: the breaker opens and no attempt is charged.
        case server
        /// This mail's content.
        case message
        /// This mail's address.
        case recipient
    }
    package let scope: Scope
    package let reply: ServerReply
    /// True when asking again by itself cannot help.
    package let isPermanent: Bool
    /// True when the line was lost before the server had answered.
    package let isLostLine: Bool
    package init(scope: Scope, reply: ServerReply, isPermanent: Bool = false, isLostLine: Bool = false) {
        self.scope = scope
        self.reply = reply
        self.isPermanent = isPermanent
        self.isLostLine = isLostLine
    }

    /// True when the server says that there is no such mailbox (RFC 3463: X.1.1, X.1.2, X.1.3, X.1.6, X.1.10).
    package var saysBadAddress: Bool {
        guard scope == .recipient, isPermanent, let enhanced = reply.enhanced else { return false }
        return AddressStatus.bad.contains(enhanced)
    }

    /// True when the server has too much to do at present (RFC 5321 section 3.8: 421), which fewer lines may mend.
    package var saysBusy: Bool { scope == .server && reply.code == 421 }

    /// True for a refusal by policy (RFC 3463: X.7.X), which may be meant for all mail of this sender.
    package var saysPolicy: Bool { reply.enhanced?.hasPrefix("5.7.") ?? false }
}
