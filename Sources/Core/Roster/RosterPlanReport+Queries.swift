package import Storage

extension Connection {
    /// The newest syncs first. `after` is `next` of the page before.
    package func rosterSyncs(
        after: String? = nil, limit: Int = 50
    ) throws -> (lines: [RosterSyncLine], next: String?) {
        let older: SQL = after.flatMap(ID<RosterSync>.init).map { "p.id < \($0)" } ?? "TRUE"
        let found = try rows(
            "SELECT \(RosterSyncLine.columns) WHERE \(older) AND \(SQL.saysSomething) ORDER BY p.id DESC LIMIT \(limit + 1)"
        ).map(RosterSyncLine.init(row:))
        let page = Array(found.prefix(limit))
        return (page, found.count > limit ? page.last?.id.description : nil)
    }

    /// What the last person who gave a roster said that it is; nil where they said nothing.
    package func lastAskedFormat() throws -> RosterFormat? {
        try value(
            "SELECT asked_format AS value FROM roster_plan WHERE source = 'roster' ORDER BY id DESC LIMIT 1",
            as: String.self
        )
        .flatMap(RosterFormat.init)
    }

    /// The newest plan that waits for an administrator: to be applied, or with removals that nobody confirmed.
    ///
    /// Only those whose scope is the district take rosters in.
    package func waitingRosterSync(for administrator: Administrator) throws -> RosterSyncLine? {
        guard administrator.hasDistrict else { return nil }
        return try rows(
            """
            SELECT \(RosterSyncLine.columns) WHERE p.is_open AND (p.state = 'ready' AND p.total > 0 OR p.state = 'applied')
            ORDER BY p.id DESC LIMIT 1
            """
        ).first.map(RosterSyncLine.init(row:))
    }

    /// A roster sync as its page shows it; nil when there is none.
    package func rosterPlan(_ id: ID<RosterSync>) throws -> RosterPlanReport? {
        let row = try rows(
            """
            SELECT p.lines, p.format, p.system_name, p.percent, p.done, p.total, p.refused_reason, p.refused_value, p.refused_file, p.refused_line,
              p.staff_new, p.staff_changed, p.staff_leaving, p.staff_back, p.trackers_new, p.trackers_changed,
              p.trackers_leaving, p.trackers_back, p.is_waiting, p.is_open, p.confirmed_by, p.applied_at,
              (SELECT SUM(h.students_altered + h.staff_altered) FROM roster_plan_school h WHERE h.plan_id = p.id) AS altered,
              (SELECT o.made_at FROM roster_plan o WHERE o.id = p.added_to) AS added_to_at,
              (SELECT o.made_at FROM roster_plan o WHERE o.id = p.returns_to) AS returns_to_at,
              b.given_name AS applied_given, b.family_name AS applied_family, \(RosterSyncLine.columns)
            LEFT JOIN account b ON b.id = p.applied_by WHERE p.id = \(id)
            """
        ).first
        guard let row else { return nil }
        let sync = try RosterSyncLine(row: row)
        let schools = try rosterPlanSchools(of: id)
        let shown = schools.filter { $0.hold != nil || $0.isNew || $0.students.total + $0.staff.total > 0 }
        let isReading = sync.state == .reading
        return RosterPlanReport(
            sync: sync, lines: try row["lines"],
            origin: try row.text("format").map { RosterOrigin(format: $0, system: try row["system_name"]) },
            staff: try RosterChangeCounts(row: row, "staff"),
            trackers: try RosterChangeCounts(row: row, "trackers"),
            schools: shown.filter { $0.hold != nil } + shown.filter { $0.hold == nil },
            unchangedSchools: schools.count - shown.count, problems: try rosterProblems(of: id),
            done: isReading ? try row["percent"] : try row["done"], total: isReading ? 100 : try row["total"],
            refusal: try RosterRefused(row: row), appliedAt: try row["applied_at"],
            appliedBy: try PersonName.of(row, "applied"),
            isWaiting: try row["is_waiting"] && row.text("confirmed_by") == nil, isOpen: try row["is_open"],
            addedTo: try row["added_to_at"], returnsTo: try row["returns_to_at"], undoneTo: try undoneTo(id),
            altered: try row["altered"] ?? 0, lost: try lostRosters(before: id),
            matches: sync.state == .refused ? PersonMatchList() : try openMatches(of: id, limit: 3))
    }

    private func undoneTo(_ plan: ID<RosterSync>) throws -> Timestamp? {
        guard let earlier = try rosterToReturnTo(from: plan) else { return nil }
        return try value("SELECT made_at AS value FROM roster_plan WHERE id = \(earlier.plan)")
    }

