package import Foundation
package import Storage

/// The road to an own password: by link, by a card's QR code, or with a temporary password that was typed.
package struct Activation: Sendable {
    /// What opens the door; each is checked again in the transaction that goes through it.
    package enum Way: Sendable, Equatable {
        case link(ID<ActivationLink>)
        case card(ID<CardSheet>, ID<Credential>)
        /// A session at stage `choose`.
        case credential(ID<Credential>)
    }

    /// What came of a chosen password.
    package enum Outcome: Sendable, Equatable {
        /// Active now, and in.
        case entered(SessionToken, Newcomer)
        /// The password breaks a rule; nothing was spent.
        case notTaken(PasswordRules.Problem, Newcomer)
        /// Too many hash at this moment; nothing was spent.
        case busy(Newcomer)
        /// The way is closed, or somebody else went through it first.
        case closed
    }

    private let database: any Database
    private let keyring: Keyring
    private let hasher: PasswordHasher
    private let limits: SessionLimits
    /// The district's, for counting who became active on which day.
    private let zone: TimeZone

    package init(
        database: any Database, keyring: Keyring, hasher: PasswordHasher, limits: SessionLimits, zone: TimeZone
    ) {
        self.database = database
        self.keyring = keyring
        self.hasher = hasher
        self.limits = limits
        self.zone = zone
    }

    /// The way behind a token of a link or card; nil for everything that is no token of ours. Changes nothing.
    package func way(token: Redacted<String>) async throws -> Way? {
        if let link = ActivationToken.parse(token.value) {
            let key = try await database.read { try $0.key(of: link.id) }
            guard let key, try link.verify(keyID: key, keyring: keyring) else { return nil }
            return .link(link.id)
        }
        if let card = CardToken.parse(token.value) {
            let key = try await database.read { try $0.key(of: card.credential) }
            guard let key, try card.verify(keyID: key, keyring: keyring) else { return nil }
            return .card(card.sheet, card.credential)
        }
        return nil
    }

    /// Who stands at the door; nil when it does not open. Changes nothing.
    package func newcomer(_ way: Way, at now: Timestamp) async throws -> Newcomer? {
        try await database.read { try $0.newcomer(way, at: now) }
    }

    /// Takes an own password and lets its owner in. Of parallel tries exactly one is `entered`.
    ///
    /// `language` is the one chosen on the page.
    package func choose(
        _ password: Redacted<String>, by way: Way, language: String?, at now: Timestamp
    ) async throws -> Outcome {
        guard let newcomer = try await newcomer(way, at: now) else { return .closed }
        if let problem = try problem(password, newcomer, code: try await code(of: way)) {
            return .notTaken(problem, newcomer)
        }
        let hash: String
        do {
            // Hashed before the transaction: 23 ms of one core must not hold up every other writer.
            hash = try await hasher.hash(password)
        } catch is PasswordHasher.Busy {
            return .busy(newcomer)
        }
        let token = SessionToken.new()
        let entry: ID<AuditEntry> = .new(at: now)
        let day = SchoolDay(now, in: zone).today
        let entered = try await database.write { [limits] connection in
            try connection.becomeActive(by: way, hash: hash, entry: entry, on: day, at: now) { account, kind in
                try connection.startSession(
                    token, of: account, kind: kind, language: language, limits: limits, at: now)
            }
        }
        return entered ? .entered(token, newcomer) : .closed
    }

    /// What is wrong with a password that somebody chose; nil when it may be taken.
    private func problem(
        _ password: Redacted<String>, _ newcomer: Newcomer, code: LinkCode?
    ) throws -> PasswordRules.Problem? {
        let person = PasswordRules.Person(
            names: [newcomer.givenName, newcomer.familyName], username: newcomer.username, places: newcomer.places)
        var temporary: TemporaryPassword?
        if let credential = newcomer.credential, let key = newcomer.key, let form = newcomer.form {
            temporary = try TemporaryPassword(credential: credential, keyID: key, form: form, keyring: keyring)
        }
        return PasswordRules(for: newcomer.kind).problem(with: password, of: person, temporary: temporary, code: code)
    }

    /// What stands beside the link in a mail: everybody who reads that mail knows it.
    private func code(of way: Way) async throws -> LinkCode? {
        guard case .link(let link) = way, let key = try await database.read({ try $0.key(of: link) }) else {
            return nil
        }
        return try LinkCode(link: link, keyID: key, keyring: keyring)
    }
}
