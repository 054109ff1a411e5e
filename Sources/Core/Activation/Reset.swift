package import Storage

/// For whom somebody asks: people outside are not found.
private struct Reach {
    let actor: ID<Account>
    /// True for an account `a` inside.
    let contains: SQL
    /// True while the one who asks still has the rights to it.
    var mayReset: SQL = "TRUE"
}

/// What came of a press of Reset.
package enum ResetOutcome: Sendable, Equatable {
    /// The person waits for a mail, a card or a link: by this press or by an earlier one.
    case done
    /// There is no such person for whoever asks.
    case notFound
    /// The person has chosen a password since the page was drawn: nothing was taken.
    case overtaken
}

extension Connection {
    /// Takes an active student's password away: mail or card lead in again. A student who waits for one is left alone.
    ///
    /// `seen` is the account's generation when the page was drawn: a password chosen since then is another one, of which
    /// whoever presses does not know.
    package func resetPassword(
        of student: ID<Account>, seen: Int?, for viewer: StudentViewer, entry: ID<AuditEntry>, at now: Timestamp
    ) throws -> ResetOutcome {
        try resetPassword(of: student, seen: seen, within: .students(seenBy: viewer), entry: entry, at: now)
    }

    /// Takes the password of an active person in the administrator's scope away.
    ///
    /// Throws `LastAdministrator` when the district would have no administrator left who can sign in.
    package func resetPassword(
        of person: ID<Account>, seen: Int?, within administrator: Administrator, entry: ID<AuditEntry>,
        at now: Timestamp
    ) throws -> ResetOutcome {
        try resetPassword(of: person, seen: seen, within: .scope(of: administrator), entry: entry, at: now)
    }

    /// How often an account's password was chosen, changed or taken: what a page that resets it was made from.
    package func generation(of person: ID<Account>) throws -> Int? {
        try value("SELECT generation AS value FROM account WHERE id = \(person)")
    }

    /// Lets a student who was guessed at try again at once. False when the viewer sees no such student.
    package func liftWait(
        of student: ID<Account>, for viewer: StudentViewer, entry: ID<AuditEntry>, at now: Timestamp
    ) throws -> Bool {
        try liftWait(of: student, within: .students(seenBy: viewer), entry: entry, at: now)
    }

    /// Lets a person who was guessed at try again at once. False when no such person is in the administrator's scope.
    package func liftWait(
        of person: ID<Account>, within administrator: Administrator, entry: ID<AuditEntry>, at now: Timestamp
    ) throws -> Bool {
        try liftWait(of: person, within: .scope(of: administrator), entry: entry, at: now)
    }

    private func resetPassword(
        of person: ID<Account>, seen: Int?, within reach: Reach, entry: ID<AuditEntry>, at now: Timestamp
    ) throws -> ResetOutcome {
        guard try isFound(person, within: reach) else { return .notFound }
        // Pressed twice, or by two teachers: the second press must not kill the card that was printed after the first.
        guard try exists("SELECT id FROM account WHERE id = \(person) AND active_at IS NOT NULL") else { return .done }
        guard let seen, try generation(of: person) == seen else { return .overtaken }
        try record(.passwordReset, by: reach.actor, subject: person, id: entry, at: now)
        let isAllowed: SQL = """
            generation = \(seen) AND \(reach.mayReset) AND (\(SQL.districtKeepsAnAdministrator(without: person))
              OR NOT \(SQL.administersDistrict(person)))
            """
        guard try takePassword(of: person, where: isAllowed, at: now) else { throw LastAdministrator() }
        // Who presses Reset has seen that somebody said "This was not me", and does what it takes.
        try endDisowning(of: person)
        try queueNotice(of: .passwordReset, about: person, by: reach.actor, id: ID(bytes: entry.bytes), at: now)
        return .done
    }

    /// Closes an account until a mail or a card leads in again. False where `isAllowed` is not true: then it stays as it is.
    ///
    /// With the generation, every link and card made until now is dead; the facts of ways in go with them.
    func takePassword(of person: ID<Account>, where isAllowed: SQL = "TRUE", at now: Timestamp) throws -> Bool {
        let done = try execute(
            """
            UPDATE account SET generation = generation + 1, password_hash = NULL, active_at = NULL, credential_id = NULL,
              link_state = NULL, link_at = NULL, link_ends_at = NULL, card_state = NULL, card_at = NULL,
              card_ends_at = NULL, asked_at = NULL
            WHERE id = \(person) AND \(isAllowed)
            """)
        guard done == 1 else { return false }
        try closeWaysIn(of: person, at: now)
        return true
    }

    private func liftWait(
        of person: ID<Account>, within reach: Reach, entry: ID<AuditEntry>, at now: Timestamp
    ) throws -> Bool {
        guard try isFound(person, within: reach) else { return false }
        try record(.waitLifted, by: reach.actor, subject: person, id: entry, at: now)
        try clearTries(of: person)
        return true
    }

    private func isFound(_ person: ID<Account>, within reach: Reach) throws -> Bool {
        try exists("SELECT a.id FROM account a WHERE a.id = \(person) AND \(reach.contains)")
    }

    /// Voids the links that were mailed to a person, where the mails may be in the wrong hands.
    func closeMailedLinks(of person: ID<Account>, at now: Timestamp) throws {
        try execute(
            """
            UPDATE activation_link SET voided_at = \(now)
            WHERE account_id = \(person) AND origin = 'mail' AND voided_at IS NULL
            """)
        try execute(
            "UPDATE account SET link_state = NULL, link_at = NULL, link_ends_at = NULL WHERE id = \(person)")
    }

    /// Ends temporary passwords, links, sessions and waits of a person whose password has just changed.
    func closeWaysIn(of person: ID<Account>, at now: Timestamp) throws {
        try execute("UPDATE credential SET ended_at = \(now) WHERE account_id = \(person) AND ended_at IS NULL")
        try execute("UPDATE activation_link SET voided_at = \(now) WHERE account_id = \(person) AND voided_at IS NULL")
        try endSessions(of: person)
        try clearTries(of: person)
    }
}

extension Reach {
    static func students(seenBy viewer: StudentViewer) -> Self { Self(actor: viewer.id, contains: viewer.sees) }

    static func scope(of administrator: Administrator) -> Self {
        Self(
            actor: administrator.id,
            contains: "a.id <> \(administrator.id) AND \(administrator.outranks) AND \(administrator.sees)",
            mayReset: administrator.stillActs)
    }
}
