package import Storage

/// How long a mailed link works, counted from the last try to send it.
package enum MailedLink { package static let life = Span.days(14) }

extension Connection {
    /// Claims mails that are due, those with the smaller priority first: each goes to `sending` with a link that lives anew.
    ///
    /// The person is read again here: who has become active, was suspended or has no address gets none, and the mail is
    /// cancelled. `newLinks` holds at least `limit` ids, made outside the transaction; a mail that has a link keeps it.
    package func claimMails(
        limit: Int, newLinks: [ID<ActivationLink>], keyring: Keyring, at now: Timestamp
    ) throws -> [ClaimedMail] {
        var claimed: [ClaimedMail] = []
        var links = newLinks[...]
        while claimed.count < limit {
            let due = try rows(
                """
                SELECT id FROM mail WHERE state IN ('queued', 'deferred') AND due_at <= \(now)
                ORDER BY priority, due_at, id LIMIT \(limit - claimed.count) \(.skipLocked)
                """)
            if due.isEmpty { break }
            for row in due {
                let mail: ID<OutgoingMail> = try row["id"]
                if let reason = try reasonToCancel(mail) {
                    try move(mail, to: .cancelled, reason: reason.rawValue, at: now)
                } else if let link = links.popFirst() {
                    claimed.append(try claim(mail, newLink: link, keyring: keyring, at: now))
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
            SELECT CASE WHEN a.active_at IS NOT NULL THEN 'active' WHEN a.suspended_at IS NOT NULL THEN 'suspended'
              WHEN a.address IS NULL THEN 'noAddress' END AS value
            FROM mail m JOIN account a ON a.id = m.account_id WHERE m.id = \(mail)
            """)
        return reason.flatMap(MailReason.init)
    }

    private func claim(
        _ mail: ID<OutgoingMail>, newLink: ID<ActivationLink>, keyring: Keyring, at now: Timestamp
    ) throws -> ClaimedMail {
        let ends = now + MailedLink.life
        // A link that was voided, sent to another address, or made with a key that is gone opens nothing any more.
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
                INSERT INTO activation_link (id, account_id, origin, key_id, generation, address, made_at, ends_at)
                SELECT \(newLink), a.id, 'mail', \(keyring.current), a.generation, a.address, \(now), \(ends)
                FROM mail m JOIN account a ON a.id = m.account_id WHERE m.id = \(mail)
                """)
            try execute("UPDATE mail SET link_id = \(newLink) WHERE id = \(mail)")
        }
        try execute(
            """
            UPDATE mail SET address = (SELECT a.address FROM account a WHERE a.id = mail.account_id) WHERE id = \(mail)
            """)
        try move(mail, to: .sending, reason: nil, at: now)
        let claimed: ClaimedMail? = try fetchOne(
            """
            SELECT m.id, m.account_id, a.kind, a.given_name, a.username, m.address, m.language, m.link_id, l.key_id,
              l.ends_at, g.sender_name, g.sender_place, g.message, m.attempts, m.first_tried_at
            FROM mail m JOIN account a ON a.id = m.account_id JOIN mailing g ON g.id = m.mailing_id
            JOIN activation_link l ON l.id = m.link_id WHERE m.id = \(mail)
            """)
        guard let claimed else { throw MissingColumn("link_id") }
        return claimed
    }
}
