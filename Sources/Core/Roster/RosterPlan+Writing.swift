internal import Storage

/// What the main database keeps of a plan, when it has been made.
struct RosterPlanSummary: Sendable {
    let filled: RosterStaging.Filled
    /// Rows that applying it would write; none when the roster says what FirstBell has.
    let total: Int
    let students: RosterChangeCounts
    let staff: RosterChangeCounts
    let trackers: RosterChangeCounts
    let holds: RosterHolds
    let consent: RosterConsent
    let problems: [RosterProblemGroup]
}

extension Connection {
    /// The problems of a staged roster by reason, root causes first; of each at most `limit` places, 1,000 in all.
    func problemGroups(limit: Int = 100) throws -> [RosterProblemGroup] {
        let totals = try rows(
            "SELECT reason, is_refused, COUNT(*) AS value FROM problem GROUP BY reason, is_refused ORDER BY reason"
        ).map { row -> (reason: String, isRefused: Bool, count: Int) in
            (try row["reason"], try row["is_refused"], try row["value"])
        }.sorted {
            (RosterTrouble.rank(of: $0.reason), $0.reason) < (RosterTrouble.rank(of: $1.reason), $1.reason)
        }
        let each = max(1, min(limit, 1_000 / max(1, totals.count)))
        return try totals.map { total in
            let first = try rows(
                """
                SELECT file, line, value FROM problem WHERE reason = \(total.reason) AND is_refused = \(total.isRefused)
                ORDER BY file, line LIMIT \(each)
                """
            ).map { row in
                RosterProblem(
                    place: RosterPlace(file: try row["file"], line: try row["line"]), isRefused: total.isRefused,
                    reason: total.reason, value: try row["value"])
            }
            return RosterProblemGroup(
                reason: total.reason, isRefused: total.isRefused, count: total.count, first: first)
        }
    }

    /// Writes that a plan is ready. An older plan that was not applied lapses; returns those whose staging may go.
    func finishPlan(
        _ id: ID<RosterSync>, _ summary: RosterPlanSummary, source: String, mint: IDMint, at now: Timestamp
    ) throws -> [ID<RosterSync>] {
        var mint = mint
        let changed = try execute(
            """
            UPDATE roster_plan SET state = 'ready', percent = 100, lines = \(summary.filled.lines),
              total = \(summary.total), kept_parts = \(summary.filled.parts), added_to = \(summary.filled.addedTo),
              format = COALESCE(\(summary.filled.origin?.format), format),
              system_name = COALESCE(\(summary.filled.origin?.system), system_name),
              students_new = \(summary.students.new), students_changed = \(summary.students.changed),
              students_leaving = \(summary.students.leaving), students_back = \(summary.students.back),
              staff_new = \(summary.staff.new), staff_changed = \(summary.staff.changed),
              staff_leaving = \(summary.staff.leaving), staff_back = \(summary.staff.back),
              trackers_new = \(summary.trackers.new), trackers_changed = \(summary.trackers.changed),
              trackers_leaving = \(summary.trackers.leaving), trackers_back = \(summary.trackers.back),
              is_waiting = \(summary.holds.isWaiting), confirmed_by = \(summary.consent.whole)
            WHERE id = \(id) AND state = 'reading'
            """)
        guard changed == 1 else { return try plansClosed(before: id) }
        let schools = BulkRows(
            columns: 23, summary.holds.schools.map { $0.row(of: id, confirmedBy: summary.consent.schools[$0.key]) })
        try append(
            schools, to: "roster_plan_school",
            columns: """
                plan_id, school_key, name, is_new, students_now, staff_now, trackers_now, trackers_named, students_new,
                students_changed, students_leaving, students_back, staff_new, staff_changed, staff_leaving, staff_back,
                students_altered, staff_altered, has_removals, is_held,
                changes_wait, blackout_until, confirmed_by
                """)
        try writeProblems(summary.problems, of: id)
        try queueRosterNotices(about: id, mint: &mint, at: now)
        // A plan that changes nothing is not applied: what its roster does not ask any more ends here.
        if summary.total == 0 { try dropMatches(of: source, askedBefore: id) }
        try execute(
            "UPDATE roster_plan SET state = 'lapsed' WHERE id <> \(id) AND source = \(source) AND state = 'ready'")
        let closed: [ID<RosterSync>] = try rows(
            """
            SELECT id FROM roster_plan
            WHERE is_open AND id <> \(id) AND source = \(source) AND state IN ('lapsed', 'applied')
            """
        ).map { try $0["id"] }
        try execute(
            """
            UPDATE roster_plan SET is_open = FALSE
            WHERE is_open AND id <> \(id) AND source = \(source) AND state IN ('lapsed', 'applied')
            """)
        return closed
    }

    /// For a plan that was finished before, by a commit whose answer was lost. Throws when there is no such plan.
    private func plansClosed(before id: ID<RosterSync>) throws -> [ID<RosterSync>] {
        guard try exists("SELECT id FROM roster_plan WHERE id = \(id) AND state = 'ready'") else {
            throw RosterSyncRefused.notReady
        }
        return try rows("SELECT id FROM roster_plan WHERE NOT is_open AND id < \(id)").map { try $0["id"] }
    }

    private func writeProblems(_ groups: [RosterProblemGroup], of id: ID<RosterSync>) throws {
        var problems = BulkRows(columns: 5)
        var places = BulkRows(columns: 6)
        for (position, group) in groups.enumerated() {
            problems.add([
                .id(id), .integer(position), .text(group.reason), .bool(group.isRefused), .integer(group.count),
            ])
            for (number, problem) in group.first.enumerated() {
                places.add([
                    .id(id), .integer(position), .integer(number), .text(problem.place.file),
                    .integer(problem.place.line), .text(problem.value),
                ])
            }
        }
        try append(problems, to: "roster_problem", columns: "plan_id, position, reason, is_refused, count")
        try append(places, to: "roster_problem_place", columns: "plan_id, position, number, file, line, value")
    }
}

extension PlannedSchool {
    fileprivate func row(of plan: ID<RosterSync>, confirmedBy person: ID<Account>?) -> [SQLValue] {
        let counts = [
            studentsNow, staffNow, trackersNow, trackersNamed, students.new, students.changed, students.leaving,
            students.back, staff.new, staff.changed, staff.leaving, staff.back, studentsAltered, staffAltered,
        ]
        return [.id(plan), .text(key), .text(name), .bool(isNew)] + counts.map { .integer($0) } + [
            .bool(hasRemovals), .bool(isHeld), .bool(changesWait), .integer(blackoutUntil.map { Int($0.milliseconds) }),
            .text(person?.description),
        ]
    }
}