    /// The schools of a plan by name; `key` narrows to one.
    func rosterPlanSchools(of id: ID<RosterSync>, key: String? = nil) throws -> [RosterPlanSchool] {
        let narrowed: SQL = key.map { "s.school_key = \($0)" } ?? "TRUE"
        return try rows(
            """
            SELECT s.school_key, s.name, s.is_new, s.students_now, s.staff_now, s.trackers_now, s.trackers_named,
              s.students_new, s.students_changed, s.students_leaving, s.students_back, s.staff_new, s.staff_changed,
              s.staff_leaving, s.staff_back, s.is_held, s.changes_wait, s.blackout_until, s.students_altered, s.staff_altered, c.given_name AS confirmed_given, c.family_name AS confirmed_family
            FROM roster_plan_school s LEFT JOIN account c ON c.id = s.confirmed_by
            WHERE s.plan_id = \(id) AND \(narrowed) ORDER BY s.name, s.school_key
            """
        ).map(RosterPlanSchool.init(row:))
    }

    private func rosterProblems(of id: ID<RosterSync>) throws -> [RosterProblemGroup] {
        var places: [Int: [(RosterPlace, String)]] = [:]
        for row in try rows(
            "SELECT position, file, line, value FROM roster_problem_place WHERE plan_id = \(id) ORDER BY position, number"
        ) {
            let place = RosterPlace(file: try row["file"], line: try row["line"])
            places[try row["position"], default: []].append((place, try row["value"]))
        }
        return try rows(
            "SELECT position, reason, is_refused, count FROM roster_problem WHERE plan_id = \(id) ORDER BY position"
        ).map { row in
            let (reason, isRefused): (String, Bool) = (try row["reason"], try row["is_refused"])
            let first = places[try row["position"]] ?? []
            return RosterProblemGroup(
                reason: reason, isRefused: isRefused, count: try row["count"],
                first: first.map { RosterProblem(place: $0, isRefused: isRefused, reason: reason, value: $1) })
        }
    }
}

extension RosterSyncLine {
    /// Columns and tables of a line.
    fileprivate static let columns: SQL = """
        p.id, COALESCE(o.name || ': ', '') || p.file_name AS given, p.made_at, p.state,
          p.pulled, p.students_new, p.students_changed, p.students_leaving, p.students_back, m.given_name AS made_given, m.family_name AS made_family,
          (SELECT COUNT(*) FROM roster_plan_school h WHERE h.plan_id = p.id AND h.is_held AND h.confirmed_by IS NULL)
            AS held
        FROM roster_plan p LEFT JOIN roster_source o ON o.id = p.source LEFT JOIN account m ON m.id = p.made_by
        """

    fileprivate init(row: any Row) throws {
        let state: String = try row["state"]
        self.init(
            id: try row["id"], source: try row["given"], madeAt: try row["made_at"],
            madeBy: try PersonName.of(row, "made"),
            // A plan that a newer one replaced was thrown away as much as one that a person dropped.
            state: RosterSyncState(rawValue: state) ?? .discarded,
            students: try RosterChangeCounts(row: row, "students"), heldSchools: try row["held"],
            isPulled: try row.text("pulled") != nil)
    }
}

extension RosterPlanSchool {
    fileprivate init(row: any Row) throws {
        let students = try RosterChangeCounts(row: row, "students")
        let staff = try RosterChangeCounts(row: row, "staff")
        let changesWait: Bool = try row["changes_wait"]
        let hold =
            try row["is_held"]
            ? Hold(
                leavingStudents: students.leaving, ofStudents: try row["students_now"], leavingStaff: staff.leaving,
                ofStaff: try row["staff_now"], trackersNamed: try row["trackers_named"],
                trackersNow: try row["trackers_now"], confirmedBy: try PersonName.of(row, "confirmed"),
                alteredStudents: changesWait ? try row["students_altered"] : 0,
                alteredStaff: changesWait ? try row["staff_altered"] : 0, blackoutUntil: try row["blackout_until"])
            : nil
        self.init(
            key: try row["school_key"], name: try row["name"], isNew: try row["is_new"],
            studentsNow: try row["students_now"], students: students, staff: staff, hold: hold)
    }
}

extension RosterChangeCounts {
    fileprivate init(row: any Row, _ kind: String) throws {
        self.init(
            new: try row["\(kind)_new"], changed: try row["\(kind)_changed"], leaving: try row["\(kind)_leaving"],
            back: try row["\(kind)_back"])
    }
}

extension RosterRefused {
    fileprivate init?(row: any Row) throws {
        guard let reason = try row.text("refused_reason") else { return nil }
        let place = try row.text("refused_file").map { RosterPlace(file: $0, line: try row["refused_line"] ?? 0) }
        self.init(reason: reason, value: try row["refused_value"] ?? "", place: place)
    }
}

extension PersonName {
    fileprivate static func of(_ row: any Row, _ part: String) throws -> String? {
        guard let given = try row.text("\(part)_given") else { return nil }
        return shown(given: given, family: try row.text("\(part)_family") ?? "")
    }
}

extension SQL {
    /// False for a plan `p` of a reading within the day that found nothing new.
    fileprivate static let saysSomething: SQL =
        "NOT (p.pulled IS NOT NULL AND p.pulled = 'changes' AND p.total = 0 AND p.state IN ('ready', 'lapsed'))"
}
