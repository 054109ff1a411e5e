package import Storage

extension SQL {
    /// Ids of the trackers that this person teaches now: from 14 days before they begin until they end.
    static func trackersTaught(by teacher: Teacher) -> SQL {
        """
        SELECT e.tracker_id FROM enrollment e JOIN tracker t ON t.id = e.tracker_id
        WHERE e.account_id = \(teacher.id) AND e.role = 'teacher' AND t.ended_at IS NULL
          AND \(enrollmentRuns(on: teacher.day)) AND \(trackerRuns(on: teacher.day))
        """
    }

    /// Ids of the students of these trackers, once for each tracker that they are in.
    static func students(of trackers: SQL, on day: SchoolDay) -> SQL {
        """
        SELECT e.account_id FROM enrollment e
        WHERE e.role = 'student' AND e.tracker_id IN (\(trackers)) AND \(enrollmentRuns(on: day))
        """
    }

    /// True while an enrollment `e` holds on that day: an open begin or end always does.
    static func enrollmentRuns(on day: SchoolDay) -> SQL {
        "(e.begins_on IS NULL OR e.begins_on <= \(day.soon)) AND (e.ends_on IS NULL OR e.ends_on > \(day.today))"
    }

    /// True while a tracker `t` runs on that day.
    static func trackerRuns(on day: SchoolDay) -> SQL {
        "(t.begins_on IS NULL OR t.begins_on <= \(day.soon)) AND (t.ends_on IS NULL OR t.ends_on > \(day.today))"
    }
}

extension Connection {
    /// The trackers that a teacher teaches now, by name, each with the states of its students.
    package func trackers(of teacher: Teacher, at now: Timestamp) throws -> [TrackerLine] {
        try trackerLines(among: SQL.trackersTaught(by: teacher), on: teacher.day, at: now)
    }

    /// True for somebody who teaches a tracker now.
    package func teaches(_ teacher: Teacher) throws -> Bool { try exists(SQL.trackersTaught(by: teacher)) }

    /// One of the trackers that this person teaches now; nil for every other one.
    package func tracker(_ id: ID<Tracker>, taughtBy teacher: Teacher, at now: Timestamp) throws -> TrackerLine? {
        try trackerLines(
            among: "SELECT \(id) AS tracker_id WHERE \(id) IN (\(SQL.trackersTaught(by: teacher)))", on: teacher.day,
            at: now
        ).first
    }

    private func trackerLines(among trackers: SQL, on day: SchoolDay, at now: Timestamp) throws -> [TrackerLine] {
        var counts: [ID<Tracker>: StateCounts] = [:]
        try forEachRow(
            """
            SELECT e.tracker_id AS tracker_id, \(StudentState.sql(at: now)) AS state, count(*) AS number
            FROM enrollment e JOIN account a ON a.id = e.account_id
            WHERE e.role = 'student' AND e.tracker_id IN (\(trackers)) AND \(SQL.enrollmentRuns(on: day))
            GROUP BY 1, 2
            """
        ) { row in
            counts[try row["tracker_id"], default: StateCounts()].add(try row["state"], try row["number"])
        }
        return try rows(
            """
            SELECT t.id, t.name, t.grade, t.room, t.period, s.name AS school
            FROM tracker t JOIN school s ON s.id = t.school_id
            WHERE t.id IN (\(trackers)) ORDER BY t.name, t.id
            """
        ).map { row in
            let id: ID<Tracker> = try row["id"]
            return TrackerLine(
                id: id, name: try row["name"], grade: try row["grade"], room: try row["room"],
                period: try row["period"],
                school: try row["school"], counts: counts[id] ?? StateCounts())
        }
    }
}
