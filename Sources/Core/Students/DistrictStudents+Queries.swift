package import Storage

extension Connection {
    /// One page of the students in an administrator's scope, each once, with the counts of what is chosen.
    ///
    /// A school or tracker outside the scope finds nobody. `day` says which trackers run.
    package func students(
        of administrator: Administrator, filter: StudentFilter = StudentFilter(), limit: Int = 50, on day: SchoolDay,
        at now: Timestamp
    ) throws -> StudentList {
        let reach = try reach(of: administrator, school: filter.school)
        if let tracker = filter.tracker {
            let who = studentsOf(tracker, in: reach, of: administrator, grade: filter.grade, on: day)
            return try smallList(of: who, counts: studentCounts(who, at: now), filter, administrator, limit, at: now)
        }
        let unsettled = try unsettled(in: reach, at: now)
        let counts = try studentCounts(in: reach, grade: filter.grade, unsettled: unsettled, at: now)
        let words = SearchWord.all(in: filter.search)
        if words.isEmpty { return try walk(reach, unsettled, counts, filter, administrator, limit, at: now) }
        let archived = filter.state == .archived ? counts[.archived] : 0
        if max(counts.total, archived) <= StudentSearch.fewEnoughToLookAtEach {
            let isOfGrade: SQL = filter.grade.map { "coalesce(a.grade, '') = \($0)" } ?? "TRUE"
            return try smallList(
                of: "\(reach.who) AND \(isOfGrade)", counts: counts, filter, administrator, limit, at: now)
        }
        return try search(words, reach, unsettled, counts, filter, administrator, limit, at: now)
    }

    /// One student in an administrator's scope; nil for everybody else.
    package func student(
        _ id: ID<Account>, within administrator: Administrator, at now: Timestamp
    ) throws -> StudentLine? {
        let found = try rows(
            """
            SELECT \(StudentLineRow.columns(at: now)), 0 AS place
            FROM account a WHERE a.kind = 'student' AND a.id = \(id) AND \(administrator.sees)
            """
        ).map(StudentLineRow.init(row:))
        return try lines(found, for: administrator).first
    }

    private func studentsOf(
        _ tracker: ID<Tracker>, in reach: StudentReach, of administrator: Administrator, grade: String?,
        on day: SchoolDay
    ) -> SQL {
        let isOfGrade: SQL = grade.map { "a.grade = \($0)" } ?? "TRUE"
        return """
            a.id IN (SELECT e.account_id FROM enrollment e JOIN tracker t ON t.id = e.tracker_id
            WHERE e.role = 'student' AND e.tracker_id = \(tracker) AND \(reach.holds("t.school_id"))
              AND \(SQL.enrollmentRuns(on: day))) AND \(administrator.sees) AND \(isOfGrade)
            """
    }

    private func smallList(
        of who: SQL, counts: StateCounts, _ filter: StudentFilter, _ administrator: Administrator, _ limit: Int,
        at now: Timestamp
    ) throws -> StudentList {
        let page = try studentPage(of: who, filter: filter, byNumber: true, counts: counts, limit: limit, at: now)
        return StudentList(
            lines: try lines(page.rows, for: administrator), counts: counts, found: page.found, next: page.next)
    }

    /// The list without a search: state by state in the order of need, or all states side by side by name.
    private func walk(
        _ reach: StudentReach, _ unsettled: Unsettled, _ counts: StateCounts, _ filter: StudentFilter,
        _ administrator: Administrator, _ limit: Int, at now: Timestamp
    ) throws -> StudentList {
        let walk = StudentWalk(reach: reach, grade: filter.grade, now: now, unsettled: unsettled)
        let cursor = filter.after.flatMap(StudentCursor.init)
        let states = StudentState.allCases.enumerated().filter { place, state in
            counts[state] > 0 && (filter.state.map { $0 == state } ?? (state != .archived))
                && (filter.order != .need || place >= cursor?.place ?? 0)
        }
        let state = unsettled.state(at: now)
        var found: [StudentLineRow] = []
        func add(_ states: [StudentState], place: Int, after: StudentCursor?) throws {
            guard !states.isEmpty else { return }
            let ids = walk.ids(in: states, after: after, limit: limit + 1 - found.count)
            found += try rows(
                """
                SELECT \(StudentLineRow.columns(state: state)), \(place) AS place FROM account a WHERE a.id IN (\(ids))
                ORDER BY a.sort_name, a.id
                """
            ).map(StudentLineRow.init(row:))
        }
        if filter.order == .need {
            for (place, state) in states where found.count <= limit {
                try add([state], place: place, after: place == cursor?.place ? cursor : nil)
            }
        } else {
            try add(states.map(\.element), place: 0, after: cursor)
        }
        let shown = Array(found.prefix(limit))
        return StudentList(
            lines: try lines(shown, for: administrator), counts: counts,
            found: filter.state.map { counts[$0] } ?? counts.total,
            next: found.count > limit ? shown.last?.cursor.text : nil)
    }

    private func search(
        _ words: [SearchWord], _ reach: StudentReach, _ unsettled: Unsettled, _ counts: StateCounts,
        _ filter: StudentFilter, _ administrator: Administrator, _ limit: Int, at now: Timestamp
    ) throws -> StudentList {
        let state = unsettled.state(at: now)
        var fits: [SQL] = [filter.state.map { "\(state) = \($0.rawValue)" } ?? StudentState.isListed]
        if reach != .everybody { fits.append(reach.who) }
        if let grade = filter.grade { fits.append("coalesce(a.grade, '') = \(grade)") }
        let place: SQL = filter.order == .need ? StudentState.rankSQL(of: state) : "0"
        let search = StudentSearch(
            words: words, fits: SQL.joined(fits, by: " AND "), place: place, isPlacedByIndex: !unsettled.isOverdue)
        let (all, isCut) = try found(by: search)
        let cursor = filter.after.flatMap(StudentCursor.init)
        let rest = cursor.map { cursor in all.drop { !($0 > cursor) } } ?? all[...]
        let ids = rest.prefix(limit).map(\.id)
        let shown = try rows(
            """
            SELECT \(StudentLineRow.columns(state: state)), \(place) AS place FROM account a
            WHERE a.id IN \(SQL.list(ids)) ORDER BY place, a.sort_name, a.id
            """
        ).map(StudentLineRow.init(row:))
        return StudentList(
            lines: try lines(shown, for: administrator), counts: counts, found: all.count,
            next: rest.count > limit ? shown.last?.cursor.text : nil, isCut: isCut)
    }

    /// The rows with those of their schools that are in scope.
    private func lines(_ rows: [StudentLineRow], for administrator: Administrator) throws -> [StudentLine] {
        var schools: [ID<Account>: [String]] = [:]
        let names = try self.rows(
            """
            SELECT m.account_id, s.name FROM membership m JOIN school s ON s.id = m.school_id
            WHERE m.account_id IN \(SQL.list(rows.map(\.id))) AND \(administrator.seesSchool) ORDER BY s.name, s.id
            """)
        for row in names { schools[try row["account_id"], default: []].append(try row["name"]) }
        return rows.map { $0.line(schools: schools[$0.id] ?? []) }
    }
}
