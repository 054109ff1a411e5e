internal import Storage

/// Walks students state by state and name by name along indexes: a page costs the same for a hundred and for a million.
struct StudentWalk: Sendable {
    let reach: StudentReach
    let grade: String?
    let now: Timestamp
    let unsettled: Unsettled

    /// As many schools are walked side by side; of more, the whole district is walked and the others are passed over.
    private static let mostSideBySide = 24

    /// Ids of the first students after `cursor` in these states, by name.
    func ids(in states: [StudentState], after cursor: StudentCursor?, limit: Int) -> SQL {
        let rest: SQL = cursor.map { "(a.sort_name, a.id) > (\($0.sortName), \($0.id))" } ?? "TRUE"
        let ways = states.flatMap(self.ways(in:)).map { way -> SQL in
            """
            SELECT * FROM (SELECT a.id, a.sort_name FROM account a WHERE \(way) AND \(rest)
            ORDER BY a.sort_name, a.id LIMIT \(limit)) AS way
            """
        }
        return """
            SELECT walk.id FROM (\(SQL.joined(ways, by: " UNION ALL "))) AS walk
            ORDER BY walk.sort_name, walk.id LIMIT \(limit)
            """
    }

    /// The ways on which all students of a state are met, each once.
    private func ways(in state: StudentState) -> [SQL] {
        var ways = indexed(state)
        if unsettled.isOverdue {
            ways.append(
                """
                a.state_ends_at <= \(now) AND \(StudentState.sql(at: now)) = \(state.rawValue)
                AND \(reach.holds("a.school_id")) AND \(isOfGrade)
                """)
        }
        if case .schools(let schools) = reach, unsettled.hasAsides {
            ways.append(
                """
                a.kind = 'student' AND \(StudentState.sql(at: now)) = \(state.rawValue)
                AND \(StudentReach.isAside(in: schools)) AND \(isOfGrade)
                """)
        }
        return ways
    }

    /// Along the index on the main school, the grade or the state alone.
    private func indexed(_ state: StudentState) -> [SQL] {
        let isSo: SQL = """
            a.state = \(state.rawValue) AND (a.state_ends_at IS NULL OR a.state_ends_at > \(now))
            """
        if case .schools(let schools) = reach, schools.count <= Self.mostSideBySide {
            return schools.map { "a.school_id = \($0) AND \(isSo) AND \(isOfGrade)" }
        }
        let gradeIndex: SQL = grade.map { "a.grade = \($0)" } ?? "TRUE"
        return ["\(isSo) AND \(gradeIndex) AND \(reach.holds("a.school_id"))"]
    }

    /// Written so that no index is chosen for it.
    private var isOfGrade: SQL { grade.map { "coalesce(a.grade, '') = \($0)" } ?? "TRUE" }
}
