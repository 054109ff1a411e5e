package import Storage

/// Changing an own password: the old one proves who sits there.
package struct PasswordChange: Sendable {
    /// What came of it. Only `changed` has changed anything.
    package enum Outcome: Sendable, Equatable {
        /// With the session to go on in; all others have ended.
        case changed(SessionToken)
        case wrongOld
        case isOld
        case notTaken(PasswordRules.Problem)
        case wait(until: Timestamp)
        case busy
    }

    private let database: any Database
    private let hasher: PasswordHasher
    private let limits: SessionLimits

    package init(database: any Database, hasher: PasswordHasher, limits: SessionLimits) {
        self.database = database
        self.hasher = hasher
        self.limits = limits
    }

    /// Takes the new password if the old one is right. Wrong tries count like those at the door.
    package func change(
        _ old: Redacted<String>, to new: Redacted<String>, in session: Session, at now: Timestamp
    ) async throws -> Outcome {
        let person = session.person
        let rules = PasswordRules(for: person.kind)
        let names = PasswordRules.Person(names: [person.name], username: person.username, places: [person.place])
        if let problem = rules.problem(with: new, of: names) { return .notTaken(problem) }
        let throttle = Throttle(name: person.username)
        let claim = try await database.write { connection in
            (try connection.claimTry(throttle, at: .ownPassword, now: now), try connection.passwordHash(of: person.id))
        }
        if case .wait(let until) = claim.0 { return .wait(until: until) }
        let hash: String
        do {
            guard try await hasher.verify(old, against: claim.1) else { return .wrongOld }
            if old == new {
                // The old password was right: that is no guess.
                try await database.write { try $0.releaseTry(throttle, at: now) }
                return .isOld
            }
            hash = try await hasher.hash(new)
        } catch is PasswordHasher.Busy {
            try await database.write { try $0.releaseTry(throttle, at: now) }
            return .busy
        }
        let token = SessionToken.new()
        let entry: ID<AuditEntry> = .new(at: now)
        let changed = try await database.write { [limits] in
            try $0.changePassword(of: session, from: claim.1, to: hash, token, limits, entry: entry, at: now)
        }
        return changed ? .changed(token) : .wrongOld
    }
}

extension Connection {
    /// Writes the new hash where the old one still stands; ends all sessions and begins a new one.
    fileprivate func changePassword(
        of session: Session, from old: String?, to hash: String, _ token: SessionToken, _ limits: SessionLimits,
        entry: ID<AuditEntry>, at now: Timestamp
    ) throws -> Bool {
        let person = session.person
        let changed = try execute(
            """
            UPDATE account SET password_hash = \(hash), generation = generation + 1
            WHERE id = \(person.id) AND password_hash = \(old) AND suspended_at IS NULL
            """)
        guard changed == 1 else { return false }
        try record(.passwordChanged, by: person.id, subject: person.id, id: entry, at: now)
        try endSessions(of: person.id)
        try clearTries(of: person.id)
        try queueNotice(of: .passwordChanged, about: person.id, id: ID(bytes: entry.bytes), at: now)
        try startSession(token, of: person.id, kind: person.kind, language: session.language, limits: limits, at: now)
        return true
    }
}
