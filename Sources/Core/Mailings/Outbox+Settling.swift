package import Storage

extension Connection {
    /// Notes that the mail server asks for the body: from here on a crash leaves the mail's fate unknown.
    ///
    /// False when the claim holds no more: others have taken the mail up, and its body must not follow.
    package func markInData(_ mail: ID<OutgoingMail>, by hand: MailClaim, at now: Timestamp) throws -> Bool {
        try move(
            mail, where: "state = 'sending' AND claim_id = \(hand.id)", to: .inData, reason: nil, by: hand, at: now)
    }

    /// Notes what became of a mail that was in this hand. One that is not in it stays as it is, so that noting it again does
    /// no harm.
    package func settle(
        _ mail: ID<OutgoingMail>, _ outcome: MailOutcome, by hand: MailClaim, at now: Timestamp
    ) throws {
        try settle(mail, outcome, where: "state IN ('sending', 'in_data') AND claim_id = \(hand.id)", at: now)
    }

    private func settle(
        _ mail: ID<OutgoingMail>, _ outcome: MailOutcome, where condition: SQL, at now: Timestamp
    ) throws {
        guard try move(mail, where: condition, to: outcome.state, reason: outcome.reason, by: nil, at: now) else {
            return
        }
        switch outcome {
        case .released: try stopWithMailing(mail, at: now)
        case .deferred(_, let until):
            try charge(mail, at: now)
            try execute("UPDATE mail SET due_at = \(until) WHERE id = \(mail)")
            try stopWithMailing(mail, at: now)
        case .accepted:
            try charge(mail, at: now)
            try noteWayIn(by: mail, state: "mailed", at: now)
        case .unknown:
            try charge(mail, at: now)
            try noteWayIn(by: mail, state: "maybe", at: now)
        case .failed(_, let addressIsBad):
            try charge(mail, at: now)
            if addressIsBad { try markAddressBad(of: mail, at: now) }
        }
    }

    /// The claims that stand in a server's name.
    package func claims(of server: ID<RunningServer>) throws -> [ID<MailClaim>] {
        try rows(
            """
            SELECT DISTINCT claim_id FROM mail
            WHERE \(.isInHand) AND server_id = \(server) AND claim_id IS NOT NULL
            """
        ).map { try $0["claim_id"] }
    }

    /// Puts right what a server left that ended at work: what had not begun to leave goes back into the queue, what was
    /// being taken is unknown. With a mail server, mails that were held for want of one go back too.
    ///
    /// `server` asks: of what it has in hand itself only the `lost` claims are left.
    package func recoverOutbox(
        hasServer: Bool, by server: ID<RunningServer>, lost: [ID<MailClaim>] = [], at now: Timestamp
    ) throws {
        let isLeft: SQL = """
            \(.isInHand) AND (claim_id IN \(SQL.list(lost))
              OR \(SQL.isOrphan("server_id", at: now)) AND coalesce(server_id, '') <> \(server))
            """
        for row in try rows("SELECT id, state FROM mail WHERE \(isLeft) ORDER BY id \(.skipLocked)") {
            let state: MailState = try row["state"]
            let outcome: MailOutcome = state == .inData ? .unknown(reason: MailReason.interrupted.rawValue) : .released
            try settle(try row["id"], outcome, where: isLeft, at: now)
        }
        guard hasServer else { return }
        let held: SQL =
            "state IN ('sending', 'in_data', 'held') AND state = 'held' AND reason = \(MailReason.noServer.rawValue)"
        try moveAll(where: held, to: .queued, reason: nil, at: now)
    }

    /// Holds everything that waits to be sent: there is no mail server. Returns how many mails that are.
    @discardableResult package func holdMails(at now: Timestamp) throws -> Int {
        // Each in the words of its index (`mail_due`, `mail_turns`).
        try (["priority = 0", "priority > 0"] as [SQL]).reduce(0) { held, which in
            try held
                + moveAll(where: "\(which) AND state IN ('queued', 'deferred')", to: .held, reason: .noServer, at: now)
        }
    }

    /// Changes a mail's state, and says so on the account's row if it is an activation email: its facts are those of the one
    /// that changed last. That an address of before refused a mail says nothing of the account any more.
    ///
    /// It is in this hand from now on. False, and nothing done, where `condition` does not hold for the mail.
    @discardableResult func move(
        _ mail: ID<OutgoingMail>, where condition: SQL = "TRUE", to state: MailState, reason: String?,
        by hand: MailClaim?, at now: Timestamp
    ) throws -> Bool {
        let handed: Timestamp? = state == .inData ? now : nil
        let moved = try execute(
            """
            UPDATE mail SET state = \(state.rawValue), state_at = \(now), reason = \(reason),
              handed_at = coalesce(\(handed), handed_at), server_id = \(hand?.server), claim_id = \(hand?.id)
            WHERE id = \(mail) AND \(condition)
            """)
        guard moved == 1 else { return false }
        if [.failed, .bounced].contains(state), try wentToFormerAddress(mail) {
            try tellOfOthers(than: mail)
            return true
        }
        try execute(
            """
            UPDATE account SET mail_state = \(state.rawValue), mail_at = \(now), mail_reason = \(reason)
            WHERE id = (SELECT m.account_id FROM mail m WHERE m.id = \(mail) AND m.kind = 'activation')
            """)
        return true
    }

