import Storage

extension Connection {
    /// Who stands at a door; nil when it does not open.
    func newcomer(_ way: Activation.Way, at now: Timestamp) throws -> Newcomer? {
        switch way {
        case .link(let link): try newcomer(link: link, at: now)
        case .card(let sheet, let credential): try newcomer(sheet: sheet, credential: credential, at: now)
        case .credential(let credential): try newcomer(credential: credential, at: now)
        }
    }

    /// Gives whoever the way is for an own password, all at once or not at all. False when the way is closed.
    ///
    /// The guard stands in the statement that changes the account: of many tries, by one link or several, one finds the
    /// account as its way needs it: waiting, or for a renewal active with the password that was forgotten. With the
    /// generation all other ways are closed. `enter` begins the session of the one who got through.
    func becomeActive(
        by way: Activation.Way, hash: String, entry: ID<AuditEntry>, on day: String, at now: Timestamp,
        enter: (ID<Account>, AccountKind) throws -> Void
    ) throws -> Bool {
        let found = try rows(
            """
            UPDATE account AS a SET password_hash = \(hash), active_at = coalesce(a.active_at, \(now)),
              generation = generation + 1, credential_id = NULL, guessed_until = NULL,
              asked_at = NULL
            WHERE a.suspended_at IS NULL AND \(opens(way, at: now))
            RETURNING id, kind
            """)
        guard let row = found.first, let kind = AccountKind(rawValue: try row["kind"]) else { return false }
        let account: ID<Account> = try row["id"]
        let isRenewal = try isRenewal(way)
        try record(
            isRenewal ? .passwordChanged : .passwordChosen, by: account, subject: account, detail: way.inWords,
            id: entry, at: now)
        if !isRenewal { try countActivation(of: account, on: day, entry: entry) }
        if case .link(let link) = way { try settleMail(of: account, by: link, at: now) }
        try closeWaysIn(of: account, at: now)
        try queueNotice(
            of: isRenewal ? .passwordChanged : .passwordChosen, about: account, id: ID(bytes: entry.bytes), at: now)
        try enter(account, kind)
        return true
    }

    /// True for the account `a` whose door the way opens. Names one id, so that no other row is looked at.
    private func opens(_ way: Activation.Way, at now: Timestamp) -> SQL {
        switch way {
        case .link(let link):
            """
            a.id = (SELECT l.account_id FROM activation_link l WHERE l.id = \(link) AND \(Newcomer.linkIsOpen(at: now)))
            AND EXISTS (SELECT 1 FROM activation_link l WHERE l.id = \(link) AND l.generation = a.generation
              AND \(Newcomer.linkFits))
            """
        case .card(let sheet, let credential):
            """
            a.active_at IS NULL AND a.id = (SELECT w.account_id FROM credential w WHERE w.id = \(credential)
            AND \(Newcomer.credentialIsOpen(at: now)) AND EXISTS (SELECT 1 FROM card_sheet_line x
            JOIN card_sheet s ON s.id = x.sheet_id WHERE x.credential_id = w.id AND s.id = \(sheet) AND s.voided_at IS NULL))
            """
        case .credential(let credential):
            """
            a.active_at IS NULL AND a.id = (SELECT w.account_id FROM credential w WHERE w.id = \(credential)
            AND \(Newcomer.credentialIsOpen(at: now)))
            """
        }
    }

    private func isRenewal(_ way: Activation.Way) throws -> Bool {
        guard case .link(let link) = way else { return false }
        return try exists("SELECT id FROM activation_link WHERE id = \(link) AND purpose = 'renewal'")
    }

    /// A mail of which nobody knew whether it was sent has arrived: its link was used.
    private func settleMail(of account: ID<Account>, by link: ID<ActivationLink>, at now: Timestamp) throws {
        let settled = try execute(
            """
            UPDATE mail SET state = 'accepted', state_at = \(now), reason = NULL
            WHERE account_id = \(account) AND link_id = \(link) AND state = 'unknown'
            """)
        guard settled > 0 else { return }
        try execute(
            """
            UPDATE account SET mail_state = 'accepted', mail_reason = NULL WHERE id = \(account) AND mail_state = 'unknown'
              AND NOT EXISTS (SELECT 1 FROM mail o WHERE o.account_id = \(account) AND o.state = 'unknown'
              AND o.kind = 'activation')
            """)
    }
}

extension Activation.Way {
    /// For the audit.
    fileprivate var inWords: String {
        switch self {
        case .link: "link"
        case .card: "card"
        case .credential: "temporary password"
        }
    }
}
