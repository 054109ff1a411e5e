import Storage

/// What stands behind a typed name.
struct Door: Sendable {
    /// An account with an own password.
    struct Own: Sendable {
        let account: ID<Account>
        let kind: AccountKind
        let hash: String
    }
    /// A temporary password that would be taken.
    struct Temporary: Sendable {
        let account: ID<Account>
        let kind: AccountKind
        let credential: ID<Credential>
        let key: KeyID
        let form: PasswordForm
    }
    /// A mailed link whose code would be taken.
    struct Coded: Sendable {
        let account: ID<Account>
        let link: ID<ActivationLink>
        let key: KeyID
    }
    let verdict: Throttle.Verdict
    let own: Own?
    let temporary: [Temporary]
    let coded: [Coded]
    let accounts: [ID<Account>]
}

/// The most children whose temporary passwords are compared for one address (design section 3).
private let mostSiblings = 10

/// The most mailed links whose codes are compared, the newest first: of 38 bits a guesser has to hit 34, as of a
/// temporary password.
private let mostCodes = 16

extension Connection {
    /// Counts the try, then finds what the name could mean. Marks the accounts as guessed at once it has to wait.
    ///
    /// `keys` are those of the keyring: a link made with another opens nothing.
    func openDoor(_ name: String, _ throttle: Throttle, keys: [KeyID], at now: Timestamp) throws -> Door {
        let people = try peopleBehind(name, at: now)
        let hasOwn = people.isEmpty || people.contains { $0.hash != nil }
        let verdict = try claimTry(throttle, at: hasOwn ? .ownPassword : .temporaryPassword, now: now)
        let accounts = people.map(\.account).removingDuplicates()
        if case .go(let nextAt?) = verdict {
            try execute("UPDATE account SET guessed_until = \(nextAt) WHERE id IN \(SQL.list(accounts))")
        }
        let able = people.filter { !$0.isSuspended }
        let owners = able.compactMap(\.own)
        return Door(
            verdict: verdict, own: owners.count == 1 ? owners.first : nil,
            temporary: Array(able.compactMap(\.temporary).prefix(mostSiblings)),
            coded: try mailedLinks(of: accounts, keys: keys, at: now), accounts: accounts)
    }

    /// Takes back a try that could not be checked.
    func takeBackTry(_ throttle: Throttle, of door: Door, at now: Timestamp) throws {
        try releaseTry(throttle, at: now)
        try execute("UPDATE account SET guessed_until = NULL WHERE id IN \(SQL.list(door.accounts))")
    }

    /// Lets somebody in whose own password was right. False if it has changed meanwhile. `fresh` is its hash as one is
    /// made today, where the stored one is older.
    func enter(
        _ own: Door.Own, _ fresh: String?, _ token: SessionToken, _ throttle: Throttle, language: String?,
        entry: ID<AuditEntry>, limits: SessionLimits, at now: Timestamp
    ) throws -> Bool {
        let isSame = try exists(
            """
            SELECT id FROM account
            WHERE id = \(own.account) AND password_hash = \(own.hash) AND suspended_at IS NULL
            """)
        guard isSame else { return false }
        if let fresh { try execute("UPDATE account SET password_hash = \(fresh) WHERE id = \(own.account)") }
        // Students come in every day; only who can see others' data is written down.
        if own.kind == .staff { try record(.signedIn, by: own.account, subject: own.account, id: entry, at: now) }
        try startSession(token, of: own.account, kind: own.kind, language: language, limits: limits, at: now)
        try clearTries(of: own.account, typed: throttle)
        return true
    }

    /// Lets somebody choose an own password whose temporary one was right. False if it has ended meanwhile.
    func enter(
        _ temporary: Door.Temporary, _ token: SessionToken, _ throttle: Throttle, language: String?,
        limits: SessionLimits, at now: Timestamp
    ) throws -> Bool {
        guard try isLiving(temporary.credential, at: now) else { return false }
        try startSession(
            token, of: temporary.account, kind: temporary.kind, choosingWith: temporary.credential, language: language,
            limits: limits, at: now)
        try clearTries(of: temporary.account, typed: throttle)
        return true
    }

