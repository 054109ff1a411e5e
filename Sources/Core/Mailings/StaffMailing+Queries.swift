package import Storage

extension SQL {
    /// Why a staff account `a` that waits for a password gets no mail, as `mailing_skip.reason` has it; null for a mail.
    static func staffSkip(at now: Timestamp) -> SQL {
        """
        CASE
        WHEN a.suspended_at IS NOT NULL THEN 'suspended'
        WHEN a.address IS NULL THEN 'noAddress'
        WHEN a.mail_state IN ('queued', 'sending', 'in_data', 'deferred', 'held') THEN 'recent'
        WHEN a.mail_state = 'accepted' AND a.mail_at > \(now - .minutes(2)) THEN 'recent'
        END
        """
    }
}

extension Connection {
    /// Mails one member of staff who has not chosen a password yet. Nobody without an address, suspended or mailed within
    /// the last two minutes gets a mail.
    ///
    /// Returns nil when no such person is in the administrator's scope. The same act again changes nothing.
    package func inviteStaff(
        _ new: NewMailing, only person: ID<Account>, by administrator: Administrator
    ) throws -> ID<Mailing>? {
        if let done = try mailing(act: new.act, by: administrator.id) { return done }
        let found = try pendingStaff("a.id = \(person) AND \(administrator.sees)", limit: 1, at: new.now)
        guard !found.isEmpty else { return nil }
        return try write(new, to: found.map(\.candidate), about: person, by: administrator)
    }

    /// Mails everybody Pending in the scope who can be mailed, each once. The same act again changes nothing.
    ///
    /// Of more people than one short transaction can queue only the mailing is written: `fillOutbox` queues its mails.
    /// Returns nil when nobody gets a mail.
    package func invitePendingStaff(_ new: NewMailing, by administrator: Administrator) throws -> ID<Mailing>? {
        if let done = try mailing(act: new.act, by: administrator.id) { return done }
        // Who says "This was not me" is looked at one by one: the mailbox may be the trouble.
        let mine: SQL = "\(administrator.sees) AND a.disowned_at IS NULL"
        let few = try pendingStaff(mine, limit: OutboxFill.pressLimit + 1, at: new.now)
        guard few.count > OutboxFill.pressLimit else {
            guard few.contains(where: { $0.candidate.skip == nil }) else { return nil }
            return try write(new, to: few.map(\.candidate), about: nil, by: administrator)
        }
        let expected = try previewStaffMailing(by: administrator, naming: 0, at: new.now).mailed
        guard expected > 0 else { return nil }
        var mint = new.mint
        let id: ID<Mailing> = mint.next()
        let entry: ID<AuditEntry> = mint.next()
        try record(
            .staffMailed, by: administrator.id,
            people: """
                SELECT a.id FROM account a WHERE a.kind = 'staff' AND a.active_at IS NULL AND a.suspended_at IS NULL
                AND \(mine)
                """,
            count: expected, detail: "mailing \(id)", id: entry, at: new.now)
        try insertMailing(new.expecting(expected), id: id, kind: .staff, by: administrator.id, isQueueing: true)
        if !administrator.hasDistrict {
            // What is queued later goes by the scope of this moment.
            try execute(
                """
                INSERT INTO mailing_school (mailing_id, school_id)
                SELECT \(id), s.id FROM school s WHERE \(administrator.seesSchool)
                """)
        }
        return id
    }

    /// The first by name whom a mail to all Pending staff would reach.
    func firstToInvite(by administrator: Administrator, at now: Timestamp) throws -> MailingPreview.Person? {
        let isMailed: SQL = "\(administrator.sees) AND a.disowned_at IS NULL AND (\(SQL.staffSkip(at: now))) IS NULL"
        return try pendingStaff(isMailed, limit: 1, at: now).first?.candidate.person
    }

    private func write(
        _ new: NewMailing, to people: [MailingCandidate], about person: ID<Account>?, by administrator: Administrator
    ) throws -> ID<Mailing> {
        var mint = new.mint
        let id: ID<Mailing> = mint.next()
        let entry: ID<AuditEntry> = mint.next()
        try record(
            .staffMailed, by: administrator.id, subject: person, count: people.count { $0.skip == nil },
            detail: "mailing \(id)", id: entry, at: new.now)
        try insertMailing(new, id: id, kind: .staff, by: administrator.id)
        try distribute(
            people, of: id, from: 0, person == nil ? .mailing : .single, due: new.undoUntil, mint: mint, at: new.now)
        try noteSchools(ofPeople: "SELECT o.account_id FROM mail o WHERE o.mailing_id = \(id)", for: entry)
        return id
    }

    /// The next step of a mailing to all Pending staff: at most `limit` are looked at, by name from where the last step
    /// ended. Returns how many; 0 ends the mailing.
    func fillStaff(
        _ mailing: ID<Mailing>, after: String, looked: Int, due: Timestamp?, limit: Int, mint: IDMint, at now: Timestamp
    ) throws -> Int {
        let schools: SQL = "SELECT h.school_id FROM mailing_school h WHERE h.mailing_id = \(mailing)"
        let reach: SQL = """
            (NOT EXISTS (\(schools)) OR a.id IN (SELECT m.account_id FROM membership m WHERE m.school_id IN (\(schools))))
            AND NOT EXISTS (SELECT 1 FROM mail x WHERE x.mailing_id = \(mailing) AND x.account_id = a.id)
            AND NOT EXISTS (SELECT 1 FROM mailing_skip y WHERE y.mailing_id = \(mailing) AND y.account_id = a.id)
            AND a.disowned_at IS NULL
            """
        let people = try pendingStaff(reach, after: StudentCursor(after), limit: limit, at: now)
        guard let last = people.last else {
            try execute("UPDATE mailing SET is_queueing = FALSE WHERE id = \(mailing)")
            return 0
        }
        try distribute(people.map(\.candidate), of: mailing, from: looked, .mass, due: due, mint: mint, at: now)
        try execute(
            """
            UPDATE mailing SET queue_after = \(last.cursor.text), looked = \(looked + people.count)
            WHERE id = \(mailing)
            """)
        return people.count
    }

    /// Staff who wait for a password, by name, with the reason why they get no mail.
    private func pendingStaff(
        _ condition: SQL, after: StudentCursor? = nil, limit: Int, at now: Timestamp
    ) throws -> [(candidate: MailingCandidate, cursor: StudentCursor)] {
        let rest: SQL = after.map { "(a.sort_name, a.id) > (\($0.sortName), \($0.id))" } ?? "TRUE"
        return try rows(
            """
            SELECT \(MailingCandidate.columns), a.sort_name, \(SQL.staffSkip(at: now)) AS skip
            FROM account a \(MailingCandidate.places)
            WHERE a.kind = 'staff' AND a.active_at IS NULL AND a.suspended_at IS NULL AND \(condition) AND \(rest)
            ORDER BY a.sort_name, a.id LIMIT \(limit)
            """
        ).map { row in
            let candidate = try MailingCandidate(row: row)
            return (
                candidate, StudentCursor(place: 0, sortName: try row["sort_name"], id: candidate.person.id)
            )
        }
    }
}

extension NewMailing {
    /// The same, when so many mails were counted.
    fileprivate func expecting(_ count: Int) -> NewMailing {
        NewMailing(
            act: act, choice: choice, message: message, sender: sender, expected: count, undoUntil: undoUntil,
            mint: mint,
            now: now)
    }
}
