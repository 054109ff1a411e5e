internal import Storage

extension RosterPlanner {
    /// Freezes what changes about schools, and gives each its id.
    mutating func compareSchools() async throws {
        let known = try await main.read { [source] in
            try $0.rows("SELECT id, source_id, name, ended_at FROM school WHERE source = \(source) ORDER BY source_id")
                .map(KnownSchool.init(row:))
        }
        let staged = try await staging.read {
            try $0.rows(
                "SELECT seq, source_id, name, take FROM staged_school WHERE kind = 'school' AND take <> 'merged'"
            )
            .map(StagedSchool.init(row:))
        }
        let refused = try await staging.read { try $0.refused("school", in: RosterRange(after: "", upTo: nil)) }
        var missing = Dictionary(known.map { ($0.sourceID, $0) }, uniquingKeysWith: { first, _ in first })
        var fates: [[SQLValue]] = []
        for school in staged {
            let before = missing.removeValue(forKey: school.sourceID)
            guard school.take == "yes" else { continue }
            let id = before?.id ?? mint.next(School.self).description
            let act: String? =
                before.map { $0.hasEnded ? "back" : $0.name == school.name ? nil : "changed" } ?? "new"
            fates.append([.integer(school.seq), .text(id), .text(act)])
        }
        var page = FrozenPage()
        for school in missing.values.sorted(by: { $0.sourceID < $1.sourceID })
        where !school.hasEnded && !refused.contains(school.sourceID) {
            page.remove(removal(.school, of: school.id, waitingFor: [school.sourceID]))
        }
        try await freeze(fates, of: "staged_school", id: "school_id", page)
    }

    /// Freezes what changes about trackers, and gives each its id.
    mutating func compareTrackers() async throws {
        var after = ""
        while true {
            let staged = try await staging.read { [after] in try $0.stagedTrackers(after: after, limit: Self.pageSize) }
            let range = RosterRange(
                after: after, upTo: staged.count == Self.pageSize ? staged.last?.sourceID : nil)
            let refused = try await staging.read { try $0.refused("tracker", in: range) }
            var missing = try await main.read { [source] in try $0.knownTrackers(of: source, in: range) }
            var fates: [[SQLValue]] = []
            for tracker in staged {
                let before = missing.removeValue(forKey: tracker.sourceID)
                guard tracker.take == "yes" else { continue }
                let id = before?.id ?? mint.next(Tracker.self).description
                let act: String? =
                    before.map { $0.hasEnded ? "back" : $0.facts == tracker.facts ? nil : "changed" } ?? "new"
                switch act {
                case "new": trackers.new += 1
                case "back": trackers.back += 1
                case "changed": trackers.changed += 1
                default: break
                }
                fates.append([.integer(tracker.seq), .text(id), .text(act)])
            }
            var page = FrozenPage()
            for tracker in missing.values.sorted(by: { $0.sourceID < $1.sourceID })
            where !tracker.hasEnded && !refused.contains(tracker.sourceID) {
                trackers.leaving += 1
                page.remove(removal(.tracker, of: tracker.id, waitingFor: tracker.schoolKey.map { [$0] } ?? []))
            }
            try await freeze(fates, of: "staged_tracker", id: "tracker_id", page)
            guard let last = range.upTo else { return }
            after = last
        }
    }

    /// `fates`: each row's number, the id that it has or gets, and what is done about it.
    private func freeze(_ fates: [[SQLValue]], of table: SQL, id: SQL, _ page: FrozenPage) async throws {
        try await staging.write { connection in
            for rows in SQL.valueLists(fates) {
                try connection.execute(
                    """
                    UPDATE \(table) SET \(id) = v.column2, act = v.column3 FROM (VALUES \(rows)) v
                    WHERE \(table).seq = v.column1
                    """)
            }
            try page.insert(on: connection)
        }
    }
}

private struct KnownSchool: Sendable {
    let id: String
    let sourceID: String
    let name: String
    let hasEnded: Bool
    init(row: any Row) throws {
        id = try row["id"]
        sourceID = try row["source_id"]
        name = try row["name"]
        hasEnded = try row.integer("ended_at") != nil
    }
}

private struct StagedSchool: Sendable {
    let seq: Int
    let sourceID: String
    let name: String
    let take: String
    init(row: any Row) throws {
        seq = try row["seq"]
        sourceID = try row["source_id"]
        name = try row["name"]
        take = try row["take"]
    }
}

/// What a roster says of a tracker beside its id; the school is FirstBell's id.
private struct TrackerFacts: Equatable, Sendable {
    let school: String?
    let name: String
    let grade: String?
    let room: String?
    let period: String?
    let beginsOn: String?
    let endsOn: String?
    init(row: any Row) throws {
        school = try row["school_id"]
        name = try row["name"]
        grade = try row["grade"]
        room = try row["room"]
        period = try row["period"]
        beginsOn = try row["begins_on"]
        endsOn = try row["ends_on"]
    }
}

private struct StagedTracker: Sendable {
    let seq: Int
    let sourceID: String
    let take: String
    let facts: TrackerFacts
}

private struct KnownTracker: Sendable {
    let id: String
    let sourceID: String
    let hasEnded: Bool
    let schoolKey: String?
    let facts: TrackerFacts
}

extension Connection {
    fileprivate func stagedTrackers(after: String, limit: Int) throws -> [StagedTracker] {
        try rows(
            """
            SELECT t.seq, t.source_id, t.take, s.school_id, t.name, t.grade, t.room, t.period, t.begins_on, t.ends_on
            FROM staged_tracker t
            LEFT JOIN staged_school s ON s.source_id = t.school_source_id AND s.take = 'yes'
            WHERE t.source_id > \(after) AND t.take <> 'merged' ORDER BY t.source_id LIMIT \(limit)
            """
        ).map {
            StagedTracker(
                seq: try $0["seq"], sourceID: try $0["source_id"], take: try $0["take"],
                facts: try TrackerFacts(row: $0))
        }
    }

    fileprivate func knownTrackers(of source: String, in range: RosterRange) throws -> [String: KnownTracker] {
        var trackers: [String: KnownTracker] = [:]
        try forEachRow(
            """
            SELECT t.id, t.source_id, t.ended_at, t.school_id, t.name, t.grade, t.room, t.period, t.begins_on, t.ends_on,
              s.source_id AS school_key
            FROM tracker t JOIN school s ON s.id = t.school_id
            WHERE t.source = \(source) AND \(range.holds("t.source_id"))
            """
        ) { row in
            let tracker = KnownTracker(
                id: try row["id"], sourceID: try row["source_id"], hasEnded: try row.integer("ended_at") != nil,
                schoolKey: try row["school_key"], facts: try TrackerFacts(row: row))
            trackers[tracker.sourceID] = tracker
        }
        return trackers
    }
}