    /// Lets somebody go on by a link whose code was right. False if it has died meanwhile.
    func pass(_ coded: Door.Coded, _ throttle: Throttle, at now: Timestamp) throws -> Bool {
        let lives = try exists(
            """
            SELECT l.id FROM activation_link l JOIN account a ON a.id = l.account_id
            WHERE l.id = \(coded.link) AND \(Newcomer.linkLives(at: now))
            """)
        guard lives else { return false }
        try clearTries(of: coded.account, typed: throttle)
        return true
    }

    /// True while a temporary password would be taken: shown, not over, and the account waits for its own one.
    func isLiving(_ credential: ID<Credential>, at now: Timestamp) throws -> Bool {
        try exists(
            """
            SELECT w.id FROM credential w JOIN account a ON a.id = w.account_id
            WHERE w.id = \(credential) AND \(Newcomer.credentialLives(at: now))
            """)
    }

    private func peopleBehind(_ name: String, at now: Timestamp) throws -> [Candidate] {
        let key = Username.key(name)
        // A former username stays a way in: printed cards have it.
        let named = try candidates(
            where: "a.id IN (SELECT u.account_id FROM username u WHERE u.name_key = \(key))", at: now)
        if !named.isEmpty { return named }
        guard let address = Address.key(name) else { return [] }
        return try candidates(where: "a.address_key = \(address)", at: now)
    }

    private func mailedLinks(of accounts: [ID<Account>], keys: [KeyID], at now: Timestamp) throws -> [Door.Coded] {
        try rows(
            """
            SELECT l.id, l.account_id, l.key_id FROM activation_link l JOIN account a ON a.id = l.account_id
            WHERE l.account_id IN \(SQL.list(accounts)) AND l.origin = 'mail' AND l.key_id IN \(SQL.list(keys))
              AND \(Newcomer.linkLives(at: now))
            ORDER BY l.made_at DESC, l.id LIMIT \(mostCodes)
            """
        ).map { Door.Coded(account: try $0["account_id"], link: try $0["id"], key: try $0["key_id"]) }
    }

    private func candidates(where condition: SQL, at now: Timestamp) throws -> [Candidate] {
        try fetchAll(
            """
            SELECT a.id, a.kind, a.password_hash, a.suspended_at, c.id AS credential_id, c.key_id, c.form
            FROM account a LEFT JOIN credential c ON c.account_id = a.id AND c.ended_at IS NULL
              AND c.first_shown_at <= \(now) AND c.ends_at > \(now) AND a.active_at IS NULL AND a.suspended_at IS NULL
            WHERE \(condition) ORDER BY c.first_shown_at IS NULL, c.first_shown_at DESC, a.id
            LIMIT 100
            """)
    }
}

private struct Candidate: Record {
    let account: ID<Account>
    let hash: String?
    let isSuspended: Bool
    let own: Door.Own?
    let temporary: Door.Temporary?

    init(row: any Row) throws {
        account = try row["id"]
        guard let kind = AccountKind(rawValue: try row["kind"]) else { throw MissingColumn("kind") }
        let suspended: Timestamp? = try row["suspended_at"]
        isSuspended = suspended != nil
        hash = try row["password_hash"]
        own = hash.map { [account] in Door.Own(account: account, kind: kind, hash: $0) }
        let credential: ID<Credential>? = try row["credential_id"]
        if let credential {
            temporary = Door.Temporary(
                account: account, kind: kind, credential: credential, key: try row["key_id"], form: try row["form"])
        } else {
            temporary = nil
        }
    }
}

extension [ID<Account>] {
    fileprivate func removingDuplicates() -> Self {
        var seen: Set<ID<Account>> = []
        return filter { seen.insert($0).inserted }
    }
}
