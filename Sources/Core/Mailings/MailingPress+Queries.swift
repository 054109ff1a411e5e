package import Storage

extension Connection {
    /// Pauses, resumes or cancels what has not left of a mailing. What is in a postman's hand is finished.
    ///
    /// False where there is no such mailing for the reader; true, and nothing done, where the same press was done before or
    /// there is nothing left to do. A large mailing follows in short steps (`followMailings`); until then nothing of it is claimed.
    package func steer(_ mailing: ID<Mailing>, _ press: MailingPress, by reader: MailingReader) throws -> Bool {
        let may: SQL = press.wish == .resume ? "\(reader.opens) AND \(reader.runs)" : reader.opens
        let found = try rows(
            "SELECT g.is_queueing, g.for_schools FROM mailing g WHERE g.id = \(mailing) AND \(may) \(.locked)")
        guard let row = found.first else { return false }
        let person = reader.teacher.id
        if try exists("SELECT act_id FROM mailing_act WHERE act_id = \(press.act) AND made_by = \(person)") {
            return true
        }
        let waiting: Int =
            try value(
                """
                SELECT count(*) AS value FROM mail WHERE mailing_id = \(mailing)
                AND state IN ('queued', 'deferred', 'held')
                """) ?? 0
        let isQueueing: Bool = try row["is_queueing"]
        guard waiting > 0 || isQueueing || press.wish == .resume, try change(mailing, press, by: person) else {
            return true
        }
        try record(
            press.wish.audit, by: person, count: waiting, detail: "mailing \(mailing)", id: press.entry, at: press.now)
        try noteSchools(of: mailing, isLarge: try row["for_schools"] && waiting > OutboxFill.pressLimit, press)
        try execute(
            """
            INSERT INTO mailing_act (act_id, mailing_id, kind, made_by, made_at)
            VALUES (\(press.act), \(mailing), \(press.wish.rawValue), \(person), \(press.now))
            """)
        var moved = 0
        while moved < OutboxFill.pressLimit {
            let step = try follow(mailing, limit: OutboxFill.pressLimit, at: press.now)
            if step == 0 { break }
            moved += step
        }
        return true
    }

    /// The next step of the mailings whose mails do not follow yet: at most `limit` mails. Returns how many; nil when none
    /// waits.
    package func followMailings(limit: Int, at now: Timestamp) throws -> Int? {
        let mailing: ID<Mailing>? = try value(
            "SELECT id AS value FROM mailing WHERE is_moving ORDER BY id LIMIT 1 \(.skipLocked)")
        return try mailing.map { try follow($0, limit: limit, at: now) }
    }

    private func change(_ mailing: ID<Mailing>, _ press: MailingPress, by person: ID<Account>) throws -> Bool {
        let now = press.now
        let queued: SQL = "(SELECT count(*) FROM mail m WHERE m.mailing_id = mailing.id)"
        let change: SQL =
            switch press.wish {
            case .pause:
                """
                paused_at = \(now), paused_by = \(person), is_moving = TRUE
                WHERE paused_at IS NULL AND cancelled_at IS NULL
                """
            case .resume: "paused_at = NULL, paused_by = NULL, is_moving = TRUE WHERE paused_at IS NOT NULL"
            case .cancel:
                """
                cancelled_at = \(now), cancelled_by = \(person), paused_at = NULL, paused_by = NULL, is_moving = TRUE,
                  left_out = CASE WHEN is_queueing AND expected > \(queued) THEN expected - \(queued) ELSE left_out END,
                  is_queueing = FALSE
                WHERE TRUE
                """
            }
        return try execute("UPDATE mailing SET \(change) AND id = \(mailing)") == 1
    }

    /// Which schools it touched; of a large mailing how many students were chosen, as at Send.
    private func noteSchools(of mailing: ID<Mailing>, isLarge: Bool, _ press: MailingPress) throws {
        guard isLarge else {
            let people: SQL = """
                SELECT o.account_id FROM mail o WHERE o.mailing_id = \(mailing) AND o.state IN ('queued', 'deferred', 'held')
                """
            return try noteSchools(ofPeople: people, for: press.entry)
        }
        try execute(
            """
            INSERT INTO audit_school (audit_id, school_id, act, count)
            SELECT \(press.entry), g.school_id, \(press.wish.audit.rawValue), coalesce((SELECT CAST(sum(n.number) AS BIGINT)
              FROM student_tally n WHERE n.school_id = g.school_id AND n.grade = ''), 0)
            FROM mailing_school g WHERE g.mailing_id = \(mailing)
            """)
    }
}
