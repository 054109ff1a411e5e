internal import Storage

/// A stretch of the roster's ids, in byte order: after one, up to another or to the end.
struct RosterRange: Sendable {
    let after: String
    let upTo: String?

    /// True for rows whose `column` lies in it.
    func holds(_ column: SQL) -> SQL {
        guard let upTo else { return "\(column) > \(after)" }
        return "\(column) > \(after) AND \(column) <= \(upTo)"
    }
}

extension Connection {
    /// The stretch that the next rows about people fill; without an end where fewer are left.
    func stretchOfPeople(after: String, limit: Int) throws -> RosterRange {
        let last: String? = try value(
            """
            SELECT source_id AS value FROM staged_person WHERE source_id > \(after) ORDER BY source_id LIMIT 1 OFFSET \(limit - 1)
            """)
        return RosterRange(after: after, upTo: last)
    }

    /// The people of a stretch, with schools and places.
    func stagedPeople(in range: RosterRange) throws -> [StagedPerson] {
        var people: [StagedPerson] = []
        try forEachRow(
            """
            SELECT \(StagedPerson.columns) FROM staged_person p
            WHERE \(range.holds("p.source_id")) AND p.take <> 'merged' ORDER BY p.source_id
            """
        ) { people.append(try StagedPerson(row: $0)) }
        var places: [String: Int] = [:]
        for (index, person) in people.enumerated() { places[person.sourceID] = index }
        try forEachRow(
            """
            SELECT b.person_id, b.school_source_id AS school_key, b.is_main, s.school_id, s.name
            FROM belonging b JOIN staged_school s ON s.source_id = b.school_source_id AND s.take = 'yes'
            WHERE \(range.holds("b.person_id"))
            """
        ) { row in
            guard let index = places[try row["person_id"]] else { return }
            people[index].schools[try row["school_id"]] = try RosterSchoolName(row: row)
        }
        for (person, roles) in try rosterRoles(of: range) {
            if let index = places[person] { people[index].roles = roles }
        }
        try seatsNamed(in: range) { person, seat in
            if let index = places[person] { people[index].placesNamed.append(seat) }
        }
        return people
    }

    /// The roles other than teacher in a stretch, by the roster's ids of people.
    func rosterRoles(of range: RosterRange) throws -> [String: RosterRoles] {
        var standings: [String: [RosterRoles.Standing]] = [:]
        try forEachRow(
            """
            SELECT n.person_id, n.word, s.school_id FROM standing n
            LEFT JOIN staged_school s ON s.source_id = n.school_source_id AND s.take = 'yes'
            WHERE \(range.holds("n.person_id"))
            """
        ) { row in
            standings[try row["person_id"], default: []].append(
                RosterRoles.Standing(word: try row["word"], school: try row["school_id"]))
        }
        return standings.compactMapValues { RosterRoles($0) }
    }

    /// Whom FirstBell knows in a stretch of a roster's ids, by these ids.
    func knownPeople(of source: String, in range: RosterRange) throws -> [String: KnownPerson] {
        var people: [String: KnownPerson] = [:]
        try forEachRow(
            """
            SELECT c.source_id, c.account_id, a.kind, a.given_name, a.family_name, a.number, a.roster_address, a.grade,
              a.roster_language, a.school_id, a.suspended_for, a.roster_roles, a.username_is_pinned, a.roster_username,
              a.name_is_pinned, a.roster_given_name, a.roster_family_name,
              (a.origin = 'hand' OR r.account_id IS NOT NULL) AS is_protected,
              EXISTS (SELECT 1 FROM account_source o WHERE o.account_id = a.id AND o.source <> c.source)
                AS is_named_elsewhere,
              EXISTS (SELECT 1 FROM school h WHERE h.id = a.school_id AND h.source <> c.source) AS is_housed_elsewhere
            FROM account_source c JOIN account a ON a.id = c.account_id
            LEFT JOIN administrator r ON r.account_id = a.id
            WHERE c.source = \(source) AND c.same_as IS NULL AND \(range.holds("c.source_id"))
            """
        ) { row in people[try row["source_id"]] = try KnownPerson(row: row) }
        try forEachRow(
            """
            SELECT c.source_id AS person_id, s.id AS school_id, s.source_id AS school_key, s.name, FALSE AS is_main
            FROM account_source c JOIN membership m ON m.account_id = c.account_id
            JOIN school s ON s.id = m.school_id AND s.source = c.source
            WHERE c.source = \(source) AND c.same_as IS NULL AND \(range.holds("c.source_id"))
            """
        ) { row in people[try row["person_id"]]?.schools[try row["school_id"]] = try RosterSchoolName(row: row) }
        try seatsGiven(to: source, in: range) { person, seat in people[person]?.placesGiven.append(seat) }
        return people
    }
}
