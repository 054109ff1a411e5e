package import Storage

/// The door: a name and a password, and what they open.
package struct SignIn: Sendable {
    private let database: any Database
    private let keyring: Keyring
    private let hasher: PasswordHasher
    private let limits: SessionLimits

    package init(database: any Database, keyring: Keyring, hasher: PasswordHasher, limits: SessionLimits) {
        self.database = database
        self.keyring = keyring
        self.hasher = hasher
        self.limits = limits
    }

    /// What a try to sign in came to. `refused` is one answer for every cause.
    package enum Outcome: Sendable, Equatable {
        case full(SessionToken)
        /// The temporary password was right: the session may only choose an own one.
        case choose(SessionToken)
        /// The code of a mail was right: the token of its link leads on.
        case link(Redacted<String>)
        case refused
        case wait(until: Timestamp)
        /// Too many hash at this moment; the try does not count.
        case busy
    }

    /// One try. `name` is read as username first, then as address. `language` is the one chosen on the page.
    ///
    /// Exactly one Argon2id check runs, whatever stands behind the name, so that the time taken tells nothing.
    package func attempt(
        name: String, password: Redacted<String>, language: String?, at now: Timestamp
    ) async throws -> Outcome {
        let throttle = Throttle(name: name)
        let door = try await database.write(at: .readCommitted) { [keys = keyring.ids] in
            try $0.openDoor(name, throttle, keys: keys, at: now)
        }
        guard case .go = door.verdict else {
            if case .wait(let until) = door.verdict { return .wait(until: until) }
            return .refused
        }
        let chosen = try door.temporary.filter {
            try TemporaryPassword(credential: $0.credential, keyID: $0.key, form: $0.form, keyring: keyring)
                .matches(password)
        }
        let coded = try door.coded.filter {
            try LinkCode(link: $0.link, keyID: $0.key, keyring: keyring).matches(password)
        }
        let isOwn: Bool
        do {
            isOwn = try await hasher.verify(password, against: door.own?.hash)
        } catch is PasswordHasher.Busy {
            try await database.write(at: .readCommitted) { try $0.takeBackTry(throttle, of: door, at: now) }
            return .busy
        }
        let token = SessionToken.new()
        let audit: ID<AuditEntry> = .new(at: now)
        let limits = limits
        if let own = door.own, isOwn {
            let fresh = try await rehashed(password, own)
            let entered = try await database.write {
                try $0.enter(own, fresh, token, throttle, language: language, entry: audit, limits: limits, at: now)
            }
            return entered ? .full(token) : .refused
        }
        // Two children with one address and the same words: neither is let in by a guess.
        guard chosen.count + coded.count == 1 else { return .refused }
        if let code = coded.first {
            guard try await database.write({ try $0.pass(code, throttle, at: now) }) else { return .refused }
            return .link(try ActivationToken(id: code.link, keyID: code.key, keyring: keyring).text)
        }
        guard let only = chosen.first else { return .refused }
        let entered = try await database.write {
            try $0.enter(only, token, throttle, language: language, limits: limits, at: now)
        }
        return entered ? .choose(token) : .refused
    }

    /// The password hashed as today, where it was hashed otherwise once. Nil as well while there is no time for it.
    private func rehashed(_ password: Redacted<String>, _ own: Door.Own) async throws -> String? {
        guard hasher.needsRehash(own.hash) else { return nil }
        do { return try await hasher.hash(password) } catch is PasswordHasher.Busy { return nil }
    }
}
