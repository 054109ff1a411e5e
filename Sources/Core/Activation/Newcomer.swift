package import Storage

/// Somebody on the way to an own password, as the page that greets them needs to know.
package struct Newcomer: Sendable, Equatable {
    /// Who sent the link or printed the card.
    package enum Sender: Sendable, Equatable {
        case teacher(String, school: String)
        /// A school or the district, where no one teacher is known.
        case place(String)
    }
    package let account: ID<Account>
    package let kind: AccountKind
    package let givenName: String
    package let familyName: String
    package let username: String
    /// Names of school and district: no password is made of them.
    package let places: [String]
    package let language: String
    package let sender: Sender
    /// True for the owner of an active account who has forgotten its password.
    package let isRenewal: Bool
    /// The temporary password, where there is one; it is no own password.
    package let credential: ID<Credential>?
    let key: KeyID?
    let form: PasswordForm?
}

extension Newcomer: Record {
    package init(row: any Row) throws {
        account = try row["id"]
        guard let kind = AccountKind(rawValue: try row["kind"]) else { throw MissingColumn("kind") }
        self.kind = kind
        givenName = try row["given_name"]
        familyName = try row["family_name"]
        username = try row["username"]
        let school: String? = try row["school"]
        places = [school, try row["district"]].compactMap(\.self)
        language = try row["language"]
        credential = try row["credential_id"]
        let active: Timestamp? = try row["active_at"]
        isRenewal = active != nil
        key = try row["key_id"]
        form = try row["form"]
        let name: String? = try row["sender_name"]
        let place: String = try row["place"]
        let senderPlace: String? = try row["sender_place"]
        if kind == .student, let name {
            sender = .teacher(name, school: senderPlace ?? place)
        } else {
            sender = .place(place)
        }
    }
}

extension Connection {
    /// The key with which a link's token was made; nil for a link that never was.
    func key(of link: ID<ActivationLink>) throws -> KeyID? {
        try value("SELECT key_id AS value FROM activation_link WHERE id = \(link)")
    }

    /// The key with which a temporary password and its cards are made; nil for one that never was.
    func key(of credential: ID<Credential>) throws -> KeyID? {
        try value("SELECT key_id AS value FROM credential WHERE id = \(credential)")
    }

    /// Whom a living link is for; nil for every other link.
    func newcomer(link: ID<ActivationLink>, at now: Timestamp) throws -> Newcomer? {
        try fetchOne(
            """
            SELECT \(Newcomer.columns), m.sender_name, m.sender_place
            FROM activation_link l JOIN account a ON a.id = l.account_id \(Newcomer.joins)
            LEFT JOIN mail o ON o.account_id = a.id AND o.link_id = l.id
            LEFT JOIN mailing m ON m.id = o.mailing_id AND \(Newcomer.isTeacher("m.made_by"))
            WHERE l.id = \(link) AND \(Newcomer.linkLives(at: now))
            LIMIT 1
            """)
    }

    /// Whom a living card is for; nil once its sheet was voided or its temporary password is over.
    func newcomer(sheet: ID<CardSheet>, credential: ID<Credential>, at now: Timestamp) throws -> Newcomer? {
        try fetchOne(
            """
            SELECT \(Newcomer.columns), \(Newcomer.maker)
            FROM credential w JOIN account a ON a.id = w.account_id \(Newcomer.joins)
            JOIN card_sheet s ON s.id = \(sheet) AND s.voided_at IS NULL
            LEFT JOIN account p ON p.id = s.made_by AND \(Newcomer.isTeacher("s.made_by"))
            LEFT JOIN school q ON q.id = p.school_id
            WHERE w.id = \(credential) AND \(Newcomer.credentialLives(at: now))
              AND EXISTS (SELECT 1 FROM card_sheet_line x WHERE x.credential_id = w.id AND x.sheet_id = s.id)
            """)
    }

    /// Whom a living temporary password is for; sent by whoever printed the newest card with it.
    func newcomer(credential: ID<Credential>, at now: Timestamp) throws -> Newcomer? {
        try fetchOne(
            """
            SELECT \(Newcomer.columns), \(Newcomer.maker)
            FROM credential w JOIN account a ON a.id = w.account_id \(Newcomer.joins)
            LEFT JOIN card_sheet s ON s.id = (SELECT max(x.sheet_id) FROM card_sheet_line x WHERE x.credential_id = w.id)
            LEFT JOIN account p ON p.id = s.made_by AND \(Newcomer.isTeacher("s.made_by"))
            LEFT JOIN school q ON q.id = p.school_id
            WHERE w.id = \(credential) AND \(Newcomer.credentialLives(at: now))
            """)
    }
}

extension Newcomer {
    fileprivate static let columns: SQL = """
        a.id, a.kind, a.given_name, a.family_name, a.username, a.active_at, h.name AS school, d.name AS district,
        coalesce(h.name, d.name) AS place,
        coalesce(a.language, a.roster_language, h.language, d.language) AS language, c.id AS credential_id, c.key_id, c.form
        """
    fileprivate static let joins: SQL = """
        JOIN district d ON d.id = 'district' LEFT JOIN school h ON h.id = a.school_id
        LEFT JOIN credential c ON c.id = a.credential_id AND c.ended_at IS NULL
        """
    fileprivate static let maker: SQL = """
        CASE WHEN p.id IS NULL THEN NULL WHEN p.given_name = '' THEN p.family_name
        WHEN p.family_name = '' THEN p.given_name ELSE p.given_name || ' ' || p.family_name END AS sender_name,
        q.name AS sender_place
        """
    /// An administrator is not the child's teacher, so the school signs.
    fileprivate static func isTeacher(_ maker: SQL) -> SQL {
        """
        EXISTS (SELECT 1 FROM enrollment g JOIN enrollment e ON e.tracker_id = g.tracker_id AND e.role = 'student'
        WHERE g.account_id = \(maker) AND g.role = 'teacher' AND e.account_id = a.id)
        """
    }

    /// True for a link `l` of an account `a` that still opens its door.
    static func linkLives(at now: Timestamp) -> SQL {
        """
        \(linkIsOpen(at: now)) AND l.generation = a.generation AND a.suspended_at IS NULL AND \(linkFits)
        """
    }

    /// True for a link `l` whose purpose fits the account `a`: a forgotten password is not renewed by mail while nobody has
    /// settled that somebody said "This was not me".
    static let linkFits: SQL = """
        (a.active_at IS NOT NULL) = (l.purpose = 'renewal') AND (l.purpose <> 'renewal' OR a.disowned_at IS NULL)
        """

    /// True for a temporary password `w` of an account `a` that still opens its door.
    static func credentialLives(at now: Timestamp) -> SQL { "\(credentialIsOpen(at: now)) AND \(waits)" }

    /// What of that the link's own row knows.
    static func linkIsOpen(at now: Timestamp) -> SQL { "l.voided_at IS NULL AND l.ends_at > \(now)" }

    /// What of that the temporary password's own row knows: shown, not over.
    static func credentialIsOpen(at now: Timestamp) -> SQL {
        "w.ended_at IS NULL AND w.first_shown_at <= \(now) AND w.ends_at > \(now)"
    }

    private static let waits: SQL = "a.active_at IS NULL AND a.suspended_at IS NULL"
}
