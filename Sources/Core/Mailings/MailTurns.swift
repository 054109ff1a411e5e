package import Storage

/// Which mailing was served last, of each priority: mailings take turns, mail by mail, so that none waits for another's end.
package struct MailTurns: Sendable, Equatable {
    /// What belongs to no mailing has a turn too, behind the last one.
    private var last: [Int: String] = [:]
    package init() {}

    /// The turn goes on from this mail.
    package mutating func note(_ mail: ClaimedMail) { note(mail.priority, mail.mailing) }

    mutating func note(_ priority: Int, _ mailing: ID<Mailing>?) { last[priority] = mailing?.description ?? "" }

    func after(_ priority: MailPriority) -> String { last[priority.rawValue] ?? "" }
}

extension Connection {
    /// Mails that are due: all to single persons before one of a mailing, that before one of a whole school or district.
    func dueMails(
        limit: Int, after turns: MailTurns, singlesOnly: Bool, at now: Timestamp
    ) throws -> [ID<OutgoingMail>] {
        let singles = try rows(
            """
            SELECT id FROM mail WHERE priority = 0 AND state IN ('queued', 'deferred') AND due_at <= \(now) AND \(SQL.isFree)
            ORDER BY due_at, id LIMIT \(limit) \(.skipLocked)
            """
        ).map { try $0["id"] as ID<OutgoingMail> }
        if !singles.isEmpty || singlesOnly { return singles }
        for priority in [MailPriority.mailing, .mass] {
            if let mail = try mailInTurn(priority, after: turns.after(priority), at: now) { return [mail] }
        }
        return []
    }

    /// True when a mail is due, whoever has to wait for it.
    package func hasDueMails(at now: Timestamp) throws -> Bool {
        let turns = MailTurns()
        return try !dueMails(limit: 1, after: turns, singlesOnly: false, at: now).isEmpty
    }

    private func mailInTurn(
        _ priority: MailPriority, after last: String, at now: Timestamp
    ) throws -> ID<OutgoingMail>? {
        if let mail = try mailOfMailing(priority, after: last, at: now) { return mail }
        let other: ID<OutgoingMail>? = try value(
            """
            SELECT id AS value FROM mail WHERE priority > 0 AND priority = \(priority.rawValue) AND state IN ('queued', 'deferred')
            AND mailing_id IS NULL AND due_at <= \(now) ORDER BY due_at, id LIMIT 1 \(.skipLocked)
            """)
        if let other { return other }
        return last.isEmpty ? nil : try mailOfMailing(priority, after: "", at: now)
    }

    /// Of each mailing only the first mail is looked at, so that many that are not due yet cost nothing.
    private func mailOfMailing(
        _ priority: MailPriority, after last: String, at now: Timestamp
    ) throws -> ID<OutgoingMail>? {
        var last = last
        while true {
            let first = try rows(
                """
                SELECT id, mailing_id, due_at FROM mail WHERE priority > 0 AND priority = \(priority.rawValue)
                AND state IN ('queued', 'deferred') AND mailing_id > \(last) AND \(SQL.isFree)
                ORDER BY mailing_id, due_at, id LIMIT 1 \(.skipLocked)
                """
            ).first
            guard let first else { return nil }
            let due: Timestamp = try first["due_at"]
            if due <= now { return try first["id"] }
            last = try first["mailing_id"]
        }
    }
}
