internal import Foundation
package import Storage

extension Connection {
    /// One page of the students of all trackers that this teacher teaches now, each once.
    ///
    /// A filter that names a tracker of somebody else finds nobody.
    package func students(
        of teacher: Teacher, filter: StudentFilter = StudentFilter(), limit: Int = 100, at now: Timestamp
    ) throws -> StudentList {
        var trackers = SQL.trackersTaught(by: teacher)
        if let tracker = filter.tracker { trackers = "\(trackers) AND e.tracker_id = \(tracker)" }
        let who: SQL = "a.id IN (\(SQL.students(of: trackers, on: teacher.day)))"
        let counts = try studentCounts(who, at: now)
        let page = try studentPage(of: who, filter: filter, counts: counts, limit: limit, at: now)
        let names = try trackerNames(of: page.rows.map(\.id), amongThoseOf: teacher)
        return StudentList(
            lines: page.rows.map { $0.line(trackers: names[$0.id] ?? []) }, counts: counts, found: page.found,
            next: page.next)
    }

    /// One page of these students, of whom there are so few that each is looked at. The condition speaks of an account
    /// `a`; `counts` are theirs. `byNumber`: a search finds student numbers too.
    func studentPage(
        of who: SQL, filter: StudentFilter, byNumber: Bool = false, counts: StateCounts, limit: Int, at now: Timestamp
    ) throws -> (rows: [StudentLineRow], found: Int, next: String?) {
        let fits = Self.condition(filter, byNumber: byNumber, at: now)
        let cursor = filter.after.flatMap(StudentCursor.init)
        let page = try rows(
            """
            SELECT \(StudentLineRow.columns(at: now)), \(Self.order(filter.order, at: now)) AS place
            FROM account a WHERE a.kind = 'student' AND \(who) AND \(fits)
              AND \(cursor.map { Self.after($0, filter.order, at: now) } ?? "TRUE")
            ORDER BY place, a.sort_name, a.id LIMIT \(limit + 1)
            """
        ).map(StudentLineRow.init(row:))
        let shown = Array(page.prefix(limit))
        // A list that is not narrowed, or by state alone, has been counted already.
        let counted = filter.search.isEmpty ? filter.state.map { counts[$0] } ?? counts.total : nil
        let found =
            try counted
            ?? value("SELECT count(*) AS value FROM account a WHERE a.kind = 'student' AND \(who) AND \(fits)")
        return (shown, found ?? 0, page.count > limit ? shown.last?.cursor.text : nil)
    }

    /// One student, if this teacher teaches them now; nil for everybody else.
    package func student(_ id: ID<Account>, visibleTo teacher: Teacher, at now: Timestamp) throws -> StudentLine? {
        let ids = SQL.students(of: SQL.trackersTaught(by: teacher), on: teacher.day)
        let found = try fetchOne(
            """
            SELECT \(StudentLineRow.columns(at: now)), 0 AS place
            FROM account a WHERE a.kind = 'student' AND a.id = \(id) AND a.id IN (\(ids))
            """, as: StudentLineRow.self)
        return try found?.line(trackers: trackerNames(of: [id], amongThoseOf: teacher)[id] ?? [])
    }

    /// How many students of all trackers that this teacher teaches now, each once, are in each state.
    package func studentCounts(of teacher: Teacher, at now: Timestamp) throws -> StateCounts {
        try studentCounts("a.id IN (\(SQL.students(of: SQL.trackersTaught(by: teacher), on: teacher.day)))", at: now)
    }

    /// How many of these students are in each state; the condition speaks of an account `a`.
    package func studentCounts(_ condition: SQL, at now: Timestamp) throws -> StateCounts {
        var counts = StateCounts()
        try forEachRow(
            """
            SELECT \(StudentState.sql(at: now)) AS state, count(*) AS number
            FROM account a WHERE a.kind = 'student' AND \(condition) GROUP BY 1
            """
        ) { row in counts.add(try row["state"], try row["number"]) }
        return counts
    }

    private func trackerNames(
        of students: [ID<Account>], amongThoseOf teacher: Teacher
    ) throws -> [ID<Account>: [TrackerName]] {
        var names: [ID<Account>: [TrackerName]] = [:]
        try forEachRow(
            """
            SELECT e.account_id, t.id, t.name FROM enrollment e JOIN tracker t ON t.id = e.tracker_id
            WHERE e.role = 'student' AND e.account_id IN \(SQL.list(students))
              AND e.tracker_id IN (\(SQL.trackersTaught(by: teacher))) AND \(SQL.enrollmentRuns(on: teacher.day))
            ORDER BY t.name, t.id
            """
        ) { row in
            names[try row["account_id"], default: []].append(TrackerName(id: try row["id"], name: try row["name"]))
        }
        return names
    }

    private static func condition(_ filter: StudentFilter, byNumber: Bool, at now: Timestamp) -> SQL {
        var conditions: [SQL] = [
            filter.state.map { "\(StudentState.sql(at: now)) = \($0.rawValue)" } ?? StudentState.isListed
        ]
        // Each word must be found somewhere, so that "ohara beckett" and "beckett o'hara" find the same child.
        conditions += SearchWord.all(in: filter.search).map { byNumber ? $0.isFoundOrNumber : $0.isFound }
        return SQL.joined(conditions, by: " AND ")
    }

    private static func order(_ order: StudentFilter.Order, at now: Timestamp) -> SQL {
        switch order {
        case .need: StudentState.rankSQL(at: now)
        case .name: "0"
        case .mail: "-coalesce(a.mail_at, 0)"
        }
    }

    private static func after(_ cursor: StudentCursor, _ order: StudentFilter.Order, at now: Timestamp) -> SQL {
        "(\(Self.order(order, at: now)), a.sort_name, a.id) > (\(cursor.place), \(cursor.sortName), \(cursor.id))"
    }
}
