package import Storage

/// "Forgot your password?": a mail to each account that a name can mean. What is answered never depends on what was found.
package struct ForgottenPassword: Sendable {
    /// How long a mailed link lets its reader choose a new password, from the last try to send it. A student's mailbox is
    /// often a parent's, who reads it in the evening.
    package static func linkLife(for kind: AccountKind) -> Span { kind == .staff ? .hours(1) : .days(1) }

    /// The most accounts that are mailed for one address: siblings, or a teacher who is a parent too.
    static let most = 10

    /// As it was typed.
    let name: String
    /// Whom the request came from; nil when nobody can say.
    let client: String?
    let mint: IDMint
    let now: Timestamp

    package init(name: String, client: String?, mint: IDMint, now: Timestamp) {
        self.name = name
        self.client = client
        self.mint = mint
        self.now = now
    }
}

extension Connection {
    /// Queues the mails. False when this client has asked more often than a whole school would: then nothing is done.
    ///
    /// Only queued here, sent later: with the answer the time it takes tells nothing.
    package func ask(_ forgotten: ForgottenPassword) throws -> Bool {
        let now = forgotten.now
        guard try claim(.forgottenPassword(from: forgotten.client ?? ""), at: now) else { return false }
        var mint = forgotten.mint
        let people = try forgetful(forgotten.name)
        if people.isEmpty { _ = try claim(.forgottenPassword(ofNobodyNamed: forgotten.name), at: now) }
        try mail(people, mint: &mint, at: now)
        return true
    }

    /// Queues for each what fits the account: a renewal, or the activation email once more.
    func mail(_ people: [Forgetful], mint: inout IDMint, at now: Timestamp) throws {
        for person in people where try claim(.forgottenPassword(of: person.id), at: now) {
            try record(.passwordForgotten, by: nil, subject: person.id, id: mint.next(), at: now)
            let mail: ID<OutgoingMail> = mint.next()
            if person.isActive {
                try execute(
                    """
                    INSERT INTO mail (id, kind, account_id, state, state_at, priority, due_at, language, edition)
                    VALUES (\(mail), 'renewal', \(person.id), 'queued', \(now), 0, \(now), \(person.language),
                      \(SQL.newestEdition))
                    """)
            } else {
                try queueMail(mail, of: nil, to: person.id, language: person.language, priority: 0, at: now)
            }
        }
    }

    /// Whom a name may mean: by username, a former one too, else by address.
    private func forgetful(_ name: String) throws -> [Forgetful] {
        let key = Username.key(name)
        var means: SQL = "a.id IN (SELECT u.account_id FROM username u WHERE u.name_key = \(key))"
        if try !exists("SELECT account_id FROM username WHERE name_key = \(key)") {
            means = "a.address_key = \(Address.key(name) ?? "")"
        }
        return try forgetful(where: means)
    }

    /// Of these accounts `a`, those to whom a mail may go. Nobody who has one on its way, who is suspended, or of whom somebody
    /// said "This was not me": a teacher or an administrator looks first, for the mailbox may be the trouble.
    func forgetful(where means: SQL) throws -> [Forgetful] {
        try fetchAll(
            """
            SELECT a.id, a.active_at, \(SQL.mailLanguage) AS language
            FROM account a LEFT JOIN school s ON s.id = a.school_id JOIN district d ON d.id = 'district'
            WHERE \(means) AND a.address IS NOT NULL AND a.address_is_bad = FALSE AND a.suspended_at IS NULL
              AND a.disowned_at IS NULL
              AND NOT EXISTS (SELECT 1 FROM mail m WHERE m.account_id = a.id AND m.kind <> 'notice'
                AND m.state IN ('queued', 'sending', 'in_data', 'deferred', 'held'))
            ORDER BY a.id LIMIT \(ForgottenPassword.most)
            """)
    }
}

/// Somebody who waits for a mail with a way in.
struct Forgetful: Record {
    let id: ID<Account>
    let isActive: Bool
    let language: String

    init(row: any Row) throws {
        id = try row["id"]
        isActive = try row.integer("active_at") != nil
        language = try row["language"]
    }
}
