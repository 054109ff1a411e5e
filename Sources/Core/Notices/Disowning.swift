package import Storage

/// What stands of a flagged account for those who settle it.
package struct Disowning: Sendable, Equatable {
    /// When somebody said that it was not them.
    package let at: Timestamp
    /// What they had been told of; nil when no notice of it is kept.
    package let event: Notice.Event?
    /// True when nobody can get in until a grown-up helps.
    package let closedAccount: Bool
}

extension Connection {
    /// Flags the account of a notice whose reader says "This was not me". A second press changes nothing.
    ///
    /// What could open the account to a stranger closes: the password, links and cards since the event, sessions. The password
    /// stays where it is another one by now, and where the reader closed the account already within a month: from then on
    /// a grown-up decides, so that nobody is locked out for good. After a change of the address, only links die.
    package func disown(_ notice: Notice, entry: ID<AuditEntry>, at now: Timestamp) throws {
        let isFirst = try exists(
            "SELECT mail_id FROM notice WHERE mail_id = \(notice.mail) AND disowned_at IS NULL")
        guard isFirst else { return }
        let closes = try mayClose(notice, at: now)
        try record(
            .accountDisowned, by: nil, subject: notice.account,
            detail: "\(notice.event.rawValue)\(closes ? ", closed" : "")", id: entry, at: now)
        try execute(
            """
            UPDATE notice SET disowned_at = \(now), closed_account = \(closes) WHERE mail_id = \(notice.mail)
            """)
        try execute("UPDATE account SET disowned_at = \(now) WHERE id = \(notice.account)")
        if closes {
            _ = try takePassword(of: notice.account, at: now)
        } else if notice.event == .addressChanged {
            try closeMailedLinks(of: notice.account, at: now)
        }
    }

    private func mayClose(_ notice: Notice, at now: Timestamp) throws -> Bool {
        // Who read the mails of before must not take the account from those who read them now; and nobody closes the
        // last administrator's door from outside.
        guard notice.event != .addressChanged else { return false }
        return try exists(
            """
            SELECT n.mail_id FROM notice n JOIN account a ON a.id = n.account_id AND a.generation = n.generation
            JOIN mail m ON m.id = n.mail_id AND m.address = a.address
            WHERE n.mail_id = \(notice.mail)
              AND (\(SQL.districtKeepsAnAdministrator(without: notice.account))
                OR NOT \(SQL.administersDistrict(notice.account)))
              AND NOT EXISTS (SELECT 1 FROM notice o WHERE o.account_id = n.account_id
              AND o.closed_account = TRUE AND o.disowned_at > \(now - Notice.calm))
            """)
    }

    /// Why a student is flagged; nil for whom nobody flagged, and for whom the viewer does not see.
    package func disowning(of student: ID<Account>, for viewer: StudentViewer) throws -> Disowning? {
        try disowning(of: student, where: viewer.sees)
    }

    /// Why a member of staff is flagged; nil for whom nobody flagged, and outside the scope.
    package func disowning(of person: ID<Account>, for administrator: Administrator) throws -> Disowning? {
        try disowning(of: person, where: "a.kind = 'staff' AND \(administrator.sees)")
    }

    private func disowning(of person: ID<Account>, where isSeen: SQL) throws -> Disowning? {
        try rows(
            """
            SELECT a.disowned_at, n.event, n.closed_account FROM account a
            LEFT JOIN notice n ON n.account_id = a.id AND n.disowned_at = a.disowned_at
            WHERE a.id = \(person) AND a.disowned_at IS NOT NULL AND \(isSeen)
            """
        ).first.map { row in
            let closed: Bool? = try row["closed_account"]
            return Disowning(at: try row["disowned_at"], event: try row["event"], closedAccount: closed ?? false)
        }
    }

    /// A grown-up has talked to the student: all is well. False for a student whom the viewer does not see.
    package func settleDisowning(
        of student: ID<Account>, for viewer: StudentViewer, entry: ID<AuditEntry>, at now: Timestamp
    ) throws -> Bool {
        try settleDisowning(of: student, by: viewer.id, where: viewer.sees, entry: entry, at: now)
    }

    /// The same for a member of staff: by an administrator who might reset them, and never by themselves, since whoever sits
    /// there may be the one of whom the owner told.
    package func settleDisowning(
        of person: ID<Account>, within administrator: Administrator, entry: ID<AuditEntry>, at now: Timestamp
    ) throws -> Bool {
        let mayHelp: SQL = """
            a.kind = 'staff' AND a.id <> \(administrator.id) AND \(administrator.outranks) AND \(administrator.sees)
            """
        return try settleDisowning(of: person, by: administrator.id, where: mayHelp, entry: entry, at: now)
    }

    private func settleDisowning(
        of person: ID<Account>, by actor: ID<Account>, where isSeen: SQL, entry: ID<AuditEntry>, at now: Timestamp
    ) throws -> Bool {
        let found = try rows("SELECT a.disowned_at FROM account a WHERE a.id = \(person) AND \(isSeen)")
        guard let row = found.first else { return false }
        // Pressed twice, or by two: it is settled.
        guard let _: Timestamp = try row["disowned_at"] else { return true }
        try record(.disowningSettled, by: actor, subject: person, id: entry, at: now)
        try endDisowning(of: person)
        return true
    }

    /// Takes the flag away: a grown-up looked, and does what it takes.
    func endDisowning(of person: ID<Account>) throws {
        try execute("UPDATE account SET disowned_at = NULL WHERE id = \(person) AND disowned_at IS NOT NULL")
    }
}
