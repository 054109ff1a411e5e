package import Storage

/// The students that an administrator asks for, by their schools: all of the scope, or one school of it.
package enum StudentReach: Sendable, Equatable {
    case everybody
    /// Those of these schools; a student of two of them is one student.
    case schools([ID<School>])
}

extension StudentReach {
    /// True for a main school in reach. Written so that no index is chosen for it.
    func holds(_ school: SQL) -> SQL {
        switch self {
        case .everybody: "TRUE"
        case .schools(let schools): "coalesce(\(school), '') IN \(SQL.list(schools))"
        }
    }

    /// True for an account `a` in reach, by its main school or by another one.
    var who: SQL {
        switch self {
        case .everybody: "TRUE"
        case .schools(let schools): "(a.school_id IN \(SQL.list(schools)) OR a.id IN (\(Self.asides(in: schools))))"
        }
    }

    /// True for an account `a` that one of these schools has although its main school is none of them.
    static func isAside(in schools: [ID<School>]) -> SQL {
        """
        a.id IN (\(asides(in: schools))) AND (a.school_id IS NULL OR a.school_id NOT IN \(SQL.list(schools)))
        """
    }

    /// One of the people for whom one of these schools is seen to be another than the main one.
    static func firstAside(in schools: [ID<School>]) -> SQL {
        let school: SQL = "(CASE WHEN m.is_aside THEN m.school_id END)"
        return """
            SELECT m.account_id FROM membership m WHERE m.is_aside AND \(school) IN \(SQL.list(schools))
            ORDER BY \(school), m.account_id LIMIT 1
            """
    }

    /// Ids of the people for whom one of these schools may be another than the main one: those seen to be, and those whose
    /// main school has changed since it was looked at.
    private static func asides(in schools: [ID<School>]) -> SQL {
        """
        WITH moved AS MATERIALIZED (SELECT a.id FROM account a
          WHERE \(StudentTally.isUncounted) AND a.counted_school IS DISTINCT FROM a.school_id)
        SELECT m.account_id FROM membership m
        WHERE m.is_aside AND (CASE WHEN m.is_aside THEN m.school_id END) IN \(SQL.list(schools))
        UNION SELECT m.account_id FROM moved JOIN membership m ON m.account_id = moved.id
        WHERE m.school_id IN \(SQL.list(schools))
        """
    }
}

extension Connection {
    /// What of the scope is chosen. A school outside it is no school: nobody is in reach.
    package func reach(of administrator: Administrator, school: ID<School>? = nil) throws -> StudentReach {
        if administrator.hasDistrict && school == nil { return .everybody }
        let chosen: SQL = school.map { "s.id = \($0)" } ?? "TRUE"
        return .schools(
            try rows("SELECT s.id FROM school s WHERE \(administrator.seesSchool) AND \(chosen) ORDER BY s.id")
                .map { try $0["id"] })
    }
}
