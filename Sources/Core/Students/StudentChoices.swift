package import Storage

/// What an administrator's list of students can be narrowed to.
package struct StudentChoices: Sendable, Equatable {
    /// The schools of the scope, by name; of more than `mostSchools` only the chosen one.
    package let schools: [School]
    /// True where the scope has more schools than a list of them is of use.
    package let hasManySchools: Bool
    /// The grades that students of the chosen school have, or of all schools of the scope.
    package let grades: [String]
    /// The trackers of the chosen school that run; none before a school is chosen.
    package let trackers: [TrackerName]

    /// More are not looked through in a list, but searched.
    package static let mostSchools = 100

    package init(schools: [School], hasManySchools: Bool = false, grades: [String], trackers: [TrackerName]) {
        self.schools = schools
        self.hasManySchools = hasManySchools
        self.grades = grades
        self.trackers = trackers
    }
}

extension Connection {
    /// What the list can be narrowed to after `school` was chosen, or before; a school outside the scope gives nothing.
    package func studentChoices(
        of administrator: Administrator, school: ID<School>?, on day: SchoolDay
    ) throws -> StudentChoices {
        let most = StudentChoices.mostSchools
        // Any of them show that there are too many: only what is listed is put in order.
        let some = try schools(
            """
            SELECT c.id, c.name FROM (SELECT s.id, s.name FROM school s
              WHERE s.ended_at IS NULL AND \(administrator.seesSchool) LIMIT \(most + 1)) AS c ORDER BY c.name, c.id
            """)
        let chosen = try school.map {
            try schools("SELECT s.id, s.name FROM school s WHERE s.id = \($0) AND \(administrator.seesSchool)")
        }
        let reach: StudentReach = try chosen.map { .schools($0.map(\.id)) } ?? reach(of: administrator)
        return StudentChoices(
            schools: some.count > most ? chosen ?? [] : some, hasManySchools: some.count > most,
            grades: try grades(in: reach),
            trackers: try school.map { try trackers(of: $0, in: administrator, on: day) } ?? [])
    }

    private func schools(_ sql: SQL) throws -> [School] {
        try rows(sql).map { School(id: try $0["id"], name: try $0["name"]) }
    }

    private func grades(in reach: StudentReach) throws -> [String] {
        let schools: SQL =
            switch reach {
            case .everybody: "t.school_id = \(StudentTally.all)"
            case .schools(let schools): "t.school_id IN \(SQL.list(schools))"
            }
        let names = try rows(
            """
            SELECT t.grade FROM student_tally t WHERE \(schools) AND t.number > 0 AND t.grade > '=' AND t.grade < '>'
              AND t.state <> 'archived'
            UNION SELECT '=' || a.grade FROM account a
            WHERE \(StudentTally.isUncounted) AND \(StudentState.isListed) AND a.grade IS NOT NULL AND \(reach.holds("a.school_id"))
            """
        ).map { String((try $0["grade"] as String).dropFirst()) }
        return names.sorted { ($0.gradeRank, $0) < ($1.gradeRank, $1) }
    }

    private func trackers(
        of school: ID<School>, in administrator: Administrator, on day: SchoolDay
    ) throws -> [TrackerName] {
        try rows(
            """
            SELECT t.id, t.name FROM tracker t JOIN school s ON s.id = t.school_id
            WHERE t.school_id = \(school) AND t.ended_at IS NULL AND \(administrator.seesSchool)
              AND \(SQL.trackerRuns(on: day))
            ORDER BY t.name, t.id
            """
        ).map { TrackerName(id: try $0["id"], name: try $0["name"]) }
    }
}

extension String {
    /// The grades before the first have letters ("PK", "KG"); then they go by number.
    fileprivate var gradeRank: Int { Int(self) ?? -1 }
}
