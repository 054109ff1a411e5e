package import Storage

extension Connection {
    /// The living session of a cookie. Nil once it has ended by time, by hand, or with the account or credential.
    package func session(_ token: SessionToken, at now: Timestamp) throws -> Session? {
        try fetchOne(
            """
            SELECT s.id, s.stage, s.account_id, s.credential_id, s.seen_at, s.idle, s.ends_at, a.kind, a.given_name, a.family_name,
              a.username, r.scope, coalesce(h.name, d.name) AS place,
              coalesce(s.language, a.language, a.roster_language, h.language, d.language) AS language
            FROM session s JOIN account a ON a.id = s.account_id JOIN district d ON d.id = 'district'
            LEFT JOIN school h ON h.id = a.school_id LEFT JOIN administrator r ON r.account_id = a.id
            WHERE s.id = \(token.digest) AND s.ends_at > \(now) AND s.seen_at + s.idle > \(now)
              AND a.suspended_at IS NULL AND (s.stage = 'full') = (a.active_at IS NOT NULL)
            """)
    }

    /// Begins a session. Call it in the transaction that has proved who it is.
    package func startSession(
        _ token: SessionToken, of account: ID<Account>, kind: AccountKind,
        choosingWith credential: ID<Credential>? = nil,
        language: String?, limits: SessionLimits, at now: Timestamp
    ) throws {
        let stage: Session.Stage = credential == nil ? .full : .choose
        let administers = try exists("SELECT account_id FROM administrator WHERE account_id = \(account)")
        let limit = limits.limit(stage, kind, isAdministrator: administers)
        try execute(
            """
            INSERT INTO session (id, account_id, stage, credential_id, language, made_at, seen_at, idle, ends_at)
            VALUES (\(token.digest), \(account), \(stage.rawValue), \(credential), \(language), \(now), \(now),
              \(Int(limit.idle.milliseconds)), \(now + limit.whole))
            """)
    }

    /// Whose session a cookie is of, ended or not, as long as the table remembers it.
    package func owner(of token: SessionToken) throws -> ID<Account>? {
        try value("SELECT account_id AS value FROM session WHERE id = \(token.digest)")
    }

    /// Writes down that the session is in use.
    package func renewSession(_ id: String, at now: Timestamp) throws {
        try execute("UPDATE session SET seen_at = \(now) WHERE id = \(id) AND seen_at < \(now)")
    }

    package func endSession(_ id: String) throws { try execute("DELETE FROM session WHERE id = \(id)") }

    /// Ends all sessions of a person but the one named; returns how many.
    @discardableResult package func endSessions(of account: ID<Account>, except id: String? = nil) throws -> Int {
        try execute("DELETE FROM session WHERE account_id = \(account) AND id <> \(id ?? "")")
    }

    /// How many browsers beside this one the person is signed in with.
    package func otherSessions(of account: ID<Account>, than id: String, at now: Timestamp) throws -> Int {
        try value(
            """
            SELECT count(*) AS value FROM session
            WHERE account_id = \(account) AND id <> \(id) AND ends_at > \(now) AND seen_at + idle > \(now)
            """) ?? 0
    }

    /// Keeps a person's own choice of language, for this session and for good.
    package func chooseLanguage(_ language: String, in session: Session) throws {
        try execute("UPDATE session SET language = \(language) WHERE id = \(session.id)")
        guard session.stage == .full else { return }
        try execute("UPDATE account SET language = \(language) WHERE id = \(session.person.id)")
    }
}
