internal import Storage

extension Connection {
    func plannedSchools() throws -> [String: PlannedSchool] {
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

    /// How many would leave although roles or enrollments of the roster name them.
    func leavingStillNamed() throws -> Int {
        let reasons = [RosterTrouble.roleOfNobody, .enrollmentOfNobody].map(\.rawValue)
        return try value(
            """
            SELECT COUNT(DISTINCT x.source_id) AS value FROM school_change x WHERE x.change = 'leaving'
            AND x.source_id IN (SELECT p.value FROM problem p WHERE p.reason IN \(SQL.list(reasons)))
            """) ?? 0
    }

    func schoolsNow(
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
    func kindsInRoster() throws -> [Bool] {
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
    func kindsKnown(of source: String) throws -> [Bool] {
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
