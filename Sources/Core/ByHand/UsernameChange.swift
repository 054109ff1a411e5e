package import Storage

/// All names of one person.
package struct NamesOfPerson: Sendable, Equatable {
    package let id: ID<Account>
    package let name: String
    package let username: String
    /// Names that sign in too, as they were written: former ones, and one of a roster.
    package let aliases: [String]
    /// What the roster calls a person whose username was chosen in FirstBell; nil where it says the same or nothing.
    package let rosterUsername: String?
}

/// A press of Save on the page of a username.
package struct UsernameChange: Sendable {
    package let person: ID<Account>
    package let kind: AccountKind
    package let username: String
    /// The name that the page showed.
    package let before: String
    package let entry: ID<AuditEntry>
    package let now: Timestamp
    package init(
        person: ID<Account>, kind: AccountKind, username: String, before: String, entry: ID<AuditEntry>, now: Timestamp
    ) {
        self.person = person
        self.kind = kind
        self.username = username
        self.before = before
        self.entry = entry
        self.now = now
    }
}

/// What became of it. Unless it is `saved`, nothing was written.
package enum ChangingUsername: Sendable, Equatable {
    case saved
    case problem(HandProblem)
    /// Somebody else changed it meanwhile; this is what it is now.
    case stale(String)
}

extension Connection {
    /// The names of a person whose username this administrator may change; nil for everybody else.
    package func names(
        of person: ID<Account>, _ kind: AccountKind, visibleTo administrator: Administrator
    ) throws -> NamesOfPerson? {
        let row = try rows(
            """
            SELECT a.given_name, a.family_name, a.username, a.roster_username FROM account a
            WHERE a.id = \(person) AND a.kind = \(kind.rawValue) AND \(administrator.sees) AND \(administrator.outranks)
            """
        ).first
        guard let row else { return nil }
        let username: String = try row["username"]
        let said: String? = try row["roster_username"]
        return NamesOfPerson(
            id: person, name: PersonName.shown(given: try row["given_name"], family: try row["family_name"]),
            username: username, aliases: try aliases(of: person),
            rosterUsername: said.flatMap { Username.key($0) == Username.key(username) ? nil : $0 })
    }

    /// The names beside the username with which a person signs in too.
    package func aliases(of person: ID<Account>) throws -> [String] {
        try rows(
            "SELECT alias FROM username WHERE account_id = \(person) AND alias IS NOT NULL ORDER BY name_key"
        ).map { try $0["alias"] }
    }

    /// Gives a person another username. The one before still signs in, and is never anybody else's.
    ///
    /// From now on no roster changes it. nil when no such person is in the scope.
    package func changeUsername(
        _ change: UsernameChange, by administrator: Administrator
    ) throws -> ChangingUsername? {
        let person = change.person
        guard let names = try names(of: person, change.kind, visibleTo: administrator) else { return nil }
        guard names.username != change.username else { return .saved }
        guard names.username == change.before else { return .stale(names.username) }
        let address = try address(of: person).flatMap { Address.key($0) }
        if let problem = try usernameProblem(change.username, of: person, addressKey: address) {
            return .problem(problem)
        }
        try record(.usernameChanged, by: administrator.id, subject: person, id: change.entry, at: change.now)
        try execute(
            "UPDATE username SET alias = \(names.username) WHERE name_key = \(Username.key(names.username))")
        try execute(
            """
            INSERT INTO username (name_key, account_id) VALUES (\(Username.key(change.username)), \(person))
            ON CONFLICT (name_key) DO UPDATE SET alias = NULL
            """)
        try execute(
            "UPDATE account SET username = \(change.username), username_is_pinned = TRUE WHERE id = \(person)")
        return .saved
    }
}
