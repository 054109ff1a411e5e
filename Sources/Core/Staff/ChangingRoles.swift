package import Storage

/// What came of changing somebody's role.
package enum RoleOutcome: Sendable, Equatable {
    case done
    /// No such person, or the asking administrator has not the whole district.
    case notFound
    /// Nobody changes their own role.
    case oneself
    /// Somebody who is suspended gets no role.
    case suspended
    /// No school was named, or one that is not there.
    case noSchool
}

extension Connection {
    /// How far somebody's administrator's role reaches; nil for no administrator.
    package func reach(of person: ID<Account>) throws -> AdministratorReach? {
        let scope: String? = try value("SELECT scope AS value FROM administrator WHERE account_id = \(person)")
        guard let scope else { return nil }
        guard scope != "district" else { return .district }
        return .schools(
            try rows(
                """
                SELECT h.school_id FROM administrator_school h JOIN school s ON s.id = h.school_id
                WHERE h.account_id = \(person) ORDER BY s.name, s.id
                """
            ).map { try $0["school_id"] })
    }

    /// The open schools that the roster says somebody administers or leads.
    package func claimedSchools(of person: ID<Account>) throws -> [ID<School>] {
        let said: String? = try value("SELECT roster_roles AS value FROM account WHERE id = \(person)")
        let claimed = said.flatMap(RosterRoles.init(text:))?.schoolsToAdminister ?? []
        return try rows("SELECT s.id FROM school s WHERE s.ended_at IS NULL AND s.id IN \(SQL.list(claimed))")
            .map { try $0["id"] }
    }

    /// Grants, changes or (nil) takes away the administrator's role. What the roster proposed is decided with it.
    ///
    /// Only for administrators of the whole district, and never one's own. Throws `LastAdministrator`.
    package func changeRole(
        of person: ID<Account>, to reach: AdministratorReach?, by administrator: Administrator,
        entry: ID<AuditEntry>, at now: Timestamp
    ) throws -> RoleOutcome {
        guard administrator.hasDistrict, let line = try staffMember(person, visibleTo: administrator) else {
            return .notFound
        }
        guard person != administrator.id else { return .oneself }
        guard reach == nil || line.state != .suspended else { return .suspended }
        if case .schools(let schools) = reach {
            let known: Int? = try value(
                "SELECT count(*) AS value FROM school s WHERE s.ended_at IS NULL AND s.id IN \(SQL.list(schools))")
            guard !schools.isEmpty, known == Set(schools).count else { return .noSchool }
        }
        let before = try self.reach(of: person)
        if !isSame(before, reach) {
            let act: AuditAct =
                reach == nil ? .administratorEnded : before == nil ? .administratorMade : .administratorScopeChanged
            try record(act, by: administrator.id, subject: person, detail: inWords(reach), id: entry, at: now)
            try write(reach, of: person, by: administrator, at: now)
        }
        try execute("UPDATE account SET role_waits = FALSE WHERE id = \(person) AND role_waits")
        return .done
    }

    /// Lets be what the roster claims of somebody's role; asked again only when it claims something beyond. False when
    /// there is no such person.
    package func dismissClaims(
        of person: ID<Account>, by administrator: Administrator, entry: ID<AuditEntry>, at now: Timestamp
    ) throws -> Bool {
        guard administrator.hasDistrict, let line = try staffMember(person, visibleTo: administrator) else {
            return false
        }
        guard line.roleWaits else { return true }
        try record(.roleClaimDismissed, by: administrator.id, subject: person, id: entry, at: now)
        try execute("UPDATE account SET role_waits = FALSE WHERE id = \(person)")
        return true
    }

    /// The first statement holds the guard; what follows is of rows that nobody else has a say in.
    private func write(
        _ reach: AdministratorReach?, of person: ID<Account>, by administrator: Administrator, at now: Timestamp
    ) throws {
        let keeps: SQL = """
            \(administrator.stillActs) AND (\(SQL.districtKeepsAnAdministrator(without: person))
              OR NOT \(SQL.administersDistrict(person)))
            """
        let scope = reach == .district ? "district" : "schools"
        let isTaken = try execute(
            """
            INSERT INTO administrator (account_id, scope) SELECT a.id, \(scope) FROM account a
            WHERE a.id = \(person) AND \(keeps)
            ON CONFLICT (account_id) DO UPDATE SET scope = excluded.scope
            """)
        guard isTaken == 1 else { throw LastAdministrator() }
        try execute("DELETE FROM administrator_school WHERE account_id = \(person)")
        // Whoever was shown a link of a person who could do less must not come in with these rights.
        try voidShownLinks(of: person, at: now)
        switch reach {
        case .district: break
        case .schools(let schools):
            for school in schools {
                try execute(
                    """
                    INSERT INTO administrator_school (account_id, school_id) VALUES (\(person), \(school))
                    ON CONFLICT DO NOTHING
                    """)
            }
        case nil: try execute("DELETE FROM administrator WHERE account_id = \(person)")
        }
    }

    private func isSame(_ one: AdministratorReach?, _ other: AdministratorReach?) -> Bool {
        guard case .schools(let first) = one, case .schools(let second) = other else { return one == other }
        return Set(first) == Set(second)
    }

    private func inWords(_ reach: AdministratorReach?) -> String {
        switch reach {
        case nil: "no scope"
        case .district: "district"
        case .schools(let schools): "schools " + schools.map(\.description).joined(separator: " ")
        }
    }
}
