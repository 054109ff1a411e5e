package import Storage

/// Students who asked for a new link or card and to whom none could be mailed, the longest wait first.
package struct StudentsWhoAsk: Sendable, Equatable {
    package struct Request: Sendable, Equatable {
        package let student: StudentLine
        package let at: Timestamp
        package init(student: StudentLine, at: Timestamp) { (self.student, self.at) = (student, at) }
    }
    package let requests: [Request]
    /// How many there are beside these.
    package let more: Int
    package init(requests: [Request], more: Int) { (self.requests, self.more) = (requests, more) }

    package static let none = StudentsWhoAsk(requests: [], more: 0)
}

extension Connection {
    /// The requests of students whom this person sees.
    package func studentsWhoAsk(_ viewer: StudentViewer, limit: Int = 10, at now: Timestamp) throws -> StudentsWhoAsk {
        let who: SQL = "FROM account a WHERE \(SQL.isAsking) AND \(viewer.sees)"
        let found = try rows(
            """
            SELECT \(StudentLineRow.columns(at: now)), 0 AS place, a.asked_at \(who)
            ORDER BY a.asked_at, a.id LIMIT \(limit + 1)
            """
        ).map { (row: try StudentLineRow(row: $0), at: try $0["asked_at"] as Timestamp) }
        let count = found.count <= limit ? found.count : try value("SELECT count(*) AS value \(who)") ?? 0
        let shown = found.prefix(limit)
        return StudentsWhoAsk(
            requests: shown.map { StudentsWhoAsk.Request(student: $0.row.line(trackers: []), at: $0.at) },
            more: count - shown.count)
    }

    /// Leaves a request aside: the student was helped in another way. False for a student whom the viewer does not see.
    package func putOffRequest(
        of student: ID<Account>, by viewer: StudentViewer, entry: ID<AuditEntry>, at now: Timestamp
    ) throws -> Bool {
        guard try exists("SELECT a.id FROM account a WHERE a.id = \(student) AND \(viewer.sees)") else { return false }
        // Pressed twice, or by two: it is aside.
        let done = try execute("UPDATE account SET asked_at = NULL WHERE id = \(student) AND asked_at IS NOT NULL")
        if done == 1 { try record(.newWayPutOff, by: viewer.id, subject: student, id: entry, at: now) }
        return true
    }
}

extension SQL {
    /// True for an account `a` that asked and got neither mail nor card since; a mail that came back is none.
    fileprivate static let isAsking: SQL = """
        a.asked_at IS NOT NULL AND a.active_at IS NULL AND a.suspended_at IS NULL
        AND (a.asked_at > coalesce(a.mail_at, 0) OR a.mail_state IN ('failed', 'bounced', 'cancelled'))
        AND a.asked_at > coalesce(a.card_at, 0)
        """
}
