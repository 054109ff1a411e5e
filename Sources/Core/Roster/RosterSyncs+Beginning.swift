internal import Foundation
internal import Storage

/// What a plan is made from.
enum RosterInput: Sendable {
    case file(URL, RosterWish)
    case kept(KeptRoster)
    case service
}

extension RosterSyncs {
    func insertPlan(fileName: String, as wish: RosterWish, by person: ID<Account>?) async throws -> ID<RosterSync> {
        let name = fileName.onOneLine(most: 200)
        return try await insert(by: person, .rosterRead) { connection, id, now in
            try connection.execute(
                """
                INSERT INTO roster_plan (id, source, file_name, asked_format, made_by, made_at, state, server_id)
                SELECT \(id), \(source), \(name), \(wish.format?.rawValue), \(person), \(now), 'reading', \(server.id)
                WHERE NOT EXISTS (SELECT 1 FROM roster_plan WHERE state IN ('reading', 'applying'))
                """)
        }
    }

    /// The plan of an undo, under the name of the file to which it goes back.
    func insertUndo(
        of plan: ID<RosterSync>, by person: ID<Account>?
    ) async throws -> (id: ID<RosterSync>, roster: KeptRoster, source: String) {
        let (source, earlier) = try await main.read { connection in
            let source: String? = try connection.value("SELECT source AS value FROM roster_plan WHERE id = \(plan)")
            guard let source else { throw RosterSyncRefused.notFound }
            return (source, try connection.rosterToReturnTo(from: plan))
        }
        guard let earlier else { throw RosterSyncRefused.notReady }
        let id = try await insert(by: person, .rosterUndoPlanned) { connection, id, now in
            try connection.execute(
                """
                INSERT INTO roster_plan (id, source, file_name, format, system_name, returns_to, made_by, made_at, state,
                  server_id)
                SELECT \(id), p.source, p.file_name, p.format, p.system_name, p.id, \(person), \(now), 'reading',
                  \(server.id)
                FROM roster_plan p WHERE p.id = \(earlier.plan)
                AND NOT EXISTS (SELECT 1 FROM roster_plan WHERE state IN ('reading', 'applying'))
                """)
        }
        return (id, kept(earlier), source)
    }

    /// The roster to which changes are added.
    func rosterBefore(_ plan: ID<RosterSync>) async throws -> KeptRoster? {
        try await main.read { [source] in try $0.rosterBefore(plan, of: source) }.map(kept)
    }

    /// Throws away what nothing goes back to any more, a little at a time.
    func forgetRosters() async throws {
        while try await main.insist({ try $0.forgetRosters(limit: 8) }) > 0 {}
    }

    func kept(_ roster: (plan: ID<RosterSync>, parts: Int)) -> KeptRoster {
        KeptRoster(plan: roster.plan, parts: roster.parts, main: main, keyring: keyring)
    }

    /// Throws `busy` while another is read or applied.
    func insert(
        by person: ID<Account>?, _ act: AuditAct,
        _ write: @escaping @Sendable (any Connection, ID<RosterSync>, Timestamp) throws -> Int
    ) async throws -> ID<RosterSync> {
        let now = clock.now()
        var mint = IDMint(at: now)
        let id: ID<RosterSync> = mint.next()
        let entry: ID<AuditEntry> = mint.next()
        try await server.begin(id) {
            try await main.write { connection in
                try connection.record(act, by: person, detail: "roster plan \(id)", id: entry, at: now)
                guard try write(connection, id, now) == 1 else { throw RosterSyncRefused.busy }
            }
        }
        return id
    }
}
