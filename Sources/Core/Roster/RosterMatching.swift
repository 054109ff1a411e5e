internal import Storage

/// A row of a roster beside somebody here whom it may be, with the row's facts for people to look at.
struct FoundMatch: Sendable {
    let sourceID: String
    let account: ID<Account>
    /// The id of the account that the roster does not have any more; nil for one made by hand.
    let replaces: String?
    let person: StagedPerson
    let schools: String
    let trackers: String
    /// FirstBell's ids of the row's schools, those of its trackers too.
    let places: Set<String>
}

/// Somebody made by hand whom no row of a source is yet, by what a row would have in common with them.
struct HandMade: Sendable {
    let account: ID<Account>
    let kind: AccountKind
    /// A student's number, or the key of an address of staff.
    let key: String
    /// FirstBell's id of a school with that number; nil for staff.
    let school: String?

    func mayBe(_ person: StagedPerson) -> Bool {
        switch kind {
        case .student:
            person.kind == .student && person.number == key && school.map { person.schools[$0] != nil } == true
        case .staff: person.kind == .staff && person.addressKey == key
        }
    }
}

extension RosterPlanner {
    /// Finds the rows that may be somebody here, and takes them out of the plan until a person has answered. Who may have a new
    /// id is still on the roster: nothing is taken from them meanwhile.
    mutating func askAboutPeople(isFirst: Bool) async throws {
        let candidates = try await main.read { [source] in try $0.handMade(unknownTo: source) }
        let rows = candidates.isEmpty ? [] : try await staging.read { try $0.stagedPeople(like: candidates) }
        let pairs = candidates.pairs(with: rows) + (isFirst ? [] : try await findChangedIDs())
        guard !pairs.isEmpty else { return }
        let open = try await main.read { [source] in try $0.unanswered(pairs, of: source) }
        guard !open.isEmpty else { return }
        matches = try await staging.write { connection in
            for id in Set(open.map(\.person.sourceID)).sorted() {
                try connection.execute(
                    "UPDATE staged_person SET take = 'asked' WHERE source_id = \(id) AND take = 'yes'")
            }
            for id in Set(open.compactMap(\.replaces)).sorted() {
                try connection.execute(
                    "INSERT INTO refused (kind, source_id) VALUES ('person', \(id)) ON CONFLICT DO NOTHING")
            }
            return try open.map { pair in
                FoundMatch(
                    sourceID: pair.person.sourceID, account: pair.account, replaces: pair.replaces, person: pair.person,
                    schools: pair.person.schoolNames,
                    trackers: try connection.stagedTrackerNames(of: pair.person.sourceID),
                    places: Set(pair.person.schools.keys).union(
                        try connection.stagedTrackerSchools(of: pair.person.sourceID)))
            }
        }
    }
}

/// A row and somebody here who may be the same.
struct MatchPair: Sendable {
    let person: StagedPerson
    let account: ID<Account>
    var replaces: String?
}

extension [HandMade] {
    func pairs(with people: [StagedPerson]) -> [MatchPair] {
        var byKey: [String: [HandMade]] = [:]
        for candidate in self { byKey[candidate.key, default: []].append(candidate) }
        var pairs: [MatchPair] = []
        for person in people {
            let keys = Set([person.number, person.addressKey].compactMap { $0 })
            let found = keys.flatMap { byKey[$0] ?? [] }.filter { $0.mayBe(person) }.map(\.account)
            for account in Set(found).sorted() { pairs.append(MatchPair(person: person, account: account)) }
        }
        return pairs
    }
}

extension StagedPerson {
    var schoolNames: String { schools.values.map(\.name).sorted().joined(separator: ", ") }
}

