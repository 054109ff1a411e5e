package import Storage

extension Connection {
    /// Claims mails that are due, those with the smaller priority first and of one priority in turns: each goes to `sending`
    /// with a link that lives anew.
    ///
    /// The person is read again here: who has become active, was suspended, has no address or was flagged since by "This was
    /// not me" gets none, and the mail is cancelled. A notice is sent whatever has happened since. `newLinks` holds at least `limit` ids, made outside the transaction; a mail that has a link keeps it.
    package func claimMails(
        limit: Int, newLinks: [ID<ActivationLink>], keyring: Keyring, after turns: MailTurns = MailTurns(),
        singlesOnly: Bool = false, by hand: MailClaim, at now: Timestamp
    ) throws -> [ClaimedMail] {
        var claimed: [ClaimedMail] = []
        var links = newLinks[...]
        var turns = turns
        while claimed.count < limit {
            let due = try dueMails(limit: limit - claimed.count, after: turns, singlesOnly: singlesOnly, at: now)
            if due.isEmpty { break }
            for mail in due {
                if let reason = try reasonToCancel(mail) {
                    if reason == .stopped || reason == .paused { try stop([mail], reason, at: now); continue }
                    try move(mail, to: .cancelled, reason: reason.rawValue, by: nil, at: now)
                } else if let link = links.popFirst() {
                    let mail = try claim(mail, newLink: link, keyring: keyring, by: hand, at: now)
                    turns.note(mail)
                    claimed.append(mail)
                } else {
                    return claimed
                }
            }
        }
        return claimed
    }

    private func reasonToCancel(_ mail: ID<OutgoingMail>) throws -> MailReason? {
        let reason: String? = try value(
            """
            SELECT CASE WHEN m.kind = 'notice' THEN CASE WHEN \(SQL.isNoBusinessOfTheirs) THEN 'suspended' END
              WHEN m.kind = 'activation' AND a.active_at IS NOT NULL THEN 'active'
              WHEN a.suspended_at IS NOT NULL THEN 'suspended' WHEN a.address IS NULL THEN 'noAddress'
              WHEN m.kind = 'renewal' AND a.active_at IS NULL THEN 'reset'
              WHEN a.disowned_at > coalesce(g.made_at, 0) THEN 'disowned' ELSE \(SQL.stop) END AS value
            FROM mail m JOIN account a ON a.id = m.account_id LEFT JOIN mailing g ON g.id = m.mailing_id
            WHERE m.id = \(mail)
            """)
        return reason.flatMap(MailReason.init)
    }

    private func claim(
        _ mail: ID<OutgoingMail>, newLink: ID<ActivationLink>, keyring: Keyring, by hand: MailClaim, at now: Timestamp
    ) throws -> ClaimedMail {
        let found = try rows(
            "SELECT m.kind, a.kind AS account_kind FROM mail m JOIN account a ON a.id = m.account_id WHERE m.id = \(mail)"
        )
        guard let row = found.first, let kind = AccountKind(rawValue: try row["account_kind"]) else {
            throw MissingColumn("account_kind")
        }
        switch try row["kind"] as MailKind {
        case .activation:
            try giveLink(newLink, to: mail, for: .activation, life: MailedLink.life, keyring: keyring, at: now)
        case .renewal:
            let life = ForgottenPassword.linkLife(for: kind)
            try giveLink(newLink, to: mail, for: .renewal, life: life, keyring: keyring, at: now)
        case .notice:
            try execute(
                """
                UPDATE notice SET key_id = \(keyring.current)
                WHERE mail_id = \(mail) AND (key_id IS NULL OR key_id NOT IN \(SQL.list(keyring.ids)))
                """)
        }
        try move(mail, to: .sending, reason: nil, by: hand, at: now)
        let joined = try rows(
            """
            SELECT m.id, m.kind, m.mailing_id, m.priority, m.account_id, a.kind AS account_kind, a.given_name, a.username, m.address, m.language,
              m.link_id, l.key_id, l.ends_at, coalesce(g.message, '') AS message, m.attempts, m.first_tried_at,
              coalesce(g.sender_name, s.name, d.name) AS sender_name,
              CASE WHEN g.id IS NOT NULL THEN g.sender_place WHEN s.id IS NULL THEN '' ELSE d.name END AS sender_place,
              m.mailing_id, coalesce(g.template_version, m.edition, 1) AS edition, a.school_id,
              coalesce(s.name, d.name) AS school, d.name AS district,
              n.event, n.made_at, n.key_id AS notice_key, p.given_name AS actor_given, p.family_name AS actor_family
            FROM mail m JOIN account a ON a.id = m.account_id JOIN district d ON d.id = 'district'
            LEFT JOIN school s ON s.id = a.school_id LEFT JOIN mailing g ON g.id = m.mailing_id
            LEFT JOIN activation_link l ON l.id = m.link_id LEFT JOIN notice n ON n.mail_id = m.id
            LEFT JOIN account p ON p.id = n.actor_id WHERE m.id = \(mail)
            """
        ).first
        guard let joined else { throw MissingColumn("mail") }
        let isNotice = try joined["kind"] as MailKind == .notice
        let own = try ownMailWords(
            MailLetter(try joined["kind"], to: kind), to: try joined["school_id"], in: try joined["edition"])
        return try ClaimedMail(row: joined, own: own, roster: isNotice ? try rosterNotice(of: mail) : nil)
    }

    /// A mail that has a link keeps it. A link that was voided, sent to another address, or made with a key that is gone opens
    /// nothing any more: then the mail gets a new one.
    private func giveLink(
        _ newLink: ID<ActivationLink>, to mail: ID<OutgoingMail>, for purpose: ActivationLink.Purpose, life: Span,
        keyring: Keyring, at now: Timestamp
    ) throws {
        let ends = now + life
        let renewed = try execute(
            """
            UPDATE activation_link SET ends_at = \(ends)
            WHERE id = (SELECT m.link_id FROM mail m WHERE m.id = \(mail)) AND voided_at IS NULL
            AND key_id IN \(SQL.list(keyring.ids))
            AND EXISTS (SELECT 1 FROM account a WHERE a.id = activation_link.account_id
              AND a.generation = activation_link.generation AND a.address = activation_link.address)
            """)
        if renewed == 0 {
            try execute(
                """
                INSERT INTO activation_link (id, account_id, origin, purpose, key_id, generation, address, made_at, ends_at)
                SELECT \(newLink), a.id, 'mail', \(purpose.rawValue), \(keyring.current), a.generation, a.address, \(now),
                  \(ends)
                FROM mail m JOIN account a ON a.id = m.account_id WHERE m.id = \(mail)
                """)
            try execute("UPDATE mail SET link_id = \(newLink) WHERE id = \(mail)")
        }
        try execute(
            """
            UPDATE mail SET address = (SELECT a.address FROM account a WHERE a.id = mail.account_id) WHERE id = \(mail)
            """)
    }
}

extension SQL {
    /// True for a notice `m` of a roster whose reader `a` does not administer the district any more.
    fileprivate static let isNoBusinessOfTheirs: SQL = """
        EXISTS (SELECT 1 FROM roster_notice q WHERE q.mail_id = m.id) AND (a.suspended_at IS NOT NULL OR NOT EXISTS
        (SELECT 1 FROM administrator r WHERE r.account_id = a.id AND r.scope = 'district'))
        """
}
