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
        let isAllowed: SQL = """
            \(administrator.stillActs)
            AND (\(SQL.districtKeepsAnAdministrator(without: person)) OR NOT \(SQL.administersDistrict(person)))
            """
        guard try suspend(person, by: administrator, where: isAllowed, at: now) else { throw LastAdministrator() }
        return true
    }

    /// Brings somebody back who was suspended by hand, by whoever reaches as far as the one who did it.
    package func reviveStaff(
        _ person: ID<Account>, by administrator: Administrator, entry: ID<AuditEntry>, at now: Timestamp
    ) throws -> LiftOutcome {
        guard let line = try staffMember(person, openedBy: administrator) else { return .notFound }
        // Whom the roster has suspended, only the roster brings back.
        guard let lift = line.lift else { return line.state == .suspended ? .notFound : .done }
        guard lift == .you else { return .beyond }
        try record(.accountRevived, by: administrator.id, subject: person, id: entry, at: now)
        guard try self.lift(person, by: administrator, where: administrator.stillActs) else {
            throw LastAdministrator()
        }
        return .done
    }
}

extension SQL {
    /// True for an administrator of the whole district.
    static func administersDistrict(_ person: ID<Account>) -> SQL {
        "EXISTS (SELECT 1 FROM administrator j WHERE j.account_id = \(person) AND j.scope = 'district')"
    }
}