    private func wentToFormerAddress(_ mail: ID<OutgoingMail>) throws -> Bool {
        try exists(
            """
            SELECT m.id FROM mail m JOIN account a ON a.id = m.account_id WHERE m.id = \(mail) AND m.kind = 'activation'
            AND m.address IS NOT NULL AND (a.address IS NULL OR a.address <> m.address)
            """)
    }

    /// Writes on the account's row what is known of its other activation emails: to the address of now, or still to leave.
    private func tellOfOthers(than mail: ID<OutgoingMail>) throws {
        let newest = try rows(
            """
            SELECT o.state, o.state_at, o.reason FROM mail m JOIN account a ON a.id = m.account_id
            JOIN mail o ON o.account_id = a.id AND o.id <> m.id AND o.kind = 'activation'
            WHERE m.id = \(mail) AND (o.address = a.address OR o.state IN ('queued', 'deferred', 'held'))
            ORDER BY o.state_at DESC, o.id DESC LIMIT 1
            """
        ).first
        let (state, reason) = (try newest?.text("state"), try newest?.text("reason"))
        let at = try newest.map { try $0["state_at"] as Timestamp }
        try execute(
            """
            UPDATE account SET mail_state = \(state), mail_reason = \(reason), mail_at = coalesce(\(at), mail_at)
            WHERE id = (SELECT m.account_id FROM mail m WHERE m.id = \(mail))
            """)
    }

    @discardableResult private func moveAll(
        where condition: SQL, to state: MailState, reason: MailReason?, at now: Timestamp
    ) throws -> Int {
        try execute(
            """
            UPDATE account SET mail_state = \(state.rawValue), mail_at = \(now), mail_reason = \(reason?.rawValue)
            WHERE id IN (SELECT account_id FROM mail WHERE kind = 'activation' AND \(condition))
            """)
        return try execute(
            """
            UPDATE mail SET state = \(state.rawValue), state_at = \(now), reason = \(reason?.rawValue), due_at = \(now)
            WHERE \(condition)
            """)
    }

    private func charge(_ mail: ID<OutgoingMail>, at now: Timestamp) throws {
        try execute(
            """
            UPDATE mail SET attempts = attempts + 1, first_tried_at = coalesce(first_tried_at, \(now)) WHERE id = \(mail)
            """)
    }

    /// The mail's link is the newest way in, unless it was closed while the mail was on its way.
    private func noteWayIn(by mail: ID<OutgoingMail>, state: String, at now: Timestamp) throws {
        let link: SQL = "SELECT m.link_id FROM mail m WHERE m.id = \(mail) AND m.kind = 'activation'"
        try execute(
            """
            UPDATE account SET link_state = \(state), link_at = \(now),
              link_ends_at = (SELECT l.ends_at FROM activation_link l WHERE l.id = (\(link)))
            WHERE id = (SELECT l.account_id FROM activation_link l WHERE l.id = (\(link)) AND l.voided_at IS NULL
              AND l.generation = account.generation)
            """)
    }

    /// The links that went to a bad address die with it, only those.
    func markAddressBad(of mail: ID<OutgoingMail>, at now: Timestamp) throws {
        let isHere: SQL = """
            EXISTS (SELECT 1 FROM mail m WHERE m.id = \(mail) AND m.account_id = account.id AND m.address = account.address)
            """
        let marked = try execute(
            """
            UPDATE account SET address_is_bad = TRUE, link_state = NULL, link_at = NULL, link_ends_at = NULL WHERE \(isHere)
            """)
        guard marked > 0 else { return }
        try execute(
            """
            UPDATE activation_link SET voided_at = \(now) WHERE origin = 'mail' AND voided_at IS NULL
            AND account_id = (SELECT m.account_id FROM mail m WHERE m.id = \(mail))
            AND address = (SELECT m.address FROM mail m WHERE m.id = \(mail))
            """)
    }
}

extension SQL {
    /// A server has the mail in hand. The list is that of the index `mail_under_way`, so that nobody reads the whole outbox.
    fileprivate static let isInHand: SQL = "state IN ('sending', 'in_data', 'held') AND state <> 'held'"
}
