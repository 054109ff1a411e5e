package import Storage

/// A member of staff who looks at a student: what is found, and what of it is shown, goes through this value.
package enum StudentViewer: Sendable, Equatable {
    /// Sees the students of the trackers that they teach now, and of their trackers only those.
    case teacher(Teacher)
    /// Sees the students of the schools in their scope, with what only an office needs.
    case administrator(Administrator, SchoolDay)

    package var id: ID<Account> {
        switch self {
        case .teacher(let teacher): teacher.id
        case .administrator(let administrator, _): administrator.id
        }
    }

    /// True for a student `a` whom they may see.
    package var sees: SQL {
        switch self {
        case .teacher(let teacher):
            "a.kind = 'student' AND a.id IN (\(SQL.students(of: SQL.trackersTaught(by: teacher), on: teacher.day)))"
        case .administrator(let administrator, _): "a.kind = 'student' AND \(administrator.sees)"
        }
    }

    /// True for a tracker `t` with an enrollment `e` that they may read of beside a student's name.
    var showsTracker: SQL {
        switch self {
        case .teacher(let teacher):
            "t.id IN (\(SQL.trackersTaught(by: teacher))) AND \(SQL.enrollmentRuns(on: teacher.day))"
        case .administrator(let administrator, let day):
            """
            t.ended_at IS NULL AND \(SQL.trackerRuns(on: day)) AND \(SQL.enrollmentRuns(on: day))
            AND EXISTS (SELECT 1 FROM school s WHERE s.id = t.school_id AND \(administrator.seesSchool))
            """
        }
    }
}
