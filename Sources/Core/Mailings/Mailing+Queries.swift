package import Storage

/// What Send needs to know; made outside the transaction, which may run twice.
package struct NewMailing: Sendable {
    /// Made with the form, so that pressing again finds what was done.
    package let act: ID<Act>
    package let choice: MailingChoice
    /// Already cleaned (`AdditionalMessage.cleaned`).
    package let message: String
    package let sender: SignedIn
    package var mint: IDMint
    package let now: Timestamp
    package init(
        act: ID<Act>, choice: MailingChoice, message: String, sender: SignedIn, mint: IDMint, now: Timestamp
    ) {
        self.act = act
        self.choice = choice
        self.message = message
        self.sender = sender
        self.mint = mint
        self.now = now
    }
}

/// The wording of the mails, fixed for a mailing when Send is pressed.
package enum MailTemplateVersion { package static let current = 1 }

extension Connection {
    /// Writes a mailing with one queued mail for each student who gets one. The same act again changes nothing.
    ///
    /// Returns nil when nobody of the choice gets a mail: then nothing is written.
    package func send(_ new: NewMailing, by teacher: Teacher) throws -> ID<Mailing>? {
        if let done = try mailing(act: new.act, by: teacher.id) { return done }
        let chosen = try candidates(new.choice, by: teacher, at: new.now)
        guard chosen.contains(where: { $0.skip == nil }) else { return nil }
        return try write(new, to: chosen, by: teacher, priority: 1)
    }

    /// Mails one student at once, with the default message. Skipped only when a mail could do no good.
    ///
    /// `again`: the teacher was asked and wants another mail although one was maybe sent. Nil for a student whom this
    /// teacher does not teach now.
    package func send(
        _ new: NewMailing, toOnly student: ID<Account>, again: Bool, by teacher: Teacher
    ) throws -> ID<Mailing>? {
        if let done = try mailing(act: new.act, by: teacher.id) { return done }
        guard try self.student(student, visibleTo: teacher, at: new.now) != nil else { return nil }
        let found = try candidates(where: "a.id = \(student)", mailedSince: new.now - .minutes(2), at: new.now)
        let allowed: Set<SkipReason> = again ? [.maybe, .bounced] : [.bounced]
        return try write(new, to: found.map { $0.letting(allowed) }, by: teacher, priority: 0)
    }

    /// The mailing that this act of this person has made, if it was pressed before.
    package func mailing(act: ID<Act>, by maker: ID<Account>) throws -> ID<Mailing>? {
        try value("SELECT id AS value FROM mailing WHERE act_id = \(act) AND made_by = \(maker)")
    }

    private func write(
        _ new: NewMailing, to candidates: [MailingCandidate], by teacher: Teacher, priority: Int
    ) throws -> ID<Mailing>? {
        guard !candidates.isEmpty else { return nil }
        var mint = new.mint
        let id: ID<Mailing> = mint.next()
        let mailed = candidates.filter { $0.skip == nil }
        try record(
            .mailingSent, by: teacher.id, subject: candidates.count == 1 ? candidates[0].person.id : nil,
            count: mailed.count, detail: "mailing \(id)", id: mint.next(), at: new.now)
        try insertMailing(new, id: id, kind: .student, by: teacher.id)
        for tracker in new.choice.trackers where !new.choice.allTrackers {
            try execute(
                """
                INSERT INTO mailing_tracker (mailing_id, tracker_id)
                SELECT \(id), \(tracker) WHERE \(tracker) IN (\(SQL.trackersTaught(by: teacher)))
                ON CONFLICT DO NOTHING
                """)
        }
        for candidate in candidates {
            if let skip = candidate.skip {
                try execute(
                    """
                    INSERT INTO mailing_skip (mailing_id, account_id, reason)
                    VALUES (\(id), \(candidate.person.id), \(skip.rawValue))
                    """)
            } else {
                try queueMail(
                    mint.next(), of: id, to: candidate.person.id, language: candidate.person.language,
                    priority: priority,
                    at: new.now)
            }
        }
        return id
    }

    func insertMailing(_ new: NewMailing, id: ID<Mailing>, kind: AccountKind, by maker: ID<Account>) throws {
        try execute(
            """
            INSERT INTO mailing (id, act_id, kind, made_by, made_at, sender_name, sender_place, all_trackers, message,
              template_version)
            VALUES (\(id), \(new.act), \(kind.rawValue), \(maker), \(new.now), \(new.sender.name),
              \(new.sender.place), \(new.choice.allTrackers), \(new.message), \(MailTemplateVersion.current))
            """)
    }

    /// Puts one activation email into the outbox and notes it on the account's row. `mailing` is nil where nobody pressed Send.
    func queueMail(
        _ mail: ID<OutgoingMail>, of mailing: ID<Mailing>?, to account: ID<Account>, language: String, priority: Int,
        at now: Timestamp
    ) throws {
        try execute(
            """
            INSERT INTO mail (id, mailing_id, account_id, state, state_at, priority, due_at, language)
            VALUES (\(mail), \(mailing), \(account), 'queued', \(now), \(priority), \(now), \(language))
            """)
        try execute(
            """
            UPDATE account SET mail_state = 'queued', mail_at = \(now), mail_reason = NULL WHERE id = \(account)
            """)
    }
}
