package import Storage

/// What a card is made of, beside the database: the keys and the address that its QR code leads to.
package struct CardSecrets: Sendable {
    package let keyring: Keyring
    /// Makes the address behind a token, from the configured public URL alone.
    package let link: @Sendable (Redacted<String>) -> Redacted<String>
    package init(keyring: Keyring, link: @escaping @Sendable (Redacted<String>) -> Redacted<String>) {
        self.keyring = keyring
        self.link = link
    }
}

/// What became of a request to see a sheet.
package enum CardSheetShowing: Sendable {
    case sheet(CardSheet)
    /// The 15 minutes are over, or the sheet was voided: it can be printed anew.
    case over(number: Int, student: ID<Account>?)
}

extension Connection {
    /// Shows a sheet to its maker, for 15 minutes, with an audit row before anything is read; nil for everybody else.
    ///
    /// Students whom the maker no longer teaches are left out; who has become active since has no password on the card.
    package func showCardSheet(
        _ id: ID<CardSheet>, to maker: Teacher, secrets: CardSecrets, entry: ID<AuditEntry>, at now: Timestamp
    ) throws -> CardSheetShowing? {
        let found = try rows(
            """
            SELECT c.number, c.made_at, c.is_single, c.voided_at, a.given_name, a.family_name, d.name AS district
            FROM card_sheet c JOIN account a ON a.id = c.made_by JOIN district d ON d.id = 'district'
            WHERE c.id = \(id) AND c.made_by = \(maker.id)
            """)
        guard let head = found.first else { return nil }
        let madeAt: Timestamp = try head["made_at"]
        let isSingle: Bool = try head["is_single"]
        let voided: Timestamp? = try head["voided_at"]
        guard voided == nil, now < madeAt + CardLife.shown else {
            let student: ID<Account>? = try value(
                "SELECT account_id AS value FROM card_sheet_line WHERE sheet_id = \(id) ORDER BY position LIMIT 1")
            return .over(number: try head["number"], student: isSingle ? student : nil)
        }
        try record(
            .cardSheetShown, by: maker.id,
            people: "SELECT l.account_id FROM card_sheet_line l WHERE l.sheet_id = \(id)",
            count: try value("SELECT count(DISTINCT account_id) AS value FROM card_sheet_line WHERE sheet_id = \(id)")
                ?? 0,
            detail: "card sheet \(id)", id: entry, at: now)
        return .sheet(
            CardSheet(
                id: id, number: try head["number"], madeAt: madeAt,
                madeBy: PersonName.shown(given: try head["given_name"], family: try head["family_name"]),
                district: try head["district"], isSingle: isSingle,
                groups: try cardGroups(of: id, for: maker, secrets: secrets, at: now)))
    }

    private func cardGroups(
        of sheet: ID<CardSheet>, for maker: Teacher, secrets: CardSecrets, at now: Timestamp
    ) throws -> [CardGroup] {
        let mine = SQL.students(of: SQL.trackersTaught(by: maker), on: maker.day)
        var groups: [CardGroup] = []
        var open: OpenGroup?
        try forEachRow(
            """
            SELECT l.tracker_id, t.name AS tracker, s.name AS school, u.name AS under, a.given_name, a.family_name,
              a.username, \(SQL.mailLanguage) AS language, \(StudentState.sql(at: now)) AS state,
              c.id AS credential_id, c.key_id, c.form, c.ends_at
            FROM card_sheet_line l JOIN account a ON a.id = l.account_id
            LEFT JOIN tracker t ON t.id = l.tracker_id LEFT JOIN tracker u ON u.id = l.under_tracker_id
            LEFT JOIN school s ON s.id = coalesce(t.school_id, a.school_id) JOIN district d ON d.id = 'district'
            LEFT JOIN credential c ON c.id = l.credential_id AND c.id = a.credential_id AND c.ended_at IS NULL
            WHERE l.sheet_id = \(sheet) AND a.id IN (\(mine)) ORDER BY l.position
            """
        ) { row in
            let tracker: ID<Tracker>? = try row["tracker_id"]
            if open?.tracker != tracker || open == nil {
                if let open { groups.append(open.group) }
                open = OpenGroup(tracker: tracker, name: try row["tracker"] ?? "", school: try row["school"] ?? "")
            }
            let name = PersonName.shown(given: try row["given_name"], family: try row["family_name"])
            if let under: String = try row["under"] {
                open?.elsewhere.append(CardGroup.Elsewhere(name: name, under: under))
            } else {
                open?.cards.append(try card(row, name: name, sheet: sheet, secrets: secrets))
            }
        }
        if let open { groups.append(open.group) }
        return groups
    }

    private func card(_ row: any Row, name: String, sheet: ID<CardSheet>, secrets: CardSecrets) throws -> LoginCard {
        let state: StudentState = try row["state"]
        var secret: LoginCard.Secret?
        if state != .active, state != .suspended, let credential: ID<Credential> = try row["credential_id"] {
            let key: KeyID = try row["key_id"]
            let password = try TemporaryPassword(
                credential: credential, keyID: key, form: try row["form"], keyring: secrets.keyring)
            let token = try CardToken(sheet: sheet, credential: credential, keyID: key, keyring: secrets.keyring)
            secret = LoginCard.Secret(
                temporaryPassword: password.text, link: secrets.link(token.text), worksUntil: try row["ends_at"])
        }
        return LoginCard(
            name: name, username: try row["username"], language: try row["language"], state: state, secret: secret)
    }
}

/// The group that is being filled while a sheet's lines are read.
private struct OpenGroup {
    let tracker: ID<Tracker>?
    let name: String
    let school: String
    var cards: [LoginCard] = []
    var elsewhere: [CardGroup.Elsewhere] = []
    var group: CardGroup { CardGroup(tracker: name, school: school, cards: cards, elsewhere: elsewhere) }
}