extension Connection {
    /// Everybody made by hand with a number or an address whom no row of this source is yet.
    func handMade(unknownTo source: String) throws -> [HandMade] {
        let isUnknown: SQL = """
            NOT EXISTS (SELECT 1 FROM account_source c WHERE c.account_id = a.id AND c.source = \(source))
            """
        var found: [HandMade] = []
        try forEachRow(
            """
            SELECT a.id, a.number, m.school_id FROM account a JOIN membership m ON m.account_id = a.id
            WHERE a.origin = 'hand' AND a.kind = 'student' AND a.number IS NOT NULL AND \(isUnknown)
            """
        ) { row in
            found.append(
                HandMade(account: try row["id"], kind: .student, key: try row["number"], school: try row["school_id"]))
        }
        try forEachRow(
            """
            SELECT a.id, a.address_key FROM account a
            WHERE a.origin = 'hand' AND a.kind = 'staff' AND a.address_key IS NOT NULL AND \(isUnknown)
            """
        ) { row in
            found.append(HandMade(account: try row["id"], kind: .staff, key: try row["address_key"], school: nil))
        }
        return found
    }

    /// Of these pairs, those whose row nobody here is yet and about which nobody has said "two persons".
    func unanswered(_ pairs: [MatchPair], of source: String) throws -> [MatchPair] {
        var known: Set<String> = []
        var told: Set<String> = []
        for list in SQL.lists(pairs.map(\.person.sourceID)) {
            for row in try rows(
                "SELECT source_id FROM account_source WHERE source = \(source) AND source_id IN \(list)")
            {
                known.insert(try row["source_id"])
            }
            for row in try rows(
                """
                SELECT source_id, account_id FROM person_match WHERE source = \(source) AND answer = 'two'
                AND source_id IN \(list)
                """)
            {
                told.insert("\(try row["account_id"] as String) \(try row["source_id"] as String)")
            }
        }
        return pairs.filter { pair in
            !known.contains(pair.person.sourceID) && !told.contains("\(pair.account) \(pair.person.sourceID)")
        }
    }

    /// Staged people who have a number or address of one of these, with their schools by FirstBell's ids.
    fileprivate func stagedPeople(like candidates: [HandMade]) throws -> [StagedPerson] {
        var ids: Set<String> = []
        let ways: [(AccountKind, SQL, SQL)] = [
            (.student, "p.number", "('student')"), (.staff, "p.address_key", "('teacher', 'otherStaff')"),
        ]
        for (kind, column, roles) in ways {
            for list in SQL.lists(Set(candidates.filter { $0.kind == kind }.map(\.key)).sorted()) {
                for row in try rows(
                    """
                    SELECT p.source_id FROM staged_person p
                    WHERE p.take = 'yes' AND p.role IN \(roles) AND \(column) IN \(list)
                    """)
                {
                    ids.insert(try row["source_id"])
                }
            }
        }
        return try stagedPeople(among: ids.sorted())
    }

    /// Staged people by their ids, with their schools by FirstBell's ids.
    func stagedPeople(among ids: [String]) throws -> [StagedPerson] {
        var people: [StagedPerson] = []
        for id in ids {
            let found = try rows(
                "SELECT \(StagedPerson.columns) FROM staged_person p WHERE p.source_id = \(id) AND p.take = 'yes'"
            ).first
            guard let row = found else { continue }
            var person = try StagedPerson(row: row)
            for row in try rows(
                """
                SELECT b.school_source_id AS school_key, b.is_main, s.school_id, s.name FROM belonging b
                JOIN staged_school s ON s.source_id = b.school_source_id AND s.take = 'yes' WHERE b.person_id = \(id)
                """)
            {
                person.schools[try row["school_id"]] = try RosterSchoolName(row: row)
            }
            people.append(person)
        }
        return people
    }

    fileprivate func stagedTrackerNames(of person: String) throws -> String {
        let names: [String] = try rows(
            """
            SELECT t.name FROM attending a JOIN staged_tracker t ON t.source_id = a.tracker_source_id AND t.take = 'yes'
            WHERE a.person_id = \(person) ORDER BY t.name
            """
        ).map { try $0["name"] }
        return names.joined(separator: ", ")
    }

    fileprivate func stagedTrackerSchools(of person: String) throws -> [String] {
        try rows(
            """
            SELECT DISTINCT s.school_id FROM attending a
            JOIN staged_tracker t ON t.source_id = a.tracker_source_id AND t.take = 'yes'
            JOIN staged_school s ON s.source_id = t.school_source_id AND s.take = 'yes'
            WHERE a.person_id = \(person) AND s.school_id IS NOT NULL
            """
        ).map { try $0["school_id"] }
    }
}
