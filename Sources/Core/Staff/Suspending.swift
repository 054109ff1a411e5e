package import Storage

extension Connection {
    /// Suspends a member of staff by hand: sessions end, nothing opens, and no roster lifts it. Pressed twice is once.
    ///
    /// False when the person is not in the scope alone, or is the one who asks. Throws `LastAdministrator`.
    package func suspendStaff(
        _ person: ID<Account>, by administrator: Administrator, entry: ID<AuditEntry>, at now: Timestamp
    ) throws -> Bool {
        guard let line = try staffMember(person, openedBy: administrator) else { return false }
        guard line.state != .suspended else { return true }
        try record(.accountSuspended, by: administrator.id, subject: person, id: entry, at: now)
        let done = try execute(
            """
            UPDATE account SET suspended_at = \(now), suspended_for = 'hand'
            WHERE id = \(person) AND suspended_at IS NULL AND \(administrator.stillActs)
              AND (\(SQL.districtKeepsAnAdministrator(without: person)) OR NOT \(SQL.administersDistrict(person)))
            """)
        guard done == 1 else { throw LastAdministrator() }
        try endSessions(of: person)
        return true
    }

    /// Brings somebody back who was suspended by hand. False when there is no such person in the scope alone.
    package func reviveStaff(
        _ person: ID<Account>, by administrator: Administrator, entry: ID<AuditEntry>, at now: Timestamp
    ) throws -> Bool {
        guard let line = try staffMember(person, openedBy: administrator) else { return false }
        // Whom the roster has suspended, only the roster brings back.
        guard line.suspendedFor == .hand else { return line.state != .suspended }
        try record(.accountRevived, by: administrator.id, subject: person, id: entry, at: now)
        let done = try execute(
            """
            UPDATE account SET suspended_at = NULL, suspended_for = NULL
            WHERE id = \(person) AND suspended_for = 'hand' AND \(administrator.stillActs)
            """)
        guard done == 1 else { throw LastAdministrator() }
        return true
    }
}

extension SQL {
    /// True for an administrator of the whole district.
    static func administersDistrict(_ person: ID<Account>) -> SQL {
        "EXISTS (SELECT 1 FROM administrator j WHERE j.account_id = \(person) AND j.scope = 'district')"
    }
}
