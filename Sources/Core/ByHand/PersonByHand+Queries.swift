package import Storage

extension Connection {
    /// Somebody of the scope, as an administrator can change them by hand; nil for everybody else.
    package func personByHand(
        _ id: ID<Account>, _ kind: AccountKind, visibleTo administrator: Administrator
    ) throws -> PersonByHand? {
        let found = try rows(
            """
            SELECT a.given_name, a.family_name, a.username, a.number, a.grade, a.roster_language, a.suspended_at,
              COALESCE(a.roster_given_name, a.given_name) AS said_given,
              COALESCE(a.roster_family_name, a.family_name) AS said_family,
              CASE WHEN \(administrator.seesWhole) AND EXISTS
              (SELECT 1 FROM account_source c WHERE c.account_id = a.id) THEN 1 ELSE 0 END AS may_be_named,
              \(administrator.lift) AS lift, CASE WHEN a.origin = 'hand' AND \(administrator.seesWhole) AND NOT EXISTS
              (SELECT 1 FROM account_source c WHERE c.account_id = a.id) THEN 1 ELSE 0 END AS is_free
            FROM account a WHERE a.id = \(id) AND a.kind = \(kind.rawValue) AND \(administrator.sees)
            """
        ).first
        guard let row = found else { return nil }
        var typed = TypedPerson()
        typed.givenName = try row["given_name"]
        typed.familyName = try row["family_name"]
        typed.number = try row["number"] ?? ""
        typed.grade = try row["grade"] ?? ""
        typed.language = try row["roster_language"] ?? ""
        typed.schools = try rows(
            """
            SELECT s.id FROM membership m JOIN school s ON s.id = m.school_id
            WHERE m.account_id = \(id) AND \(administrator.seesSchool) ORDER BY s.name, s.id
            """
        ).map { try $0["id"] }
        var fromRoster: [TrackerName] = []
        try forEachRow(
            """
            SELECT t.id, t.name, e.origin FROM enrollment e JOIN tracker t ON t.id = e.tracker_id
            JOIN school s ON s.id = t.school_id
            WHERE e.account_id = \(id) AND e.role = \(kind == .student ? "student" : "teacher")
            AND t.ended_at IS NULL AND \(administrator.seesSchool) ORDER BY t.name, t.id
            """
        ) { row in
            if try row.text("origin") == "hand" {
                typed.trackers.append(try row["id"])
            } else {
                fromRoster.append(TrackerName(id: try row["id"], name: try row["name"]))
            }
        }
        return PersonByHand(
            id: id, kind: kind, name: PersonName.shown(given: typed.givenName, family: typed.familyName),
            username: try row["username"], isFree: try row.integer("is_free") == 1,
            rosterName: try row.integer("may_be_named") == 1
                ? RosterName(given: row["said_given"], family: row["said_family"]) : nil, typed: typed,
            rosterTrackers: fromRoster,
            isSuspended: try row.integer("suspended_at") != nil,
            lift: try row.text("lift").flatMap(SuspensionLift.init))
    }

    /// Writes what was typed, as far as it may be changed by hand. nil when person, school or tracker is out of the scope.
    package func changeByHand(_ change: HandChange, by administrator: Administrator) throws -> ChangingByHand? {
        guard let person = try personByHand(change.person, change.kind, visibleTo: administrator),
            try seesPlaces(of: change.typed, administrator)
        else { return nil }
        var typed = change.typed
        typed.address = ""
        typed.username = ""
        if !person.isFree {
            typed = person.typed
            typed.trackers = change.typed.trackers
            if let name = person.rosterName { typed.name(as: change.typed, orAsIn: name) }
        }
        typed.schools.sort()
        typed.trackers.sort()
        var before = person.typed
        before.schools.sort()
        before.trackers.sort()
        // What is there already was saved by the first of two presses.
        if typed == before { return .saved }
        guard change.stamp == person.stamp else { return .stale(person) }
        var problems = try placeProblems(of: typed, person.kind, administrator)
        let wrong = typed.problems(for: person.kind)
        problems.formUnion(person.isFree ? wrong : wrong.intersection(HandProblem.ofName))
        guard problems.isEmpty else { return .problems(problems) }
        let isNamedAnew = (typed.givenName, typed.familyName) != (before.givenName, before.familyName)
        if isNamedAnew || typed.number != before.number || typed.schools != before.schools {
            let there = try peopleThere(like: typed, person.kind, within: administrator, except: person.id)
            guard there.allSatisfy({ change.others.contains($0.id) }) else { return .alreadyThere(there) }
        }
        try record(.personChanged, by: administrator.id, subject: person.id, id: change.entry, at: change.now)
        if person.isFree { try write(typed, instead: before, of: person, administrator) }
        if isNamedAnew { try write(nameOf: typed, of: person) }
        for tracker in before.trackers where !typed.trackers.contains(tracker) {
            try execute(
                "DELETE FROM enrollment WHERE account_id = \(person.id) AND tracker_id = \(tracker) AND origin = 'hand'"
            )
        }
        try give(typed.trackers, to: person.id, as: person.kind)
        return .saved
    }

    /// A name that the roster does not say is pinned; the roster's own follows it again.
    private func write(nameOf typed: TypedPerson, of person: PersonByHand) throws {
        let said = person.rosterName.flatMap {
            $0 == RosterName(given: typed.givenName, family: typed.familyName) ? nil : $0
        }
        try execute(
            """
            UPDATE account SET given_name = \(typed.givenName), family_name = \(typed.familyName),
              sort_name = \(typed.sortName), given_sort = \(SortName.key(family: "", given: typed.givenName)),
              name_is_pinned = \(said != nil), roster_given_name = \(said?.given), roster_family_name = \(said?.family)
            WHERE id = \(person.id)
            """)
    }

    private func write(
        _ typed: TypedPerson, instead before: TypedPerson, of person: PersonByHand, _ administrator: Administrator
    ) throws {
        for school in before.schools where !typed.schools.contains(school) {
            try execute("DELETE FROM membership WHERE account_id = \(person.id) AND school_id = \(school)")
        }
        for school in typed.schools {
            try execute(
                """
                INSERT INTO membership (account_id, school_id) VALUES (\(person.id), \(school)) ON CONFLICT DO NOTHING
                """)
        }
        try execute(
            """
            UPDATE account SET number = \(typed.number.orNothing), grade = \(typed.grade.orNothing),
              roster_language = \(typed.language.orNothing),
              school_id = CASE WHEN school_id IN (SELECT m.school_id FROM membership m WHERE m.account_id = \(person.id))
                THEN school_id ELSE \(typed.schools.first) END
            WHERE id = \(person.id)
            """)
    }
}
