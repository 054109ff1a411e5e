internal import Storage

/// What one step applies.
enum RosterWork: Sendable {
    case schools(BulkRows, district: String?, last: String)
    case trackers(BulkRows, last: String)
    case people([PlannedPerson])
    case removals([PlannedRemoval])

    var count: Int {
        switch self {
        case .schools(let rows, _, _), .trackers(let rows, _): rows.count
        case .people(let people): people.count
        case .removals(let removals): removals.count
        }
    }

    /// The plan's row is locked first, and what is written is new or guarded in its statement. Only people who leave are
    /// weighed against what others do: the district keeps an administrator.
    var isolation: Isolation {
        if case .removals = self { .serializable } else { .readCommitted }
    }

    /// The key of the last row, where the next step begins.
    var last: String {
        switch self {
        case .schools(_, _, let last), .trackers(_, let last): last
        case .people(let people): people.last?.staged.sourceID ?? ""
        case .removals(let removals): removals.last.map { String($0.seq) } ?? ""
        }
    }
}

/// A person with what the plan does about them.
struct PlannedPerson: Sendable {
    var staged: StagedPerson
    let act: String
    /// nil for a new person.
    let account: ID<Account>?
    var places: [PlannedPlace] = []
    /// As the plan froze them.
    let roles: RosterRoles?
    /// True while their school waits for a person: only new places are given.
    let waits: Bool

    /// The same row of the roster for another account, or for a new one.
    func about(_ account: ID<Account>?) -> PlannedPerson {
        PlannedPerson(
            staged: staged, act: account == nil ? "new" : act, account: account, places: places, roles: roles,
            waits: account != nil && waits)
    }
}

/// A place in a tracker, ready to be written.
struct PlannedPlace: Sendable {
    let tracker: String
    let role: String
    let isPrimary: Bool
    let beginsOn: String?
    let endsOn: String?
}

struct PlannedRemoval: Sendable {
    let kind: RosterRemoval.Kind
    let seq: Int
    let subject: String
    let target: String?
    let detail: String
}

extension Connection {
    /// The next rows of a phase, at most `limit`; nil when the phase is done.
    func work(at position: RosterApply.Position, run: Int, source: String, limit: Int) throws -> RosterWork? {
        switch position.phase {
        case .schools: try schoolWork(after: position.key, source: source)
        case .trackers: try trackerWork(after: position.key, source: source, limit: limit)
        case .named: try peopleWork(rank: 0, after: position.key, run: run, limit: limit)
        case .unnamed: run > 1 ? nil : try peopleWork(rank: 1, after: position.key, run: run, limit: limit)
        case .enrollments: try removalWork(.enrollment, after: position.key, run: run, limit: limit)
        case .memberships: try removalWork(.membership, after: position.key, run: run, limit: limit)
        case .endedTrackers: try removalWork(.tracker, after: position.key, run: run, limit: limit)
        case .leaving: try removalWork(.person, after: position.key, run: run, limit: limit)
        case .endedSchools: try removalWork(.school, after: position.key, run: run, limit: limit)
        }
    }

    private func schoolWork(after: String, source: String) throws -> RosterWork? {
        var last = after
        var schools = BulkRows(columns: 4)
        try forEachRow(
            """
            SELECT source_id, school_id, name FROM staged_school
            WHERE act IS NOT NULL AND take = 'yes' AND source_id > \(after) ORDER BY source_id LIMIT 100
            """
        ) { row in
            last = try row["source_id"]
            schools.add([.text(try row.text("school_id")), .text(try row.text("name")), .text(source), .text(last)])
        }
        guard schools.count > 0 else { return nil }
        let districts: [String?] = try rows(
            "SELECT name FROM staged_school WHERE kind = 'district' AND take = 'yes' LIMIT 2"
        ).map { try $0.text("name") }
        let only = districts.count == 1 ? districts.first?.flatMap { $0.isEmpty ? nil : $0 } : nil
        return .schools(schools, district: only, last: last)
    }

    private func trackerWork(after: String, source: String, limit: Int) throws -> RosterWork? {
        var last = after
        var trackers = BulkRows(columns: 10)
        try forEachRow(
            """
            SELECT t.source_id, t.tracker_id, s.school_id, t.name, t.grade, t.room, t.period, t.begins_on, t.ends_on
            FROM staged_tracker t JOIN staged_school s ON s.source_id = t.school_source_id AND s.take = 'yes'
            WHERE t.act IS NOT NULL AND t.take = 'yes' AND t.source_id > \(after) ORDER BY t.source_id LIMIT \(limit)
            """
        ) { row in
            last = try row["source_id"]
            let facts = ["tracker_id", "school_id", "name", "grade", "room", "period", "begins_on", "ends_on"]
            trackers.add(try facts.map { .text(try row.text($0)) } + [.text(source), .text(last)])
        }
        return trackers.count == 0 ? nil : .trackers(trackers, last: last)
    }

