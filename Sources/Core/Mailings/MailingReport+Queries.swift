package import Storage

extension Connection {
    /// A mailing with the fate of its mails, for the person who sent it; nil for everybody else.
    ///
    /// Addresses are shown only of students that this teacher still teaches (and of staff).
    package func mailingReport(
        _ id: ID<Mailing>, by maker: Teacher, after: String? = nil, limit: Int = 200, at now: Timestamp
    ) throws -> MailingReport? {
        let found = try rows(
            "SELECT made_at, sender_name, all_trackers, message FROM mailing WHERE id = \(id) AND made_by = \(maker.id)"
        )
        guard let head = found.first else { return nil }
        var counts: [MailState: Int] = [:]
        try forEachRow("SELECT state, count(*) AS number FROM mail WHERE mailing_id = \(id) GROUP BY state") { row in
            counts[try row["state"]] = try row["number"]
        }
        let fates = try fates(of: id, by: maker, after: after.flatMap(StudentCursor.init), limit: limit + 1)
        let shown = fates.prefix(limit)
        return MailingReport(
            id: id, madeAt: try head["made_at"], madeBy: try head["sender_name"], isMine: true,
            allTrackers: try head["all_trackers"], trackers: try mailingTrackers(id), message: try head["message"],
            counts: counts, mails: shown.map(\.fate), skipped: try skipped(of: id),
            next: fates.count > limit ? shown.last?.cursor.text : nil)
    }

    private func fates(
        of mailing: ID<Mailing>, by maker: Teacher, after: StudentCursor?, limit: Int
    ) throws -> [(fate: MailFate, cursor: StudentCursor)] {
        let mine = SQL.students(of: SQL.trackersTaught(by: maker), on: maker.day)
        // Those that need somebody first, then those on their way.
        let place: SQL = """
            CASE m.state WHEN 'failed' THEN 0 WHEN 'bounced' THEN 1 WHEN 'unknown' THEN 2 WHEN 'held' THEN 3
            WHEN 'deferred' THEN 4 WHEN 'sending' THEN 5 WHEN 'in_data' THEN 5 WHEN 'queued' THEN 6 WHEN 'cancelled' THEN 7
            ELSE 8 END
            """
        let rest: SQL =
            after.map { "(\(place), a.sort_name, a.id) > (\($0.place), \($0.sortName), \($0.id))" } ?? "TRUE"
        return try rows(
            """
            SELECT m.id, a.id AS student, a.given_name, a.family_name, a.sort_name, a.username, m.state, m.state_at,
              m.due_at, m.reason, a.active_at, \(place) AS place,
              CASE WHEN a.kind = 'staff' OR a.id IN (\(mine)) THEN coalesce(m.address, a.address) END AS address
            FROM mail m JOIN account a ON a.id = m.account_id
            WHERE m.mailing_id = \(mailing) AND \(rest)
            ORDER BY place, a.sort_name, a.id LIMIT \(limit)
            """
        ).map { row in
            let student: ID<Account> = try row["student"]
            let state: MailState = try row["state"]
            let active: Timestamp? = try row["active_at"]
            let fate = MailFate(
                id: try row["id"], student: student,
                name: PersonName.shown(given: try row["given_name"], family: try row["family_name"]),
                username: try row["username"], address: try row["address"], state: state, at: try row["state_at"],
                nextTryAt: state == .deferred ? try row["due_at"] : nil, reason: try row["reason"],
                isActive: active != nil)
            return (fate, StudentCursor(place: try row["place"], sortName: try row["sort_name"], id: student))
        }
    }

    private func mailingTrackers(_ id: ID<Mailing>) throws -> [String] {
        try rows(
            """
            SELECT t.name FROM mailing_tracker m JOIN tracker t ON t.id = m.tracker_id
            WHERE m.mailing_id = \(id) ORDER BY t.name
            """
        ).map { try $0["name"] }
    }

    private func skipped(of mailing: ID<Mailing>) throws -> MailingPreview {
        var skipped = MailingPreview()
        try forEachRow(
            """
            SELECT a.id, a.given_name, a.family_name, a.username, \(SQL.mailLanguage) AS language, k.reason AS skip
            FROM mailing_skip k JOIN account a ON a.id = k.account_id LEFT JOIN school s ON s.id = a.school_id
            JOIN district d ON d.id = 'district'
            WHERE k.mailing_id = \(mailing) ORDER BY a.sort_name, a.id
            """
        ) { row in
            let candidate = try MailingCandidate(row: row)
            skipped.add(candidate.person, candidate.skip)
        }
        return skipped
    }

    /// Queues a mail of one's own mailing once more when nobody knows whether it arrived, or when it was refused.
    ///
    /// It keeps its link and its Message-ID, so that a second copy does no harm. False when there is no such mail, or when
    /// it is for somebody whom the maker does not teach, and for staff not administer, any more.
    package func sendAgain(
        _ mail: ID<OutgoingMail>, of mailing: ID<Mailing>, by maker: Teacher, entry: ID<AuditEntry>,
        at now: Timestamp
    ) throws -> Bool {
        let mine = SQL.students(of: SQL.trackersTaught(by: maker), on: maker.day)
        let administers: SQL = """
            EXISTS (SELECT 1 FROM administrator r WHERE r.account_id = \(maker.id) AND (r.scope = 'district'
              OR \(Administrator(id: maker.id, hasDistrict: false).sees)))
            """
        let found = try rows(
            """
            SELECT m.account_id FROM mail m JOIN mailing g ON g.id = m.mailing_id JOIN account a ON a.id = m.account_id
            WHERE m.id = \(mail) AND m.mailing_id = \(mailing) AND g.made_by = \(maker.id)
              AND (a.kind = 'student' AND a.id IN (\(mine)) OR a.kind = 'staff' AND \(administers))
            """)
        guard let row = found.first else { return false }
        let account: ID<Account> = try row["account_id"]
        let again = try execute(
            """
            UPDATE mail SET state = 'queued', state_at = \(now), due_at = \(now), priority = 0, attempts = 0,
              first_tried_at = NULL, reason = NULL
            WHERE id = \(mail) AND state IN ('unknown', 'failed')
            """)
        // Pressed twice: the first press has queued it, and that is what was asked for.
        guard again == 1 else { return true }
        try record(.mailSentAgain, by: maker.id, subject: account, detail: "mail \(mail)", id: entry, at: now)
        try execute(
            "UPDATE account SET mail_state = 'queued', mail_at = \(now), mail_reason = NULL WHERE id = \(account)")
        return true
    }
}
