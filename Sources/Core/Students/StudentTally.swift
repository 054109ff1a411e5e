package import Storage

/// Exact counts of students by school, grade and state, whatever their number.
///
/// The tally is a table; where a row says something else than it was counted under, or time has changed its state, the
/// reading puts it right. So no statement that changes a student has to know of the tally, and none can forget it.
enum StudentTally {
    /// The place of everybody, of people without one, and of a grade (see `Migrations/0007-students.sql`).
    static let all = ""
    static let none = "-"
    static func grade(_ grade: String?) -> String { grade.map { "=\($0)" } ?? none }

    /// True for a student `a` whom the tally counts under something else than the row says, or not at all, or still.
    static let isUncounted: SQL = """
        (CASE WHEN a.counted_state IS DISTINCT FROM a.state OR (a.state IS NOT NULL
        AND (a.counted_school IS DISTINCT FROM a.school_id OR a.counted_grade IS DISTINCT FROM a.grade)) THEN 1 END) = 1
        """

    /// Ids of the students whose stored state or count is not that of now.
    static func unsettled(at now: Timestamp) -> SQL {
        """
        SELECT a.id FROM account a WHERE \(isUncounted) UNION SELECT a.id FROM account a WHERE a.state_ends_at <= \(now)
        """
    }
}

extension Connection {
    /// How many students in reach are in each state, each once; of one grade where it is given.
    package func studentCounts(
        in reach: StudentReach, grade: String? = nil, at now: Timestamp
    ) throws -> StateCounts {
        try studentCounts(in: reach, grade: grade, unsettled: unsettled(in: reach, at: now), at: now)
    }

    /// The same where it is known what is unsettled in reach.
    func studentCounts(
        in reach: StudentReach, grade: String?, unsettled open: Unsettled, at now: Timestamp
    ) throws -> StateCounts {
        var counts = StateCounts()
        let place = grade.map { StudentTally.grade($0) } ?? StudentTally.all
        let schools: SQL =
            switch reach {
            case .everybody: "t.school_id = \(StudentTally.all)"
            case .schools(let schools): "t.school_id IN \(SQL.list(schools))"
            }
        try count(
            """
            SELECT t.state, CAST(sum(t.number) AS BIGINT) AS number FROM student_tally t
            WHERE t.grade = \(place) AND \(schools) GROUP BY t.state
            """, into: &counts)
        let state = StudentState.sql(at: now)
        if !open.isSettled {
            let unsettled: SQL = "a.id IN (\(StudentTally.unsettled(at: now)))"
            let isNow: SQL = grade.map { "a.grade = \($0)" } ?? "TRUE"
            let wasThen: SQL = grade.map { "a.counted_grade = \($0)" } ?? "TRUE"
            try count(
                """
                SELECT a.counted_state AS state, -count(*) AS number FROM account a
                WHERE \(unsettled) AND a.counted_state IS NOT NULL AND \(reach.holds("a.counted_school")) AND \(wasThen)
                GROUP BY 1
                """, into: &counts)
            try count(
                """
                SELECT \(state) AS state, count(*) AS number FROM account a
                WHERE \(unsettled) AND a.state IS NOT NULL AND \(reach.holds("a.school_id")) AND \(isNow) GROUP BY 1
                """, into: &counts)
        }
        if case .schools(let schools) = reach, open.hasAsides {
            let isNow: SQL = grade.map { "coalesce(a.grade, '') = \($0)" } ?? "TRUE"
            try count(
                """
                SELECT \(state) AS state, count(*) AS number FROM account a
                WHERE a.kind = 'student' AND \(StudentReach.isAside(in: schools)) AND \(isNow) GROUP BY 1
                """, into: &counts)
        }
        return counts
    }

    /// The same for each school of the scope; a student of two schools counts in both.
    package func studentCountsBySchool(
        of administrator: Administrator, at now: Timestamp
    ) throws -> [ID<School>: StateCounts] {
        var counts: [ID<School>: StateCounts] = [:]
        let scope: SQL = "(SELECT s.id FROM school s WHERE \(administrator.seesSchool))"
        func add(_ sql: SQL) throws {
            for row in try rows(sql) {
                counts[try row["school_id"], default: StateCounts()].add(try row["state"], try row["number"])
            }
        }
        try add(
            """
            SELECT t.school_id, t.state, t.number FROM student_tally t
            WHERE t.school_id IN \(scope) AND t.grade = \(StudentTally.all)
            """)
        let state = StudentState.sql(at: now)
        if try hasUnsettledStudents(at: now) {
            let unsettled: SQL = "a.id IN (\(StudentTally.unsettled(at: now)))"
            try add(
                """
                SELECT a.counted_school AS school_id, a.counted_state AS state, -count(*) AS number FROM account a
                WHERE \(unsettled) AND a.counted_state IS NOT NULL AND a.counted_school IN \(scope) GROUP BY 1, 2
                """)
            try add(
                """
                SELECT a.school_id, \(state) AS state, count(*) AS number FROM account a
                WHERE \(unsettled) AND a.state IS NOT NULL AND coalesce(a.school_id, '') IN \(scope) GROUP BY 1, 2
                """)
            try add(
                """
                SELECT m.school_id, \(state) AS state, count(*) AS number
                FROM account a JOIN membership m ON m.account_id = a.id
                WHERE \(StudentTally.isUncounted) AND a.counted_school IS DISTINCT FROM a.school_id AND NOT m.is_aside
                  AND m.school_id IN \(scope) AND a.school_id IS DISTINCT FROM m.school_id GROUP BY 1, 2
                """)
        }
        try add(
            """
            SELECT m.school_id, \(state) AS state, count(*) AS number
            FROM membership m JOIN account a ON a.id = m.account_id
            WHERE m.is_aside AND (CASE WHEN m.is_aside THEN m.school_id END) > '' AND a.kind = 'student'
              AND a.school_id IS DISTINCT FROM m.school_id GROUP BY 1, 2
            """)
        if administrator.hasDistrict { return counts }
        guard case .schools(let schools) = try reach(of: administrator) else { return counts }
        return counts.filter { schools.contains($0.key) }
    }

    /// True while the state or the count of a student is not settled as of now.
    package func hasUnsettledStudents(at now: Timestamp) throws -> Bool {
        try !unsettled(at: now).isSettled
    }

    private func count(_ sql: SQL, into counts: inout StateCounts) throws {
        for row in try rows(sql) { counts.add(try row["state"], try row["number"]) }
    }
}
