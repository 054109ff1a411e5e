package import Storage

extension Connection {
    /// Lets an invented person become active as everybody does, by a link of their own, at a moment that may lie behind us.
    ///
    /// `hash` is of a password that is no secret, and may be many people's. The notice of it has nobody who reads it.
    package func becomeActive(
        invented person: ID<Account>, hash: String, key: KeyID, on day: String, at now: Timestamp
    ) throws {
        var mint = IDMint(at: now)
        // It is used up in this transaction, so nobody can come in by guessing it.
        let link: ID<ActivationLink> = mint.next()
        try execute(
            """
            INSERT INTO activation_link (id, account_id, origin, key_id, generation, made_at, ends_at)
            SELECT \(link), a.id, 'terminal', \(key), a.generation, \(now), \(now + .hours(1))
            FROM account a WHERE a.id = \(person)
            """)
        _ = try becomeActive(by: .link(link), hash: hash, entry: mint.next(), on: day, at: now) { _, _ in }
        try execute(
            """
            UPDATE mail SET state = 'accepted', state_at = \(now) WHERE account_id = \(person) AND kind = 'notice'
            """)
    }
}
