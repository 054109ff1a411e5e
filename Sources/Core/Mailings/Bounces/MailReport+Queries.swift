package import Storage

extension Connection {
    /// Notes what a report says of the mail in whose return address it came. The same report again changes nothing.
    ///
    /// A mail is bounced once, and only one that had left. Of an active account only the mail's state changes.
    package func take(
        _ report: MailReport, for token: ReturnToken, keyring: Keyring, at now: Timestamp
    ) throws -> ReportOutcome {
        let found = try rows(
            """
            SELECT m.account_id, m.address, a.active_at FROM mail m JOIN account a ON a.id = m.account_id
            WHERE m.id = \(token.mail) AND m.address IS NOT NULL
            """
        ).first
        guard let row = found, try token.isGenuine(for: try row["address"], keyring: keyring) else { return .foreign }
        let account: ID<Account> = try row["account_id"]
        let activeAt: Timestamp? = try row["active_at"]
        switch report {
        case .delayed: return .unchanged
        case .arrived: return try settleAsAccepted(token.mail, of: account, isActive: activeAt != nil, at: now)
        case .failed(let kind, let reason):
            let bounce = Bounce(mail: token.mail, account: account, kind: kind, reason: reason, at: now)
            return try activeAt == nil ? note(bounce) : noteOnMail(bounce) ? .bounced : .unchanged
        }
    }

    /// When a mail last came back; nil when none ever did.
    package func lastBounce() throws -> Timestamp? {
        try value("SELECT max(state_at) AS value FROM mail WHERE state = 'bounced'")
    }

    /// Only a mail of which nobody knew: when it left stays as it is.
    private func settleAsAccepted(
        _ mail: ID<OutgoingMail>, of account: ID<Account>, isActive: Bool, at now: Timestamp
    ) throws -> ReportOutcome {
        let settled = try execute(
            "UPDATE mail SET state = 'accepted', reason = NULL WHERE id = \(mail) AND state = 'unknown'")
        guard settled == 1 else { return .unchanged }
        guard !isActive else { return .settled }
        try execute(
            """
            UPDATE account SET mail_state = 'accepted', mail_reason = NULL WHERE id = \(account) AND mail_state = 'unknown'
            AND mail_at = (SELECT m.state_at FROM mail m WHERE m.id = \(mail) AND m.kind = 'activation')
            """)
        try renameNewestLink(of: account, at: now)
        return .settled
    }

    private func note(_ bounce: Bounce) throws -> ReportOutcome {
        let (mail, now) = (bounce.mail, bounce.at)
        let spoils = try spoilsAddress(bounce)
        // A newer mail says more of the account than an older one that came back, unless the address itself is no good.
        if try !spoils && hasNewer(than: mail, of: bounce.account) {
            guard try noteOnMail(bounce) else { return .unchanged }
        } else {
            let hasMoved = try move(
                mail, where: Bounce.mayHappen, to: .bounced, reason: bounce.reason, by: nil, at: now)
            guard hasMoved else { return .unchanged }
            try execute("UPDATE mail SET bounce = \(bounce.kind.rawValue) WHERE id = \(mail)")
        }
        if spoils { try markAddressBad(of: mail, at: now) }
        // What came back opens nothing for anybody; an older mail or none is the way in now.
        try renameNewestLink(of: bounce.account, at: now)
        return .bounced
    }

    private func noteOnMail(_ bounce: Bounce) throws -> Bool {
        try execute(
            """
            UPDATE mail SET state = 'bounced', state_at = \(bounce.at), reason = \(bounce.reason),
              bounce = \(bounce.kind.rawValue), server_id = NULL, claim_id = NULL
            WHERE id = \(bounce.mail) AND \(Bounce.mayHappen)
            """) == 1
    }

    /// The first that says that there is no such address, or the fifth in a month.
    private func spoilsAddress(_ bounce: Bounce) throws -> Bool {
        if bounce.kind != .soft { return bounce.kind == .address }
        let others: Int? = try value(
            """
            SELECT count(*) AS value FROM mail o JOIN mail m ON m.id = \(bounce.mail)
            WHERE o.account_id = m.account_id AND o.address = m.address AND o.id <> m.id AND o.state = 'bounced'
              AND o.bounce = 'soft' AND o.state_at > \(bounce.at - BounceKind.memory)
            """)
        return (others ?? 0) + 1 >= BounceKind.patience
    }

    private func hasNewer(than mail: ID<OutgoingMail>, of account: ID<Account>) throws -> Bool {
        try exists(
            """
            SELECT o.id FROM mail o WHERE o.account_id = \(account) AND o.kind = 'activation' AND o.id > \(mail)
            AND o.state IN ('queued', 'sending', 'in_data', 'deferred', 'held', 'accepted', 'unknown')
            """)
    }
}

/// A mail that came back.
private struct Bounce {
    let mail: ID<OutgoingMail>
    let account: ID<Account>
    let kind: BounceKind
    let reason: String?
    let at: Timestamp

    /// From where a mail may have come back. One that is being taken: the report was faster than our note.
    static let mayHappen: SQL = "state IN ('in_data', 'accepted', 'unknown')"
}