    /// In a later run only those whose changes waited until it.
    private func peopleWork(rank: Int, after: String, run: Int, limit: Int) throws -> RosterWork? {
        let waits = try someChangesWait() ? isWaiting("h.taken_run IS NULL") : "FALSE"
        let isDue: SQL = run == 1 ? "TRUE" : "\(isWaiting("h.taken_run = \(run)")) AND NOT \(waits)"
        var places: [String: Int] = [:]
        var people: [PlannedPerson] = []
        try forEachRow(
            """
            SELECT \(StagedPerson.columns), c.act, c.account_id, c.roles, \(waits) AS waits FROM person_change c
            JOIN staged_person p ON p.source_id = c.source_id AND p.take = 'yes'
            WHERE c.rank = \(rank) AND c.source_id > \(after) AND p.source_id > \(after) AND \(isDue) ORDER BY c.source_id LIMIT \(limit)
            """
        ) { row in
            people.append(
                PlannedPerson(
                    staged: try StagedPerson(row: row), act: try row["act"], account: try row["account_id"],
                    roles: try row.text("roles").flatMap(RosterRoles.init(text:)), waits: try row["waits"]))
        }
        guard let last = people.last?.staged.sourceID else { return nil }
        for (index, person) in people.enumerated() { places[person.staged.sourceID] = index }
        let range = RosterRange(after: after, upTo: last)
        try forEachRow(
            """
            SELECT b.person_id, b.school_source_id AS school_key, b.is_main, s.school_id, s.name FROM person_change c
            JOIN belonging b ON b.person_id = c.source_id
            JOIN staged_school s ON s.source_id = b.school_source_id AND s.take = 'yes'
            WHERE c.rank = \(rank) AND \(range.holds("c.source_id")) AND \(range.holds("b.person_id"))
            """
        ) { row in
            guard let index = places[try row["person_id"]] else { return }
            people[index].staged.schools[try row["school_id"]] = try RosterSchoolName(row: row)
        }
        try forEachRow(
            """
            SELECT a.person_id, t.tracker_id, a.role, a.is_primary, a.begins_on, a.ends_on FROM person_change c
            JOIN attending a ON a.person_id = c.source_id
            JOIN staged_tracker t ON t.source_id = a.tracker_source_id AND t.take = 'yes'
            WHERE c.rank = \(rank) AND \(range.holds("c.source_id")) AND \(range.holds("a.person_id"))
            """
        ) { row in
            guard let index = places[try row["person_id"]] else { return }
            people[index].places.append(
                PlannedPlace(
                    tracker: try row["tracker_id"], role: try row["role"], isPrimary: try row["is_primary"],
                    beginsOn: try row["begins_on"], endsOn: try row["ends_on"]))
        }
        return .people(people)
    }

    private func someChangesWait() throws -> Bool {
        try exists("SELECT 1 AS value FROM waiting_school WHERE changes_wait LIMIT 1")
    }

    /// True for a change `c` of which a school waits with its changes, where the condition holds for the school `h`.
    private func isWaiting(_ condition: SQL) -> SQL {
        """
        (c.alters AND c.act = 'changed' AND EXISTS (SELECT 1 FROM waiting_school h
          JOIN school_change x ON x.school_key = h.school_key AND x.change IN ('changed', 'leaving') AND x.kind IN ('student', 'staff')
            AND x.source_id = c.source_id
          WHERE h.changes_wait AND \(condition)))
        """
    }

    /// Removals of which no school waits; in a later run only those that waited until it.
    private func removalWork(
        _ kind: RosterRemoval.Kind, after: String, run: Int, limit: Int
    ) throws -> RosterWork? {
        let found = try rows(
            """
            SELECT r.seq, r.subject_id, r.target_id, r.detail FROM removal r
            WHERE r.rank = \(kind.rawValue) AND r.seq > \(Int(after) ?? 0)
            AND NOT EXISTS (SELECT 1 FROM removal_school w JOIN waiting_school h ON h.school_key = w.school_key
              WHERE w.rank = r.rank AND w.seq = r.seq AND h.taken_run IS NULL)
            AND (\(run) = 1 OR EXISTS (SELECT 1 FROM removal_school w JOIN waiting_school h ON h.school_key = w.school_key
              WHERE w.rank = r.rank AND w.seq = r.seq AND h.taken_run = \(run)))
            ORDER BY r.seq LIMIT \(limit)
            """
        ).map { row in
            PlannedRemoval(
                kind: kind, seq: try row["seq"], subject: try row["subject_id"], target: try row["target_id"],
                detail: try row["detail"])
        }
        return found.isEmpty ? nil : .removals(found)
    }
}
