package import Storage

/// A large mailing on its way into the outbox (design section 7: no long writer).
package enum OutboxFill {
    /// Up to so many people are queued in the transaction of the press.
    package static let pressLimit = 400
}

extension Connection {
    /// The next step of the oldest mailing that is still being queued: at most `limit` people are looked at, and how far it
    /// is stands beside their mails. Nobody is looked at twice, so no step that runs again makes a second mail.
    ///
    /// Returns how many people were looked at; nil when no mailing waits. Rights were checked at the press.
    package func fillOutbox(limit: Int, mint: IDMint, at now: Timestamp) throws -> Int? {
        let found = try rows(
            """
            SELECT id, kind, queue_school, queue_after, looked, undo_until FROM mailing
            WHERE is_queueing AND paused_at IS NULL ORDER BY made_at, id LIMIT 1 \(.skipLocked)
            """)
        guard let row = found.first else { return nil }
        let mailing: ID<Mailing> = try row["id"]
        let looked: Int = try row["looked"]
        let due: Timestamp? = try row["undo_until"]
        if try row.text("kind") == AccountKind.staff.rawValue {
            return try fillStaff(
                mailing, after: try row["queue_after"], looked: looked, due: due, limit: limit, mint: mint,
                at: now)
        }
        var school: String = try row["queue_school"]
        var people = try waiting(of: mailing, in: school, after: try row["queue_after"], limit: limit, at: now)
        while people.isEmpty {
            let next: String? = try value(
                "SELECT min(school_id) AS value FROM mailing_school WHERE mailing_id = \(mailing) AND school_id > \(school)"
            )
            guard let next else {
                try execute("UPDATE mailing SET is_queueing = FALSE WHERE id = \(mailing)")
                return 0
            }
            school = next
            people = try waiting(of: mailing, in: school, after: "", limit: limit, at: now)
        }
        try distribute(people, of: mailing, from: looked, .mass, due: due, mint: mint, at: now)
        try execute(
            """
            UPDATE mailing SET queue_school = \(school), queue_after = \(people[people.count - 1].person.id),
              looked = \(looked + people.count) WHERE id = \(mailing)
            """)
        return people.count
    }

    /// Students of a school of whom this mailing knows nothing yet: one of two schools is met twice.
    private func waiting(
        of mailing: ID<Mailing>, in school: String, after: String, limit: Int, at now: Timestamp
    ) throws -> [MailingCandidate] {
        let skip = SkipReason.sql(mailedSince: now - SkipReason.patience, at: now)
        return try fetchAll(
            """
            SELECT \(MailingCandidate.columns), \(skip) AS skip
            FROM membership m JOIN account a ON a.id = m.account_id \(MailingCandidate.places)
            WHERE m.school_id = \(school) AND m.account_id > \(after) AND a.kind = 'student'
              AND \(StudentState.isListed)
              AND NOT EXISTS (SELECT 1 FROM mail x WHERE x.mailing_id = \(mailing) AND x.account_id = a.id)
              AND NOT EXISTS (SELECT 1 FROM mailing_skip y WHERE y.mailing_id = \(mailing) AND y.account_id = a.id)
            ORDER BY m.account_id LIMIT \(limit)
            """)
    }

    /// Queues a mail for each who gets one, due now or when the time to undo is over, and notes of the others why they get none.
    func distribute(
        _ candidates: [MailingCandidate], of mailing: ID<Mailing>, from position: Int, _ priority: MailPriority,
        due: Timestamp?, mint: IDMint, at now: Timestamp
    ) throws {
        var mint = mint
        var mails = BulkRows(columns: 9)
        var skips = BulkRows(columns: 4)
        var mailed: [String] = []
        for (index, candidate) in candidates.enumerated() {
            let person = candidate.person
            let place = SQLValue.integer(position + index)
            if let skip = candidate.skip {
                skips.add([.id(mailing), .id(person.id), .text(skip.rawValue), place])
            } else {
                let mail: ID<OutgoingMail> = mint.next()
                mails.add([
                    .id(mail), .id(mailing), .id(person.id), .text("queued"), now.sqlValue, .integer(priority.rawValue),
                    (due ?? now).sqlValue, .text(person.language), place,
                ])
                mailed.append(person.id.description)
            }
        }
        try append(
            mails, to: "mail",
            columns: "id, mailing_id, account_id, state, state_at, priority, due_at, language, position")
        try append(skips, to: "mailing_skip", columns: "mailing_id, account_id, reason, position")
        for people in SQL.lists(mailed) {
            try execute(
                "UPDATE account SET mail_state = 'queued', mail_at = \(now), mail_reason = NULL WHERE id IN \(people)")
        }
    }
}
