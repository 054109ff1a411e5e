package import Storage

/// A new address for somebody, or none, with all that its writing needs from outside the transaction.
package struct AddressChange: Sendable {
    package let account: ID<Account>
    /// One that `AddressFault` finds nothing wrong with; nil takes the address away.
    package let address: String?
    /// True where a person gave it: no roster changes it then.
    package let isPinned: Bool
    /// Who did it; nil for a roster.
    package let actor: ID<Account>?
    /// Of the audit row.
    package let entry: ID<AuditEntry>
    package let now: Timestamp
    package init(
        of account: ID<Account>, to address: String?, isPinned: Bool, by actor: ID<Account>?, entry: ID<AuditEntry>,
        at now: Timestamp
    ) {
        self.account = account
        self.address = address
        self.isPinned = isPinned
        self.actor = actor
        self.entry = entry
        self.now = now
    }
}

extension Connection {
    /// Gives an account another address, or none: by hand, by a list and by a roster, they all change it here.
    package func changeAddress(_ change: AddressChange) throws {
        try record(.addressChanged, by: change.actor, subject: change.account, id: change.entry, at: change.now)
        try writeAddress(change)
    }

    /// Keeps the address that an account has from every roster.
    package func pinAddress(
        of account: ID<Account>, by actor: ID<Account>, entry: ID<AuditEntry>, at now: Timestamp
    ) throws {
        try record(.addressPinned, by: actor, subject: account, id: entry, at: now)
        try execute("UPDATE account SET address_is_pinned = TRUE WHERE id = \(account)")
    }

    /// Goes back to what the roster says, now and from now on.
    package func unpinAddress(
        of account: ID<Account>, by actor: ID<Account>, entry: ID<AuditEntry>, at now: Timestamp
    ) throws {
        try record(.addressUnpinned, by: actor, subject: account, id: entry, at: now)
        let said: String? = try value("SELECT roster_address AS value FROM account WHERE id = \(account)")
        let address = said.flatMap { Address.key($0) == nil ? nil : $0 }
        let current: String? = try value("SELECT address_key AS value FROM account WHERE id = \(account)")
        guard current != address.flatMap(Address.key) else {
            try execute("UPDATE account SET address_is_pinned = FALSE WHERE id = \(account)")
            return
        }
        try writeAddress(
            AddressChange(of: account, to: address, isPinned: false, by: actor, entry: entry, at: now))
    }

    /// Voids the links that were mailed to the address before, only those, and names the newest way in anew from what still
    /// works. What was wrong with the address before is not said of the new one.
    private func writeAddress(_ change: AddressChange) throws {
        let (account, now) = (change.account, change.now)
        try queueNotice(
            of: .addressChanged, about: account, by: change.actor, id: ID(bytes: change.entry.bytes), at: now)
        try execute(
            """
            UPDATE activation_link SET voided_at = \(now) WHERE account_id = \(account) AND voided_at IS NULL
            AND address = (SELECT a.address FROM account a WHERE a.id = \(account))
            """)
        try execute(
            """
            UPDATE account SET address = \(change.address), address_key = \(change.address.flatMap(Address.key)),
              address_is_bad = FALSE, address_is_pinned = \(change.isPinned),
              mail_reason = CASE WHEN mail_state IN ('failed', 'bounced') THEN NULL ELSE mail_reason END,
              mail_state = CASE WHEN mail_state IN ('failed', 'bounced') THEN NULL ELSE mail_state END
            WHERE id = \(account)
            """)
        try renameNewestLink(of: account, at: now)
    }

    /// Writes what the newest link that was mailed and still works says of the account: it may be none.
    func renameNewestLink(of account: ID<Account>, at now: Timestamp) throws {
        let newest = try rows(
            """
            SELECT m.state, m.state_at, l.ends_at FROM mail m JOIN activation_link l ON l.id = m.link_id
            JOIN account a ON a.id = l.account_id
            WHERE m.account_id = \(account) AND m.kind = 'activation' AND m.state IN ('accepted', 'unknown')
            AND l.voided_at IS NULL AND l.ends_at > \(now) AND l.generation = a.generation
            ORDER BY m.state_at DESC LIMIT 1
            """
        ).first
        let state = try newest?.text("state").map { $0 == "accepted" ? "mailed" : "maybe" }
        let at = try newest.map { try $0["state_at"] as Timestamp }
        let ends = try newest.map { try $0["ends_at"] as Timestamp }
        try execute(
            """
            UPDATE account SET link_state = \(state), link_at = \(at), link_ends_at = \(ends) WHERE id = \(account)
            AND (link_state IS NOT NULL OR link_at IS NOT NULL OR link_ends_at IS NOT NULL)
            """)
    }
}
