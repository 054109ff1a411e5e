package import Storage

/// Makes card sheets: a class in one transaction, whole schools in short steps (design section 7: no long writer). A sheet
/// is shown to nobody before it is whole.
package struct CardPress: Sendable {
    package enum Result: Sendable, Equatable {
        case made(ID<CardSheet>)
        /// Nobody of those chosen gets a card.
        case nobody
        /// More students than fit on one sheet; nothing was made.
        case tooMany(Int)
    }

    private let database: any Database
    /// In whose name large sheets are written.
    private let server: ServerAtWork

    package init(database: any Database, server: ServerAtWork) {
        self.database = database
        self.server = server
    }

    /// Makes the sheet, or finds the one that this act has made.
    package func make(_ new: NewCardSheet, by maker: StudentViewer) async throws -> Result {
        let look: Look = try await database.read { connection in
            if let done = try connection.cardSheet(act: new.act, by: maker.id) { return .done(done) }
            let students = try connection.studentsToPrint(new, by: maker)
            if students > CardLimit.students { return .tooMany(students) }
            let places = try connection.placesToPrint(new, by: maker)
            return .lines(CardLine.all(at: places, repeatsCards: new.repeatsCards))
        }
        switch look {
        case .done(let sheet): return .made(sheet)
        case .tooMany(let students): return .tooMany(students)
        case .lines(let lines) where lines.count <= CardLimit.linesOfPress:
            return try await database.write { try $0.makeCardSheet(new, by: maker) }.map(Result.made) ?? .nobody
        case .lines(let lines):
            // Whoever has stopped waiting finds the sheet when pressing again.
            return .made(try await Task { try await makeInSteps(new, lines, by: maker) }.value)
        }
    }

    private enum Look: Sendable {
        case done(ID<CardSheet>)
        case tooMany(Int)
        case lines([CardLine])
    }

    private func makeInSteps(
        _ new: NewCardSheet, _ lines: [CardLine], by maker: StudentViewer
    ) async throws -> ID<CardSheet> {
        server.begin(new.act)
        defer { server.end(new.act) }
        let (sheet, entry): (ID<CardSheet>, ID<AuditEntry>?) = try await database.write { [server] connection in
            if let done = try connection.cardSheet(act: new.act, by: maker.id) { return (done, nil) }
            var mint = new.mint
            return try connection.beginCardSheet(new, lines: lines, makingOn: server.id, by: maker, mint: &mint)
        }
        guard let entry else { return sheet }
        do {
            var pace = StepPace(on: database)
            var rest = lines[...]
            while !rest.isEmpty {
                let part = rest.prefix(pace.limit)
                pace.note(try await step(part, of: sheet, new), for: part.count)
                rest = rest.dropFirst(part.count)
                await Task.yield()
            }
            try await database.write { connection in
                try connection.noteSchools(ofPeople: SQL.people(onCardSheet: sheet), for: entry)
                try connection.execute("UPDATE card_sheet SET is_ready = TRUE WHERE id = \(sheet)")
            }
            return sheet
        } catch {
            try? await database.write { try $0.abandonCardSheets([sheet], at: new.now) }
            throw error
        }
    }

    /// One transaction. Returns how long the closure held the writer.
    private func step(
        _ part: ArraySlice<CardLine>, of sheet: ID<CardSheet>, _ new: NewCardSheet
    ) async throws -> Duration {
        let mint = IDMint(at: new.now)
        return try await database.write { connection in
            let clock = ContinuousClock()
            let began = clock.now
            var mint = mint
            try connection.addCards(part, to: sheet, new, mint: &mint)
            return began.duration(to: clock.now)
        }
    }
}

extension Connection {
    /// Voids the sheets that a server has not finished that is gone, or that this one has not in hand: nobody has seen a card
    /// of theirs. Their students' rows say so; an older card on paper goes on working.
    package func abandonCardSheets(leftTo server: ServerAtWork, at now: Timestamp) throws {
        let left: [ID<CardSheet>] = try rows(
            """
            SELECT c.id, c.act_id FROM card_sheet c
            WHERE NOT c.is_ready AND \(SQL.mayBeLeft("c.server_id", of: server, at: now))
            """
        ).filter { try !server.has($0["act_id"] as ID<Act>) }.map { try $0["id"] }
        if !left.isEmpty { try abandonCardSheets(left, at: now) }
    }

    fileprivate func abandonCardSheets(_ sheets: [ID<CardSheet>], at now: Timestamp) throws {
        try execute(
            """
            UPDATE account SET card_state = NULL, card_at = NULL, card_ends_at = NULL
            WHERE id IN (SELECT l.account_id FROM card_sheet_line l JOIN card_sheet c ON c.id = l.sheet_id
              WHERE NOT c.is_ready AND c.id IN \(SQL.list(sheets)) AND l.credential_id IS NOT NULL
              AND c.made_at = account.card_at)
            """)
        try execute(
            """
            UPDATE card_sheet SET is_ready = TRUE, voided_at = \(now)
            WHERE NOT is_ready AND id IN \(SQL.list(sheets))
            """)
    }
}
