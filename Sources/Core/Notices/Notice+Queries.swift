package import Storage

extension Notice.Event {
    /// True for an account `a` whose mails somebody reads: who was never written to need not know that the address changed.
    fileprivate var concernsReader: SQL {
        self == .addressChanged ? "(a.active_at IS NOT NULL OR a.mail_at IS NOT NULL)" : "TRUE"
    }
}

extension Connection {
    /// Queues the notice of an event to the account's address on file, in the transaction of the event itself and after its
    /// change of the account; for a change of the address, before it.
    ///
    /// Says nothing and stops nothing where there is no good address, or where more were sent today than anybody reads.
    /// `actor` is the grown-up who did it; nil for the owner or a roster. `id` is drawn outside the transaction.
    package func queueNotice(
        of event: Notice.Event, about account: ID<Account>, by actor: ID<Account>? = nil, id: ID<OutgoingMail>,
        at now: Timestamp
    ) throws {
        let found = try rows(
            """
            SELECT \(SQL.mailLanguage) AS language
            FROM account a LEFT JOIN school s ON s.id = a.school_id JOIN district d ON d.id = 'district'
            WHERE a.id = \(account) AND a.address IS NOT NULL AND a.address_is_bad = FALSE AND \(event.concernsReader)
            """)
        guard let row = found.first, try claim(.notices(about: account), at: now) else { return }
        let language: String = try row["language"]
        // Behind every mail that somebody waits for.
        try execute(
            """
            INSERT INTO mail (id, kind, account_id, state, state_at, priority, due_at, address, language, edition)
            SELECT \(id), 'notice', a.id, 'queued', \(now), 2, \(now), a.address, \(language), \(SQL.newestEdition)
            FROM account a WHERE a.id = \(account)
            """)
        try execute(
            """
            INSERT INTO notice (mail_id, account_id, event, actor_id, generation, made_at, ends_at)
            SELECT \(id), a.id, \(event.rawValue), \(actor), a.generation, \(now), \(now + Notice.life)
            FROM account a WHERE a.id = \(account)
            """)
    }

    /// The notice behind a token; nil for what is no token of ours, and after its time.
    package func notice(_ token: Redacted<String>, keyring: Keyring, at now: Timestamp) throws -> Notice? {
        guard let token = NoticeToken.parse(token.value) else { return nil }
        let key: KeyID? = try value(
            "SELECT key_id AS value FROM notice WHERE mail_id = \(token.id) AND ends_at > \(now)")
        guard let key, try token.verify(keyID: key, keyring: keyring) else { return nil }
        return try fetchOne(
            """
            SELECT n.mail_id, n.account_id, n.event, n.made_at, n.disowned_at, n.closed_account, a.kind, a.given_name,
              p.given_name AS actor_given, p.family_name AS actor_family, coalesce(s.name, d.name) AS place,
              \(SQL.mailLanguage) AS language
            FROM notice n JOIN account a ON a.id = n.account_id LEFT JOIN account p ON p.id = n.actor_id
            LEFT JOIN school s ON s.id = a.school_id JOIN district d ON d.id = 'district'
            WHERE n.mail_id = \(token.id)
            """)
    }
}
