package import Storage

extension Connection {
    /// Makes a card sheet: its number, its lines, the temporary passwords behind it and the audit row, all at once.
    ///
    /// The same act again finds the sheet it made. Returns nil when the maker sees nobody to print for. Large sheets are
    /// made by `CardPress` in steps.
    package func makeCardSheet(_ new: NewCardSheet, by maker: StudentViewer) throws -> ID<CardSheet>? {
        if let done = try cardSheet(act: new.act, by: maker.id) { return done }
        let lines = CardLine.all(at: try placesToPrint(new, by: maker), repeatsCards: new.repeatsCards)
        guard !lines.isEmpty else { return nil }
        var mint = new.mint
        let (id, entry) = try beginCardSheet(new, lines: lines, by: maker, mint: &mint)
        try addCards(lines[...], to: id, new, mint: &mint)
        try noteSchools(ofPeople: SQL.people(onCardSheet: id), for: entry)
        return id
    }

    /// The sheet that this act of this person has made, if it was pressed before.
    func cardSheet(act: ID<Act>, by maker: ID<Account>) throws -> ID<CardSheet>? {
        try value("SELECT id AS value FROM card_sheet WHERE act_id = \(act) AND made_by = \(maker)")
    }

    /// The sheet itself with its number, and the audit row before it.
    func beginCardSheet(
        _ new: NewCardSheet, lines: [CardLine], makingOn server: ID<RunningServer>? = nil, by maker: StudentViewer,
        mint: inout IDMint
    ) throws -> (sheet: ID<CardSheet>, entry: ID<AuditEntry>) {
        let id: ID<CardSheet> = mint.next()
        let entry: ID<AuditEntry> = mint.next()
        let single: ID<Account>? = if case .student(let student) = new.scope { student } else { nil }
        try record(
            .cardSheetMade, by: maker.id, subject: single, count: lines.count { $0.isFirst },
            detail: "card sheet \(id)", id: entry, at: new.now)
        let number: Int = (try value("SELECT max(number) AS value FROM card_sheet") ?? 0) + 1
        try execute(
            """
            INSERT INTO card_sheet (id, act_id, number, made_by, made_at, is_single, for_schools, is_ready, server_id)
            VALUES (\(id), \(new.act), \(number), \(maker.id), \(new.now), \(single != nil), \(maker.isForSchools),
              \(server == nil), \(server))
            """)
        return (id, entry)
    }

    /// Writes some of the sheet's lines, with the temporary passwords of those who need one. A student's password is chosen
    /// with their first line; later lines of the same student find it there.
    func addCards(
        _ lines: ArraySlice<CardLine>, to sheet: ID<CardSheet>, _ new: NewCardSheet, mint: inout IDMint
    ) throws {
        let students = try printedStudents(lines.filter(\.isFirst).map(\.account))
        var shown = ShownCredentials()
        for line in lines where line.isFirst {
            guard let student = students[line.account], !student.needsNoPassword else { continue }
            shown.show(to: line.account, student, new, mint: &mint)
        }
        try write(shown, at: new.now)
        var rows = BulkRows(columns: 6)
        for line in lines {
            var credential = line.under == nil ? shown.ids[line.account] : nil
            if credential == nil, line.under == nil, !line.isFirst {
                credential = try value(
                    """
                    SELECT credential_id AS value FROM card_sheet_line
                    WHERE sheet_id = \(sheet) AND account_id = \(line.account) AND credential_id IS NOT NULL LIMIT 1
                    """)
            }
            rows.add([
                .id(sheet), .integer(line.position), .text(line.tracker?.description), .id(line.account),
                .text(credential?.description), .text(line.under?.description),
            ])
        }
        try append(
            rows, to: "card_sheet_line",
            columns: "sheet_id, position, tracker_id, account_id, credential_id, under_tracker_id")
    }

    private func write(_ shown: ShownCredentials, at now: Timestamp) throws {
        try append(
            shown.made, to: "credential", columns: "id, account_id, key_id, form, first_shown_at, ends_at")
        for rows in SQL.valueLists(shown.renewed.map { [.id($0.0), $0.1.sqlValue] }) {
            try execute(
                """
                UPDATE credential SET ends_at = v.column2 FROM (VALUES \(rows)) v WHERE credential.id = v.column1
                """)
        }
        // Everybody locks the students' rows in this order, so that nobody waits for somebody who waits for them.
        let cards: [[SQLValue]] = shown.ids.sorted { $0.key < $1.key }.compactMap { account, credential in
            shown.ends[account].map { [.id(account), .id(credential), $0.sqlValue] }
        }
        for rows in SQL.valueLists(cards) {
            try execute(
                """
                UPDATE account SET credential_id = v.column2, card_state = 'printed', card_at = \(now),
                  card_ends_at = v.column3
                FROM (VALUES \(rows)) v WHERE account.id = v.column1
                """)
        }
    }
}

/// One line of a sheet that is being made.
struct CardLine: Sendable {
    let position: Int
    let account: ID<Account>
    let tracker: ID<Tracker>?
    /// The other tracker under which the card itself stands; nil for a card.
    let under: ID<Tracker>?
    /// True for the first line of this student.
    let isFirst: Bool

    static func all(at places: [PrintedPlace], repeatsCards: Bool) -> [CardLine] {
        var groups: [ID<Account>: ID<Tracker>?] = [:]
        return places.enumerated().map { position, place in
            let first = groups[place.account]
            if first == nil { groups[place.account] = .some(place.tracker) }
            return CardLine(
                position: position, account: place.account, tracker: place.tracker,
                under: repeatsCards ? nil : first.flatMap { $0 }, isFirst: first == nil)
        }
    }
}

/// The credentials whose temporary passwords some lines of a sheet show: those that live, renewed, and new ones.
private struct ShownCredentials {
    private(set) var ids: [ID<Account>: ID<Credential>] = [:]
    private(set) var ends: [ID<Account>: Timestamp] = [:]
    private(set) var made = BulkRows(columns: 6)
    private(set) var renewed: [(ID<Credential>, Timestamp)] = []

    mutating func show(to account: ID<Account>, _ student: PrintedStudent, _ new: NewCardSheet, mint: inout IDMint) {
        if let living = student.livingCredential(at: new.now) {
            let ends = max(living.endsAt, min(new.now + CardLife.span, living.firstShownAt + CardLife.longest))
            renewed.append((living.id, ends))
            ids[account] = living.id
            self.ends[account] = ends
        } else {
            let credential: ID<Credential> = mint.next()
            let ends = new.now + CardLife.span
            let form = PasswordForm.current(language: student.language)
            made.add([
                .id(credential), .id(account), new.key.sqlValue, form.sqlValue, new.now.sqlValue, ends.sqlValue,
            ])
            ids[account] = credential
            self.ends[account] = ends
        }
    }
}
