package import Storage

/// A whole district on its way from one database to another, table after table and batch after batch.
///
/// Each batch is one transaction in the target, in the order of the primary key, so that the target's last key says how far
/// it got: cut short anywhere, the same again goes on from there. Nobody may use either side meanwhile.
package struct DistrictCopy: Sendable {
    /// A database and what a person calls it.
    package struct End: Sendable {
        package let database: any Store
        package let name: String
        package init(_ database: any Store, name: String) {
            self.database = database
            self.name = name
        }
    }

    package struct Report: Sendable {
        /// Each table with its rows, the same on both sides.
        package var counts: [(table: String, rows: Int)] = []
        /// Rosters that were being read, waited or were applied by half: their staged rows stay behind.
        package var lapsedPlans = 0
        /// True when all was there already.
        package var wasThere = false
    }

    private let source: End
    private let target: End
    /// Where we run, as servers say it.
    private let place: String
    private let clock: Clock
    private let batch: Int

    package init(from source: End, to target: End, place: String, clock: Clock, batch: Int = 2_000) {
        (self.source, self.target, self.place, self.clock, self.batch) = (source, target, place, clock, batch)
    }

    /// Copies what is not there yet. `progress` takes 0 to 1. Throws `CopyRefused`.
    package func run(progress: @Sendable (Double) -> Void) async throws -> Report {
        let tables = try await tables()
        try await refuseServers()
        let id = try await begin(tables)
        try await refuseServers()
        var report = Report()
        report.wasThere = try await target.database.read { try $0.copyMark()?.endedAt != nil }
        try await copy(tables, progress: progress)
        report.counts = try await counts(tables)
        report.lapsedPlans = try await end(id)
        return report
    }

    /// What belongs to a database and not to the district: its steps, who runs on it, and its own copying.
    static let left: Set = ["migration", "server", "database_copy"]

    /// The tables of the district, parents first, the same on both sides.
    private func tables() async throws -> [TableShape] {
        let here = try await source.database.read { try $0.tables() }
        let there = try await target.database.read { try $0.tables() }
        let names = Set(here.map(\.name)).union(there.map(\.name))
        for name in names.sorted() {
            let (one, other) = (here.first { $0.name == name }, there.first { $0.name == name })
            let isSame =
                one?.key == other?.key && one?.columns.map(\.name).sorted() == other?.columns.map(\.name).sorted()
            guard isSame else { throw CopyRefused.schemasDiffer(table: name) }
        }
        return here.filter { !Self.left.contains($0.name) }
    }

    private func refuseServers() async throws {
        let (place, now) = (place, clock.now())
        for end in [source, target] {
            let servers = try await end.database.read { try $0.livingServers(except: place, at: now) }
            guard servers.isEmpty else { throw CopyRefused.inUse(servers: servers) }
        }
    }

    /// Finds the copying that was begun, or begins one.
    private func begin(_ tables: [TableShape]) async throws -> ID<DistrictCopy> {
        let here = try await source.database.read { try $0.copyMark() }
        let there = try await target.database.read { try $0.copyMark() }
        if let here, here.side == .target, here.endedAt == nil {
            throw CopyRefused.halfCopied(from: here.other, begun: here.beganAt)
        }
        if let here, let there, here.side == .source, there.side == .target, here.id == there.id { return here.id }
        if let here, here.side == .source, let ended = here.endedAt {
            throw CopyRefused.moved(to: here.other, at: ended)
        }
        if let there, there.side == .target, there.endedAt == nil { throw CopyRefused.halfOfAnother(from: there.other) }
        try await refuseRows(in: tables)
        try await refuseZeros(in: tables)
        let id = ID<DistrictCopy>.new(at: clock.now())
        let began = clock.now()
        let (from, to) = (source.name, target.name)
        try await source.database.write {
            try $0.setCopyMark(CopyMark(id: id, side: .source, other: to, beganAt: began))
        }
        try await target.database.write { connection in
            // The row with which every district begins; the real one is on its way.
            for table in tables.reversed() { try connection.deleteAll(from: table) }
            try connection.setCopyMark(CopyMark(id: id, side: .target, other: from, beganAt: began))
        }
        return id
    }

    private func refuseRows(in tables: [TableShape]) async throws {
        try await target.database.read { connection in
            for table in tables where table.name != "district" {
                guard try connection.isEmpty(table) else { throw CopyRefused.notEmpty(table: table.name) }
            }
        }
    }

    private func refuseZeros(in tables: [TableShape]) async throws {
        for table in tables {
            if let found = try await source.database.read({ try $0.textWithZero(in: table) }) {
                throw CopyRefused.zero(table: table.name, column: found.column, key: found.key)
            }
        }
    }

    private func copy(_ tables: [TableShape], progress: @Sendable (Double) -> Void) async throws {
        let total = max(1, try await rows(in: tables, of: source))
        var done = try await rows(in: tables, of: target)
        for table in tables {
            var last = try await target.database.read { try $0.lastKey(of: table) }
            while true {
                progress(Double(done) / Double(total))
                // What is sealed is large: a megabyte a row.
                let (key, limit) = (last, table.columns.contains { $0.name == "sealed" } ? min(batch, 8) : batch)
                let rows = try await source.database.read { try $0.rows(of: table, after: key, limit: limit) }
                guard rows.count > 0 else { break }
                try await target.database.write(at: .readCommitted) { try $0.append(rows, to: table) }
                last = table.key(ofLast: rows)
                done += rows.count
            }
        }
        progress(1)
    }

    private func rows(in tables: [TableShape], of end: End) async throws -> Int {
        try await end.database.read { connection in try tables.reduce(0) { try $0 + connection.count(of: $1) } }
    }

    private func counts(_ tables: [TableShape]) async throws -> [(table: String, rows: Int)] {
        let here = try await source.database.read { connection in try tables.map { try connection.count(of: $0) } }
        let there = try await target.database.read { connection in try tables.map { try connection.count(of: $0) } }
        for (table, (one, other)) in zip(tables, zip(here, there)) where one != other {
            throw CopyRefused.countsDiffer(table: table.name, source: one, target: other)
        }
        return zip(tables, here).map { ($0.name, $1) }
    }

    /// First the source is closed and then the target opened: at no moment may both be used. Returns how many plans lapsed.
    private func end(_ id: ID<DistrictCopy>) async throws -> Int {
        let now = clock.now()
        guard try await source.database.write({ try $0.endCopy(id, at: now) }) else { throw CopyRefused.sourceUsed }
        try await target.database.write { connection in
            try connection.lapseOpenPlans()
            guard try connection.endCopy(id, at: now) else { throw CopyRefused.sourceUsed }
        }
        return try await source.database.read { try $0.openPlans() }
    }
}

extension Connection {
    /// Rosters whose staged rows somebody still waits for.
    fileprivate func openPlans() throws -> Int {
        try value(
            "SELECT count(*) AS value FROM roster_plan WHERE is_open AND NOT (state = 'ready' AND total = 0)") ?? 0
    }

    /// Ends what rests on staged rows, which are not here.
    fileprivate func lapseOpenPlans() throws {
        try execute(
            """
            UPDATE roster_plan SET is_open = FALSE, runner = NULL,
              state = CASE WHEN state IN ('reading', 'ready', 'applying') THEN 'lapsed' ELSE state END
            WHERE is_open
            """)
    }
}
