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
    /// Mails staff who have not chosen a password yet: one person, or everybody Pending whom this administrator may see.
    ///
    /// Nobody without an address, suspended or mailed within the last two minutes gets one. Returns nil when no
    /// such person is in the administrator's scope.
    package func inviteStaff(_ new: NewMailing, only: ID<Account>?, by administrator: Administrator) throws -> ID<
        Mailing
    >? {
        if let done = try mailing(act: new.act, by: administrator.id) { return done }
        let chosen: SQL = only.map { "a.id = \($0)" } ?? "TRUE"
        let found = try rows(
            """
            SELECT a.id, \(SQL.mailLanguage) AS language,
              \(SQL.staffSkip(at: new.now)) AS skip
            FROM account a LEFT JOIN school s ON s.id = a.school_id JOIN district d ON d.id = 'district'
            WHERE a.kind = 'staff' AND a.active_at IS NULL AND \(chosen) AND \(administrator.sees)
            ORDER BY a.sort_name, a.id
            """)
        guard !found.isEmpty else { return nil }
        var mint = new.mint
        let id: ID<Mailing> = mint.next()
        let entry: ID<AuditEntry> = mint.next()
        try record(
            .staffMailed, by: administrator.id, subject: only, count: found.count, detail: "mailing \(id)",
            id: entry, at: new.now)
        try insertMailing(new, id: id, kind: .staff, by: administrator.id)
        for row in found {
            let account: ID<Account> = try row["id"]
            if let skip: String = try row["skip"] {
                try execute(
                    "INSERT INTO mailing_skip (mailing_id, account_id, reason) VALUES (\(id), \(account), \(skip))")
            } else {
                try queueMail(
                    mint.next(), of: id, to: account, language: try row["language"], priority: only == nil ? 1 : 0,
                    at: new.now)
            }
        }
        try noteSchools(ofPeople: "SELECT o.account_id FROM mail o WHERE o.mailing_id = \(id)", for: entry)
        return id
    }
}
