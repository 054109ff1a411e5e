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

/// What a request to see a sheet is answered with, before its cards are read.
package enum CardSheetOpening: Sendable {
    case open(CardSheetHeading)
    /// It is still being written.
    case making(number: Int, forSchools: Bool)
    /// The 15 minutes are over, or the sheet was voided: it can be printed anew.
    case over(number: Int, forSchools: Bool)
}

/// All of a sheet but its cards.
package struct CardSheetHeading: Sendable {
    let id: ID<CardSheet>
    let number: Int
    let madeAt: Timestamp
    let madeBy: String
    let district: String
    let isSingle: Bool
    let forSchools: Bool

    func sheet(_ groups: [CardGroup]) -> CardSheet {
        CardSheet(
            id: id, number: number, madeAt: madeAt, madeBy: madeBy, district: district, isSingle: isSingle,
            forSchools: forSchools, groups: groups)
    }
}

extension SQL {
    /// Ids of the students who stand on a sheet.
    static func people(onCardSheet sheet: ID<CardSheet>) -> SQL {
        "SELECT l.account_id FROM card_sheet_line l WHERE l.sheet_id = \(sheet)"
    }
}

extension Connection {
    /// Opens a sheet for its maker, for 15 minutes, with an audit row before anything is read; nil for everybody else.
    package func openCardSheet(
        _ id: ID<CardSheet>, for reader: MailingReader, entry: ID<AuditEntry>, at now: Timestamp
    ) throws -> CardSheetOpening? {
        let found = try rows(
            """
            SELECT g.number, g.made_at, g.is_single, g.for_schools, g.is_ready, g.voided_at, a.given_name, a.family_name,
              d.name AS district
            FROM card_sheet g JOIN account a ON a.id = g.made_by JOIN district d ON d.id = 'district'
            WHERE g.id = \(id) AND \(reader.made)
            """)
        guard let head = found.first else { return nil }
        let (number, forSchools): (Int, Bool) = (try head["number"], try head["for_schools"])
        let madeAt: Timestamp = try head["made_at"]
        let voided: Timestamp? = try head["voided_at"]
        guard voided == nil, now < madeAt + CardLife.shown else {
            return .over(number: number, forSchools: forSchools)
        }
        guard try head["is_ready"] else { return .making(number: number, forSchools: forSchools) }
        let people = SQL.people(onCardSheet: id)
        try record(
            .cardSheetShown, by: reader.teacher.id, people: people,
            count: try value("SELECT count(DISTINCT p.account_id) AS value FROM (\(people)) p") ?? 0,
            detail: "card sheet \(id)", id: entry, at: now)
        return .open(
            CardSheetHeading(
                id: id, number: number, madeAt: madeAt,
                madeBy: PersonName.shown(given: try head["given_name"], family: try head["family_name"]),
                district: try head["district"], isSingle: try head["is_single"], forSchools: forSchools))
    }

    /// An opened sheet with its cards. Students whom the maker may not see any more are left out; who has become active
    /// since has no password on the card.
    package func cards(
        of heading: CardSheetHeading, for reader: MailingReader, secrets: CardSecrets, at now: Timestamp
    ) throws -> CardSheet {
        heading.sheet(
            try cardGroups(
                of: heading.id, seen: reader.sees(forSchools: heading.forSchools), secrets: secrets, at: now))
    }

    private func cardGroups(
        of sheet: ID<CardSheet>, seen: SQL, secrets: CardSecrets, at now: Timestamp
    ) throws -> [CardGroup] {
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
            WHERE l.sheet_id = \(sheet) AND \(seen) ORDER BY l.position
            """
        ) { row in
            let tracker: ID<Tracker>? = try row["tracker_id"]
            let school: String = try row["school"] ?? ""
            if open?.tracker != tracker || open?.school != school {
                if let open { groups.append(open.group) }
                open = OpenGroup(tracker: tracker, name: try row["tracker"] ?? "", school: school)
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
        let waits = state.group == .needsYou || state.group == .onTheWay
        if waits, let credential: ID<Credential> = try row["credential_id"] {
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
