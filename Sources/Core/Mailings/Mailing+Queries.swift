package import Storage

/// What Send needs to know; made outside the transaction, which may run twice.
package struct NewMailing: Sendable {
    /// Made with the form, so that pressing again finds what was done.
    package let act: ID<Act>
    package let choice: MailingChoice
    /// Already cleaned (`AdditionalMessage.cleaned`).
    package let message: String
    package let sender: SignedIn
    /// How many mails the preview counted: what a choice too large for the press goes by.
    package let expected: Int
    /// Until when nothing leaves, so that the press can be undone; nil where the mail goes at once.
    package let undoUntil: Timestamp?
    package var mint: IDMint
    package let now: Timestamp
    package init(
        act: ID<Act>, choice: MailingChoice, message: String, sender: SignedIn, expected: Int = 0,
        undoUntil: Timestamp? = nil, mint: IDMint, now: Timestamp
    ) {
        self.act = act
        self.choice = choice
        self.message = message
        self.sender = sender
        self.expected = expected
        self.undoUntil = undoUntil
        self.mint = mint
        self.now = now
    }
}

/// Which mails go first: one row's single mail overtakes a class, and a class overtakes a district.
enum MailPriority: Int { case single, mailing, mass }

extension Connection {
    /// Writes a mailing with one queued mail for each student who gets one. The same act again changes nothing.
    ///
    /// Of a choice of whole schools only the mailing is written: `fillOutbox` queues its mails. Returns nil when nobody of
    /// the choice gets a mail: then nothing is written.
    package func send(_ new: NewMailing, by sender: StudentViewer) throws -> ID<Mailing>? {
        if let done = try mailing(act: new.act, by: sender.id) { return done }
        if case .administrator(let administrator, _) = sender, try isMass(new.choice, of: administrator) {
            return try new.expected == 0 ? nil : writeMass(new, by: sender)
        }
        let chosen = try candidates(
            where: sender.chose(new.choice), mailedSince: new.now - SkipReason.patience, at: new.now)
        guard chosen.contains(where: { $0.skip == nil }) else { return nil }
        return try write(new, to: chosen, by: sender, .mailing)
    }

    /// Mails one student at once, with the default message. Skipped only when a mail could do no good.
    ///
    /// `again`: the sender was asked and wants another mail although one was maybe sent. Nil for a student whom the
    /// sender may not see now.
    package func send(
        _ new: NewMailing, toOnly student: ID<Account>, again: Bool, by sender: StudentViewer
    ) throws -> ID<Mailing>? {
        if let done = try mailing(act: new.act, by: sender.id) { return done }
        let found = try candidates(
            where: "a.id = \(student) AND \(sender.sees)", mailedSince: new.now - .minutes(2), at: new.now)
        let allowed: Set<SkipReason> = again ? [.maybe, .bounced] : [.bounced]
        return try write(new, to: found.map { $0.letting(allowed) }, by: sender, .single)
    }

    /// The mailing that this act of this person has made, if it was pressed before.
    package func mailing(act: ID<Act>, by maker: ID<Account>) throws -> ID<Mailing>? {
        try value("SELECT id AS value FROM mailing WHERE act_id = \(act) AND made_by = \(maker)")
    }

    /// True for more people than one short transaction can queue.
    private func isMass(_ choice: MailingChoice, of administrator: Administrator) throws -> Bool {
        let schools = StudentViewer.schools(choice, administrator)
        let people: Int? = try value(
            """
            SELECT count(*) AS value FROM (SELECT 1 AS one FROM membership m WHERE m.school_id IN (\(schools))
              LIMIT \(OutboxFill.pressLimit + 1)) few
            """)
        return people ?? 0 > OutboxFill.pressLimit
    }

