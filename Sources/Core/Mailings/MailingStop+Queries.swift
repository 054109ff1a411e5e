internal import Storage

extension Connection {
    /// Moves at most `limit` mails of a mailing to where it stands: cancelled, held, or back in line at their old place.
    /// Returns how many; 0 when all have followed.
    func follow(_ mailing: ID<Mailing>, limit: Int, at now: Timestamp) throws -> Int {
        let head = try rows("SELECT cancelled_at, paused_at FROM mailing WHERE id = \(mailing) \(.locked)").first
        let cancelled: Timestamp? = try head?["cancelled_at"]
        let paused: Timestamp? = try head?["paused_at"]
        let (condition, reason): (SQL, MailReason?) =
            if let cancelled {
                ("state IN ('queued', 'deferred', 'held') AND coalesce(again_at, 0) < \(cancelled)", .stopped)
            } else if let paused {
                (
                    """
                    (state IN ('queued', 'deferred') OR state = 'held' AND reason = \(MailReason.noServer.rawValue))
                    AND coalesce(again_at, 0) < \(paused)
                    """, .paused
                )
            } else { ("state = 'held' AND reason = \(MailReason.paused.rawValue)", nil) }
        let mails: [ID<OutgoingMail>] = try rows(
            """
            SELECT id FROM mail WHERE mailing_id = \(mailing) AND \(condition) ORDER BY position, id LIMIT \(limit)
            \(.locked)
            """
        ).map { try $0["id"] }
        guard !mails.isEmpty else {
            // What was locked by somebody else may have come back meanwhile; then it is looked at once more.
            let isThere = try exists("SELECT id FROM mail WHERE mailing_id = \(mailing) AND \(condition) LIMIT 1")
            if !isThere { try execute("UPDATE mailing SET is_moving = FALSE WHERE id = \(mailing)") }
            return 0
        }
        if let reason { try stop(mails, reason, at: now) } else { try letGo(mails, at: now) }
        return mails.count
    }

    /// Holds or cancels mails because their mailing was paused or cancelled (`reason`).
    func stop(_ mails: [ID<OutgoingMail>], _ reason: MailReason, at now: Timestamp) throws {
        let state: MailState = reason == .stopped ? .cancelled : .held
        for some in SQL.lists(mails.map(\.description)) {
            try execute(
                """
                UPDATE mail SET state = \(state.rawValue), state_at = \(now), reason = \(reason.rawValue) WHERE id IN \(some)
                """)
            let people: SQL = """
                id IN (SELECT m.account_id FROM mail m WHERE m.id IN \(some)) AND mail_state IN ('queued', 'deferred', 'held')
                """
            if reason == .stopped {
                try forgetMail(of: people)
            } else {
                try execute("UPDATE account SET mail_state = 'held', mail_reason = \(reason.rawValue) WHERE \(people)")
            }
        }
    }

    /// A mail that waits again goes the way of its mailing, where that was stopped while it was in a postman's hand.
    func stopWithMailing(_ mail: ID<OutgoingMail>, at now: Timestamp) throws {
        let reason: String? = try value(
            """
            SELECT \(SQL.stop) AS value FROM mail m JOIN mailing g ON g.id = m.mailing_id
            WHERE m.id = \(mail) AND m.state IN ('queued', 'deferred')
            """)
        if let reason = reason.flatMap(MailReason.init) { try stop([mail], reason, at: now) }
    }

    private func letGo(_ mails: [ID<OutgoingMail>], at now: Timestamp) throws {
        for some in SQL.lists(mails.map(\.description)) {
            try execute(
                """
                UPDATE mail SET state = CASE WHEN attempts > 0 AND due_at > \(now) THEN 'deferred' ELSE 'queued' END,
                  state_at = \(now), reason = NULL WHERE id IN \(some)
                """)
            try execute(
                """
                UPDATE account SET mail_state = 'queued', mail_reason = NULL
                WHERE id IN (SELECT m.account_id FROM mail m WHERE m.id IN \(some)) AND mail_state = 'held'
                  AND mail_reason = \(MailReason.paused.rawValue)
                """)
        }
    }

    /// As if the cancelled mails had never been: the row tells of the account's newest other mail, or of none.
    private func forgetMail(of people: SQL) throws {
        func newest(_ column: SQL) -> SQL {
            """
            (SELECT o.\(column) FROM mail o WHERE o.account_id = account.id AND o.kind = 'activation'
              AND o.state <> 'cancelled' AND (o.address IS NULL OR o.address = account.address)
              ORDER BY o.state_at DESC, o.id DESC LIMIT 1)
            """
        }
        try execute(
            """
            UPDATE account SET mail_state = \(newest("state")), mail_at = \(newest("state_at")),
              mail_reason = \(newest("reason")) WHERE \(people)
            """)
    }
}

extension SQL {
    /// Why a waiting mail `m` of a mailing `g` was stopped: a `MailReason`; null where it may leave.
    static let stop: SQL = """
        (CASE WHEN g.cancelled_at > coalesce(m.again_at, 0) THEN 'stopped'
          WHEN g.paused_at > coalesce(m.again_at, 0) THEN 'paused' END)
        """

    /// True for a mail whose mailing is not being stopped at this moment: nobody looks through thousands of them meanwhile.
    static let isFree: SQL = """
        (mailing_id IS NULL OR mailing_id NOT IN (SELECT g.id FROM mailing g
          WHERE g.is_moving AND (g.cancelled_at IS NOT NULL OR g.paused_at IS NOT NULL)))
        """
}
