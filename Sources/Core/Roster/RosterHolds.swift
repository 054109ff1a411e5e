internal import Storage

/// One school of a plan, with what it would lose.
struct PlannedSchool: Sendable {
    let key: String
    var name = ""
    var isNew = false
    var isGone = false
    var studentsNow = 0
    var staffNow = 0
    var trackersNow = 0
    var trackersNamed = 0
    var students = RosterChangeCounts()
    var staff = RosterChangeCounts()
    /// Of those who change, they of whom more changes than their trackers.
    var studentsAltered = 0
    var staffAltered = 0
    var hasRemovals = false
    var isHeld = false
    /// True where most people would change at once: their changes wait too.
    private(set) var changesWait = false
    /// Set while it is in a blackout: removals wait, however few.
    var blackoutUntil: Timestamp?
    /// True for a hold that makes one doubt the roster; a blackout does not.
    private(set) var isDoubtful = false

    /// Whether its removals wait for a person: more than 5 and more than a tenth would vanish, or the school itself.
    var isOverTheLimit: Bool {
        Self.isOver(students.leaving, of: studentsNow) || Self.isOver(staff.leaving, of: staffNow)
            || isGone && studentsNow + staffNow > 0
    }

    /// Holds what has to wait. `missesSomebody`: each who leaves may be somebody whose row was refused.
    mutating func hold(missesSomebody: Bool) {
        changesWait =
            Self.isMost(studentsAltered, of: studentsNow) || Self.isMost(staffAltered, of: staffNow)
        isDoubtful = changesWait || isOverTheLimit || missesSomebody && hasPeopleLeaving
        isHeld = isDoubtful || blackoutUntil != nil && hasRemovals
    }

    /// Of a plan that waits as a whole: who confirms it has looked at the changes; who leaves waits school by school.
    mutating func waitWithAll() {
        changesWait = false
        isHeld = hasRemovals
    }

    /// True for the people who are in no school.
    var isNobodys: Bool { key == RosterPlanSchool.withoutSchool }

    var hasPeopleLeaving: Bool { students.leaving + staff.leaving > 0 }

    var hasChanges: Bool { isNew || isGone || hasRemovals || students.total + staff.total > 0 }

    static func isOver(_ leaving: Int, of now: Int) -> Bool { leaving > 5 && leaving * 10 > now }

    /// More than 5 and more than three quarters.
    static func isMost(_ altered: Int, of now: Int) -> Bool { altered > 5 && altered * 4 > now * 3 }
}

/// What waits for a person in a plan.
struct RosterHolds: Sendable {
    private(set) var schools: [PlannedSchool]
    /// Nothing at all is applied until a person confirms: a kind fell to nothing, or most schools are held.
    private(set) var isWaiting = false

    /// `missesSomebody`: a person's row was refused and nobody knows whose, so that each who leaves may be that person.
    init(_ found: [PlannedSchool], hasFallenToNothing: Bool, missesSomebody: Bool) {
        schools = found
        for index in schools.indices { schools[index].hold(missesSomebody: missesSomebody) }
        let held = schools.count { $0.isDoubtful && !$0.isNobodys }
        let known = schools.count { $0.studentsNow + $0.staffNow > 0 && !$0.isNobodys }
        isWaiting = hasFallenToNothing || held > 1 && held * 2 > known
        guard isWaiting else { return }
        for index in schools.indices { schools[index].waitWithAll() }
    }
}

extension RosterPlanner {
    /// Counts what the plan does to each school, and finds what has to wait.
    func holds(at now: Timestamp) async throws -> RosterHolds {
        let (planned, named, missesSomebody) = try await staging.read { connection in
            (
                try connection.plannedSchools(), try connection.kindsInRoster(),
                try connection.exists("SELECT 1 AS value FROM refused WHERE kind = 'person' AND source_id = ''")
            )
        }
        var (schools, known, blackouts) = try await main.read { [source] connection in
            (
                try connection.schoolsNow(of: source, joining: planned),
                try connection.kindsKnown(of: source),
                try connection.schoolsInBlackout(of: source, at: now)
            )
        }
        for (key, until) in blackouts { schools[key]?.blackoutUntil = until }
        let fell = zip(named, known).contains { !$0 && $1 }
        return RosterHolds(
            schools.values.sorted { $0.key < $1.key }, hasFallenToNothing: fell, missesSomebody: missesSomebody)
    }
}