    private func writeMass(_ new: NewMailing, by sender: StudentViewer) throws -> ID<Mailing> {
        var mint = new.mint
        let id: ID<Mailing> = mint.next()
        let entry: ID<AuditEntry> = mint.next()
        try record(.mailingSent, by: sender.id, count: new.expected, detail: "mailing \(id)", id: entry, at: new.now)
        try insertMailing(new, id: id, kind: .student, by: sender.id, isForSchools: true, isQueueing: true)
        try insertGroups(of: new.choice, mailing: id, by: sender)
        // Who gets a mail is found while it is queued; what stands here is how many students were chosen.
        try execute(
            """
            INSERT INTO audit_school (audit_id, school_id, act, count)
            SELECT u.id, g.school_id, u.act, coalesce((SELECT CAST(sum(n.number) AS BIGINT) FROM student_tally n
              WHERE n.school_id = g.school_id AND n.grade = ''), 0)
            FROM audit u JOIN mailing_school g ON g.mailing_id = \(id) WHERE u.id = \(entry)
            """)
        return id
    }

    private func write(
        _ new: NewMailing, to candidates: [MailingCandidate], by sender: StudentViewer, _ priority: MailPriority
    ) throws -> ID<Mailing>? {
        guard !candidates.isEmpty else { return nil }
        var mint = new.mint
        let id: ID<Mailing> = mint.next()
        let mailed = candidates.filter { $0.skip == nil }
        let entry: ID<AuditEntry> = mint.next()
        try record(
            .mailingSent, by: sender.id, subject: candidates.count == 1 ? candidates[0].person.id : nil,
            count: mailed.count, detail: "mailing \(id)", id: entry, at: new.now)
        try insertMailing(new, id: id, kind: .student, by: sender.id, isForSchools: sender.isForSchools)
        try insertGroups(of: new.choice, mailing: id, by: sender)
        try distribute(candidates, of: id, from: 0, priority, due: new.undoUntil, mint: mint, at: new.now)
        try noteSchools(ofPeople: "SELECT o.account_id FROM mail o WHERE o.mailing_id = \(id)", for: entry)
        return id
    }

    /// The chosen trackers or schools; what the sender may not choose is left out. All Schools are written one by one,
    /// so that what is queued later goes by the scope of this moment.
    private func insertGroups(of choice: MailingChoice, mailing: ID<Mailing>, by sender: StudentViewer) throws {
        if choice.isEmpty { return }
        switch sender {
        case .teacher(let teacher):
            if choice.isAll { return }
            try execute(
                """
                INSERT INTO mailing_tracker (mailing_id, tracker_id)
                SELECT \(mailing), k.id FROM tracker k WHERE k.id IN (\(StudentViewer.trackers(choice, teacher)))
                """)
        case .administrator(let administrator, _):
            try execute(
                """
                INSERT INTO mailing_school (mailing_id, school_id)
                SELECT \(mailing), k.id FROM school k WHERE k.id IN (\(StudentViewer.schools(choice, administrator)))
                """)
        }
    }

    func insertMailing(
        _ new: NewMailing, id: ID<Mailing>, kind: AccountKind, by maker: ID<Account>, isForSchools: Bool = false,
        isQueueing: Bool = false
    ) throws {
        try execute(
            """
            INSERT INTO mailing (id, act_id, kind, made_by, made_at, sender_name, sender_place, all_trackers, message,
              template_version, for_schools, is_queueing, expected, undo_until)
            VALUES (\(id), \(new.act), \(kind.rawValue), \(maker), \(new.now), \(new.sender.name),
              \(new.sender.place), \(new.choice.isAll), \(new.message), \(SQL.newestEdition),
              \(isForSchools), \(isQueueing), \(new.expected), \(new.undoUntil))
            """)
    }

    /// Puts one activation email into the outbox and notes it on the account's row. `mailing` is nil where nobody pressed Send.
    func queueMail(
        _ mail: ID<OutgoingMail>, of mailing: ID<Mailing>?, to account: ID<Account>, language: String, priority: Int,
        at now: Timestamp
    ) throws {
        try execute(
            """
            INSERT INTO mail (id, mailing_id, account_id, state, state_at, priority, due_at, language, edition)
            VALUES (\(mail), \(mailing), \(account), 'queued', \(now), \(priority), \(now), \(language),
              \(SQL.newestEdition))
            """)
        try execute(
            """
            UPDATE account SET mail_state = 'queued', mail_at = \(now), mail_reason = NULL WHERE id = \(account)
            """)
    }
}
