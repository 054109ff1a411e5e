package import Storage

/// Where the tally counts a student.
struct TallyPlace: Sendable, Hashable {
    let school: String
    let grade: String
    let state: String

    init(school: String, grade: String, state: String) {
        self.school = school
        self.grade = grade
        self.state = state
    }

    /// For a student's own school and grade.
    init(school: String?, grade: String?, state: StudentState) {
        self.init(school: school ?? StudentTally.none, grade: StudentTally.grade(grade), state: state.rawValue)
    }

    /// Everybody writes the tally's rows in this order, so that nobody waits for somebody who waits for them.
    var inOrder: (String, String, String) { (school, grade, state) }

    /// Itself, and the places of the whole school, of the whole grade and of everybody.
    var andAbove: [TallyPlace] {
        [
            self, TallyPlace(school: school, grade: StudentTally.all, state: state),
            TallyPlace(school: StudentTally.all, grade: grade, state: state),
            TallyPlace(school: StudentTally.all, grade: StudentTally.all, state: state),
        ]
    }
}

extension Connection {
    /// One short step of settling: states that time has changed, then rows that the tally does not count as they are.
    ///
    /// Returns how many rows it has looked at; 0 when all is settled. Reading is exact before, between and after.
    @discardableResult
    package func settleStudents(limit: Int, at now: Timestamp) throws -> Int {
        let overdue = try execute(
            """
            UPDATE account SET seen_at = \(now)
            WHERE id IN (SELECT a.id FROM account a WHERE a.state_ends_at <= \(now) ORDER BY a.state_ends_at
              LIMIT \(limit) \(.skipLocked))
            """)
        return try overdue + settleTally(limit: limit)
    }

    private func settleTally(limit: Int) throws -> Int {
        let uncounted = try rows(
            """
            SELECT a.id, a.counted_state, a.counted_school, a.counted_grade, a.state, a.school_id, a.grade
            FROM account a WHERE \(StudentTally.isUncounted) LIMIT \(limit) \(.skipLocked)
            """)
        guard !uncounted.isEmpty else { return 0 }
        var changes: [TallyPlace: Int] = [:]
        var settled: [ID<Account>] = []
        var moved: [ID<Account>] = []
        for row in uncounted {
            let id: ID<Account> = try row["id"]
            let was: StudentState? = try row["counted_state"]
            let (oldSchool, school): (String?, String?) = (try row["counted_school"], try row["school_id"])
            if let was {
                changes[TallyPlace(school: oldSchool, grade: try row["counted_grade"], state: was), default: 0] -= 1
            }
            if let state: StudentState = try row["state"] {
                changes[TallyPlace(school: school, grade: try row["grade"], state: state), default: 0] += 1
            }
            settled.append(id)
            if was == nil || oldSchool != school { moved.append(id) }
        }
        try addToTally(changes)
        try execute(
            """
            UPDATE account SET counted_state = state, counted_school = school_id, counted_grade = grade
            WHERE id IN \(SQL.list(settled))
            """)
        try execute(
            """
            UPDATE membership SET is_aside = ((SELECT a.school_id FROM account a WHERE a.id = membership.account_id)
              IS DISTINCT FROM school_id) WHERE account_id IN \(SQL.list(moved))
            """)
        return settled.count
    }

    /// Adds to the counts of these places and of all above them.
    func addToTally(_ changes: [TallyPlace: Int]) throws {
        var all: [TallyPlace: Int] = [:]
        for (place, change) in changes { for each in place.andAbove { all[each, default: 0] += change } }
        var rows = BulkRows(columns: 4)
        for (place, change) in all.filter({ $0.value != 0 }).sorted(by: { $0.key.inOrder < $1.key.inOrder }) {
            rows.add([.text(place.school), .text(place.grade), .text(place.state), .integer(change)])
        }
        try insert(
            "INSERT INTO student_tally (school_id, grade, state, number)", rows,
            """
            ON CONFLICT (school_id, grade, state) DO UPDATE SET number = student_tally.number + excluded.number
            """)
    }
}
