internal import Storage

extension Connection {
    /// Erases those of these people who may be erased at this moment, and tells of each in the audit. Returns how many.
    ///
    /// The account stays, with nothing in it, for what the audit tells; so do mailings, sheets and plans that somebody of the
    /// staff made. The username is free again.
    func erase(_ people: [ID<Account>], _ step: ErasingStep) throws -> Int {
        let people: [LeavingPerson] = try fetchAll(
            "SELECT \(LeavingPerson.columns) FROM account a WHERE a.id IN \(SQL.list(people)) ORDER BY a.id \(.locked)")
        let erased = Set(try emptyAccounts(people.map(\.id), step))
        let gone = people.filter { erased.contains($0.id) }
        guard !gone.isEmpty else { return 0 }
        let ids = SQL.list(gone.map(\.id))
        try recordErasing(of: gone.map(\.id), step)
        try forget(gone, ids)
        try removeWaysIn(of: ids)
        try removePlaces(of: ids)
        try execute("UPDATE mailing SET sender_name = '', message = '' WHERE made_by IN \(ids)")
        try execute("UPDATE erasure SET erased = erased + \(gone.count) WHERE id = \(step.erasure)")
        return gone.count
    }

    /// The one statement that decides: whoever is active, back, an administrator, made by hand or pinned is not touched.
    private func emptyAccounts(_ people: [ID<Account>], _ step: ErasingStep) throws -> [ID<Account>] {
        try rows(
            """
            UPDATE account AS a SET \(SQL.emptied(at: step.now))
            WHERE a.id IN \(SQL.list(people)) AND \(SQL.isErasable(until: step.until)) RETURNING id
            """
        ).map { try $0["id"] }
    }

    /// A line for each, with their schools as long as these are known.
    private func recordErasing(of people: [ID<Account>], _ step: ErasingStep) throws {
        var mint = step.mint
        var lines = BulkRows(columns: 6)
        var entries: [ID<AuditEntry>] = []
        for person in people {
            let entry: ID<AuditEntry> = mint.next()
            entries.append(entry)
            lines.add([
                .id(entry), step.now.sqlValue, step.maker.map { .id($0) } ?? .null,
                .text(AuditAct.personErased.rawValue),
                .id(person), .text("erasure \(step.erasure)"),
            ])
        }
        try insert("INSERT INTO audit (id, at, actor_id, act, subject_id, detail)", lines)
        try execute(
            """
            INSERT INTO audit_school (audit_id, school_id, act, count)
            SELECT u.id, m.school_id, u.act, 1 FROM audit u JOIN membership m ON m.account_id = u.subject_id
            WHERE u.id IN \(SQL.list(entries))
            """)
    }

    /// What names them elsewhere: usernames, ids of rosters, questions about rows, uploaded lines, examples of problems.
    private func forget(_ people: [LeavingPerson], _ ids: SQL) throws {
        var texts = people.flatMap(\.texts)
        texts += try rows("SELECT source_id FROM account_source WHERE account_id IN \(ids)").map { try $0["source_id"] }
        texts += try rows("SELECT alias FROM username WHERE alias IS NOT NULL AND account_id IN \(ids)").map {
            try $0["alias"]
        }
        let keys = people.flatMap(\.nameKeys) + texts.map(Username.key)
        for list in SQL.lists(keys) {
            try execute("DELETE FROM throttle WHERE name_key IN \(list)")
            try execute("DELETE FROM username WHERE name_key IN \(list) AND account_id IN \(ids)")
        }
        for list in SQL.lists(texts) {
            try execute("UPDATE roster_problem_place SET value = \(Self.forgotten) WHERE value IN \(list)")
            try execute(
                "DELETE FROM address_list_crowd WHERE list_id IN (SELECT id FROM address_list) AND address IN \(list)")
        }
        // Their own row of the roster, as a question about somebody else has it.
        try execute(
            """
            DELETE FROM person_match WHERE id IN (SELECT q.id FROM account_source c
              JOIN person_match q ON q.source = c.source AND q.source_id = c.source_id WHERE c.account_id IN \(ids))
            """)
        try execute("DELETE FROM person_match WHERE account_id IN \(ids)")
        try execute("DELETE FROM account_source WHERE account_id IN \(ids)")
        try execute(
            "DELETE FROM address_list_line WHERE list_id IN (SELECT id FROM address_list) AND account_id IN \(ids)")
    }

    /// Sessions, passwords, mails and cards. A link's row stays for the mails' sake and opens nothing.
    func removeWaysIn(of ids: SQL) throws {
        try execute("DELETE FROM session WHERE account_id IN \(ids)")
        try execute("DELETE FROM notice WHERE account_id IN \(ids)")
        try execute("DELETE FROM roster_notice WHERE mail_id IN (SELECT m.id FROM mail m WHERE m.account_id IN \(ids))")
        try execute("DELETE FROM mail WHERE account_id IN \(ids)")
        try execute("DELETE FROM mailing_skip WHERE account_id IN \(ids)")
        try execute("DELETE FROM card_sheet_line WHERE account_id IN \(ids)")
        try execute("DELETE FROM credential WHERE account_id IN \(ids)")
        try execute(
            "UPDATE activation_link SET address = NULL, voided_at = coalesce(voided_at, made_at) WHERE account_id IN \(ids)"
        )
    }

    func removePlaces(of ids: SQL) throws {
        try execute("DELETE FROM enrollment WHERE account_id IN \(ids)")
        try execute("DELETE FROM membership WHERE account_id IN \(ids)")
        try execute("DELETE FROM suspension_school WHERE account_id IN \(ids)")
    }
}

extension SQL {
    /// What an account says of whom nothing is kept.
    static func emptied(at now: Timestamp) -> SQL {
        """
        erased_at = \(now), generation = generation + 1, username = '', given_name = '',
        family_name = '', sort_name = '', given_sort = NULL, school_id = NULL, number = NULL, grade = NULL,
        language = NULL, roster_language = NULL, address = NULL, address_key = NULL, address_is_bad = FALSE,
        roster_address = NULL, roster_username = NULL,
        name_is_pinned = FALSE, roster_given_name = NULL, roster_family_name = NULL, password_hash = NULL, active_at = NULL, credential_id = NULL,
        mail_state = NULL, mail_at = NULL, mail_reason = NULL, link_state = NULL, link_at = NULL,
        link_ends_at = NULL, card_state = NULL, card_at = NULL, card_ends_at = NULL, guessed_until = NULL,
        disowned_at = NULL, asked_at = NULL, roster_roles = NULL, role_waits = FALSE, act_id = NULL, suspended_scope = NULL
        """
    }
}
