internal import Storage

extension Connection {
    /// Gives an account another address, or none, and voids the links that were mailed to the one before.
    ///
    /// `key` is `Address.key(address)`. The facts about the newest way in are named anew from what still works.
    package func changeAddress(of account: ID<Account>, to address: String?, key: String?, at now: Timestamp) throws {
        try execute(
            """
            UPDATE activation_link SET voided_at = \(now) WHERE account_id = \(account) AND voided_at IS NULL
            AND address = (SELECT a.address FROM account a WHERE a.id = \(account))
            """)
        try execute(
            """
            UPDATE account SET address = \(address), address_key = \(key), address_is_bad = FALSE WHERE id = \(account)
            """)
        try renameNewestLink(of: account, at: now)
    }

    /// Writes what the newest link that was mailed and still works says of the account: it may be none.
    private func renameNewestLink(of account: ID<Account>, at now: Timestamp) throws {
        let newest = try rows(
            """
            SELECT m.state, m.state_at, l.ends_at FROM mail m JOIN activation_link l ON l.id = m.link_id
            JOIN account a ON a.id = l.account_id
            WHERE m.account_id = \(account) AND m.state IN ('accepted', 'unknown') AND l.voided_at IS NULL
            AND l.ends_at > \(now) AND l.generation = a.generation
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