extension Connection {
    fileprivate func plannedSchools() throws -> [String: PlannedSchool] {
        var schools: [String: PlannedSchool] = [:]
        for row in try rows("SELECT source_id, name, act FROM staged_school WHERE kind = 'school' AND take = 'yes'") {
            let key: String = try row["source_id"]
            var school = PlannedSchool(key: key)
            school.name = try row["name"]
            school.isNew = try row.text("act") == "new"
            schools[key] = school
        }
        for row in try rows(
            "SELECT school_key, change, kind, COUNT(*) AS value FROM school_change GROUP BY school_key, change, kind")
        {
            let key: String = try row["school_key"]
            let (change, kind, count): (String, String, Int) = (try row["change"], try row["kind"], try row["value"])
            let counts = kind == AccountKind.student.rawValue ? \PlannedSchool.students : \PlannedSchool.staff
            schools[key, default: PlannedSchool(key: key)][keyPath: counts].add(count, to: change)
        }
        for row in try rows(
            """
            SELECT x.school_key, x.kind, COUNT(DISTINCT x.source_id) AS value FROM school_change x
            JOIN person_change c ON c.rank = 0 AND c.source_id = x.source_id AND c.alters
            WHERE x.change IN ('changed', 'leaving') AND c.act = 'changed' GROUP BY x.school_key, x.kind
            """)
        {
            let isStudents = try row.text("kind") == AccountKind.student.rawValue
            let counts = isStudents ? \PlannedSchool.studentsAltered : \PlannedSchool.staffAltered
            schools[try row["school_key"]]?[keyPath: counts] = try row["value"]
        }
        for row in try rows(
            "SELECT school_source_id, COUNT(*) AS value FROM staged_tracker WHERE take = 'yes' GROUP BY school_source_id"
        ) {
            schools[try row["school_source_id"]]?.trackersNamed = try row["value"]
        }
        for row in try rows("SELECT DISTINCT school_key FROM removal_school") {
            let key: String = try row["school_key"]
            schools[key, default: PlannedSchool(key: key)].hasRemovals = true
        }
        for row in try rows(
            """
            SELECT w.school_key FROM removal r JOIN removal_school w ON w.rank = r.rank AND w.seq = r.seq
            WHERE r.rank = \(RosterRemoval.Kind.school.rawValue)
            """)
        {
            schools[try row["school_key"]]?.isGone = true
        }
        return schools
    }

    fileprivate func schoolsNow(
        of source: String, joining planned: [String: PlannedSchool]
    ) throws -> [String: PlannedSchool] {
        var schools = planned
        for row in try rows(
            """
            SELECT s.source_id, s.name, a.kind, COUNT(*) AS value FROM membership m
            JOIN account a ON a.id = m.account_id AND a.suspended_at IS NULL AND a.origin = 'roster'
            JOIN school s ON s.id = m.school_id AND s.source = \(source)
            GROUP BY s.source_id, s.name, a.kind
            """)
        {
            let key: String = try row["source_id"]
            var school = schools[key, default: PlannedSchool(key: key)]
            if try row.text("kind") == AccountKind.student.rawValue {
                school.studentsNow = try row["value"]
            } else {
                school.staffNow = try row["value"]
            }
            schools[key] = school
        }
        try countNobodys(of: source, in: &schools[RosterPlanSchool.withoutSchool])
        for row in try rows(
            """
            SELECT s.source_id, s.name, (SELECT COUNT(*) FROM tracker t WHERE t.school_id = s.id AND t.source = s.source
              AND t.ended_at IS NULL) AS value
            FROM school s WHERE s.source = \(source)
            """)
        {
            let key: String = try row["source_id"]
            schools[key]?.trackersNow = try row["value"]
            if schools[key]?.name == "" { schools[key]?.name = try row["name"] }
        }
        return schools
    }

    /// Those who are in no school; they are looked for only where some would leave.
    private func countNobodys(of source: String, in people: inout PlannedSchool?) throws {
        guard people != nil else { return }
        for row in try rows(
            """
            SELECT a.kind, COUNT(*) AS value FROM account_source c
            JOIN account a ON a.id = c.account_id AND a.suspended_at IS NULL AND a.origin = 'roster'
            WHERE c.source = \(source) AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.account_id = a.id)
            GROUP BY a.kind
            """)
        {
            let count: Int = try row["value"]
            if try row.text("kind") == AccountKind.student.rawValue {
                people?.studentsNow = count
            } else {
                people?.staffNow = count
            }
        }
    }

    /// Whether the roster has any school, student, teacher, tracker, place in a tracker.
    fileprivate func kindsInRoster() throws -> [Bool] {
        try [
            exists("SELECT 1 AS value FROM staged_school WHERE take = 'yes' AND kind = 'school' LIMIT 1"),
            exists("SELECT 1 AS value FROM staged_person WHERE take = 'yes' AND role = 'student' LIMIT 1"),
            exists(
                "SELECT 1 AS value FROM staged_person WHERE take = 'yes' AND role IN ('teacher', 'otherStaff') LIMIT 1"),
            exists("SELECT 1 AS value FROM staged_tracker WHERE take = 'yes' LIMIT 1"),
            exists("SELECT 1 AS value FROM attending LIMIT 1"),
        ]
    }

    /// The same of what this source has brought to FirstBell and what still counts.
    fileprivate func kindsKnown(of source: String) throws -> [Bool] {
        func person(_ kind: AccountKind) throws -> Bool {
            try exists(
                """
                SELECT 1 AS value FROM account a JOIN account_source c ON c.account_id = a.id AND c.source = \(source)
                WHERE a.kind = \(kind.rawValue) AND a.origin = 'roster' AND a.suspended_at IS NULL LIMIT 1
                """)
        }
        return try [
            exists("SELECT 1 AS value FROM school WHERE source = \(source) AND ended_at IS NULL LIMIT 1"),
            person(.student), person(.staff),
            exists("SELECT 1 AS value FROM tracker WHERE source = \(source) AND ended_at IS NULL LIMIT 1"),
            exists(
                """
                SELECT 1 AS value FROM tracker t JOIN enrollment e ON e.tracker_id = t.id
                WHERE t.source = \(source) AND t.ended_at IS NULL LIMIT 1
                """),
        ]
    }
}

extension RosterChangeCounts {
    mutating func add(_ count: Int, to change: String) {
        switch change {
        case "new": new += count
        case "changed": changed += count
        case "leaving": leaving += count
        case "back": back += count
        default: break
        }
    }
}
