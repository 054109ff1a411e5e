internal import Storage

extension Connection {
    /// Queues a notice to every administrator of the district with a good address, but for the one who gave the roster: they
    /// look at its page. In the transaction that ends its reading.
    ///
    /// Who waited in the roster before it is not told of again.
    func queueRosterNotices(about plan: ID<RosterSync>, mint: inout IDMint, at now: Timestamp) throws {
        guard let event = try newsOf(plan) else { return }
        let readers = try rows(
            """
            SELECT a.id, a.address, \(SQL.mailLanguage) AS language
            FROM administrator r JOIN account a ON a.id = r.account_id LEFT JOIN school s ON s.id = a.school_id
            JOIN district d ON d.id = 'district'
            WHERE r.scope = 'district' AND a.suspended_at IS NULL AND a.address IS NOT NULL AND a.address_is_bad = FALSE
            AND a.id <> COALESCE((SELECT p.made_by FROM roster_plan p WHERE p.id = \(plan)), '')
            ORDER BY a.id
            """)
        for reader in readers {
            let mail: ID<OutgoingMail> = mint.next()
            let account: ID<Account> = try reader["id"]
            // Behind every mail that somebody waits for.
            try execute(
                """
                INSERT INTO mail (id, kind, account_id, state, state_at, priority, due_at, address, language, edition)
                VALUES (\(mail), 'notice', \(account), 'queued', \(now), 2, \(now), \(try reader.text("address")),
                  \(try reader.text("language")), \(SQL.newestEdition))
                """)
            try execute(
                "INSERT INTO roster_notice (mail_id, plan_id, event) VALUES (\(mail), \(plan), \(event.rawValue))")
        }
    }

    /// What administrators do not know of a plan yet; nil for nothing.
    private func newsOf(_ plan: ID<RosterSync>) throws -> RosterNotice.Event? {
        let found = try rows(
            """
            SELECT p.state, p.made_by, p.pulled, p.is_waiting, p.confirmed_by, p.source, (SELECT MAX(o.id) FROM roster_plan o
              WHERE o.source = p.source AND o.id < p.id AND o.state NOT IN ('reading', 'refused')) AS before_id
            FROM roster_plan p WHERE p.id = \(plan)
            """
        ).first
        guard let row = found else { return nil }
        let before: ID<RosterSync>? = try row["before_id"]
        if try row.text("state") == "refused" {
            // A service that did not answer is asked again by itself first.
            let limit = try row.text("pulled") == nil ? 1 : 2
            return try refusals(upTo: plan, of: row["source"]) == limit ? .refused : nil
        }
        if try row.bool("is_waiting") == true {
            let isNew = try !exists(
                """
                SELECT 1 AS value FROM roster_plan o
                WHERE o.id = \(before) AND o.is_waiting AND o.confirmed_by IS NULL AND o.state IN ('ready', 'lapsed')
                """)
            return try row.text("confirmed_by") == nil && isNew ? .waiting : nil
        }
        let isNew = try exists(
            """
            SELECT 1 AS value FROM roster_plan_school h WHERE h.plan_id = \(plan) AND h.is_held AND h.confirmed_by IS NULL
            AND NOT EXISTS (SELECT 1 FROM roster_plan_school o WHERE o.plan_id = \(before)
              AND o.school_key = h.school_key AND o.is_held AND o.confirmed_by IS NULL) LIMIT 1
            """)
        return isNew ? .held : nil
    }

    /// How many in a row were refused while nobody stood by.
    private func refusals(upTo plan: ID<RosterSync>, of source: String) throws -> Int {
        try rows(
            """
            SELECT state, made_by FROM roster_plan WHERE source = \(source) AND id <= \(plan) ORDER BY id DESC LIMIT 3
            """
        ).prefix { try $0.text("state") == "refused" && $0.text("made_by") == nil }.count
    }

    /// What a claimed mail tells of a roster; nil for a notice of an account.
    func rosterNotice(of mail: ID<OutgoingMail>) throws -> RosterNotice? {
        let found = try rows("SELECT plan_id, event FROM roster_notice WHERE mail_id = \(mail)").first
        guard let found, let event = RosterNotice.Event(rawValue: try found["event"]),
            let report = try rosterPlan(try found["plan_id"])
        else { return nil }
        let held = report.schools.filter { $0.hold.map { $0.confirmedBy == nil } ?? false }
        let named = held.filter { !$0.name.isEmpty }.prefix(3).map(\.name)
        return RosterNotice(
            event: event, plan: report.sync.id, fileName: report.sync.source, madeAt: report.sync.madeAt,
            schools: Array(named), schoolCount: held.count, refusal: report.refusal)
    }
}
