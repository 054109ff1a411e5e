internal import Storage

extension RosterPlanner {
    /// Finds rows with an id that nobody has, and the number of somebody here whose id the roster has lost: a student system
    /// that was exchanged gives everybody another id.
    ///
    /// Never by name. Only new ids are looked for by number, so that those who left long ago cost nothing.
    func findChangedIDs() async throws -> [MatchPair] {
        var found: [MatchPair] = []
        var after = ""
        while true {
            let (rows, last) = try await staging.read { [after] in
                try $0.stagedNumbers(after: after, limit: Self.pageSize)
            }
            let range = RosterRange(after: after, upTo: last)
            let lost = try await main.read { [source] connection -> [String: [LostPerson]] in
                let known = try connection.knownIDs(of: source, in: range)
                let new = rows.filter { !known.contains($0.sourceID) }
                return try connection.people(of: source, withNumbersOf: new)
            }
            let gone = try await staging.read { try $0.without(staged: lost) }
            if !gone.isEmpty { found += try await pairs(rows.filter { gone[$0.key] != nil }, gone) }
            guard let last else { return found }
            after = last
        }
    }

    /// Those of the same number that have a school in common.
    private func pairs(_ rows: [NumberedRow], _ lost: [String: [LostPerson]]) async throws -> [MatchPair] {
        let people = try await staging.read { try $0.stagedPeople(among: rows.map(\.sourceID)) }
        let keys = Dictionary(rows.map { ($0.sourceID, $0.key) }, uniquingKeysWith: { first, _ in first })
        let accounts = Set(rows.flatMap { lost[$0.key] ?? [] }.map(\.account))
        let schools = try await main.read { try $0.schools(of: accounts.sorted()) }
        return people.flatMap { person -> [MatchPair] in
            (keys[person.sourceID].flatMap { lost[$0] } ?? []).filter { other in
                schools[other.account]?.contains { person.schools[$0] != nil } ?? false
            }.map { MatchPair(person: person, account: $0.account, replaces: $0.sourceID) }
        }
    }
}

/// A row of the roster with what finds its person again.
private struct NumberedRow: Sendable {
    let sourceID: String
    let kind: AccountKind
    let number: String
    var key: String { "\(kind.rawValue) \(number)" }
}

/// Somebody whose id a roster does not have any more.
private struct LostPerson: Sendable {
    let sourceID: String
    let account: ID<Account>
}

extension Connection {
    /// Everybody of the roster who has a number, in the order of their ids, and the last id that was looked at; nil at the
    /// end.
    fileprivate func stagedNumbers(after: String, limit: Int) throws -> (rows: [NumberedRow], last: String?) {
        var found: [NumberedRow] = []
        var (seen, last) = (0, "")
        try forEachRow(
            """
            SELECT source_id, role, CASE WHEN take = 'yes' AND role <> 'nobody' THEN number END AS number
            FROM staged_person WHERE source_id > \(after) AND take <> 'merged' ORDER BY source_id LIMIT \(limit)
            """
        ) { row in
            last = try row["source_id"]
            seen += 1
            guard let number = try row.text("number") else { return }
            let kind: AccountKind = try row.text("role") == "student" ? .student : .staff
            found.append(NumberedRow(sourceID: last, kind: kind, number: number))
        }
        return (found, seen == limit ? last : nil)
    }

    fileprivate func knownIDs(of source: String, in range: RosterRange) throws -> Set<String> {
        var found: Set<String> = []
        try forEachRow(
            "SELECT source_id FROM account_source WHERE source = \(source) AND \(range.holds("source_id"))"
        ) { found.insert(try $0["source_id"]) }
        return found
    }

    /// Those of a source who have a number of these rows, by the rows' keys.
    fileprivate func people(
        of source: String, withNumbersOf rows: [NumberedRow]
    ) throws -> [String: [LostPerson]] {
        let keys = Set(rows.map(\.key))
        // The source is written so that no index is chosen for it: everybody is of it.
        var found: [String: [LostPerson]] = [:]
        for list in SQL.lists(Set(rows.map(\.number)).sorted()) {
            try forEachRow(
                """
                SELECT c.source_id, c.account_id, a.kind || ' ' || a.number AS value FROM account a
                JOIN account_source c ON c.account_id = a.id AND coalesce(c.source, '') = \(source) AND c.same_as IS NULL
                WHERE a.number IN \(list)
                """
            ) { row in
                let key: String = try row["value"]
                guard keys.contains(key) else { return }
                found[key, default: []].append(
                    LostPerson(sourceID: try row["source_id"], account: try row["account_id"]))
            }
        }
        return found
    }

    /// Of these people, those whose id the roster does not have.
    fileprivate func without(staged people: [String: [LostPerson]]) throws -> [String: [LostPerson]] {
        var staged: Set<String> = []
        for list in SQL.lists(Set(people.values.flatMap { $0.map(\.sourceID) }).sorted()) {
            for row in try rows("SELECT source_id FROM staged_person WHERE source_id IN \(list)") {
                staged.insert(try row["source_id"])
            }
        }
        return people.mapValues { $0.filter { !staged.contains($0.sourceID) } }.filter { !$0.value.isEmpty }
    }

    fileprivate func schools(of accounts: [ID<Account>]) throws -> [ID<Account>: Set<String>] {
        var schools: [ID<Account>: Set<String>] = [:]
        for list in SQL.lists(accounts.map(\.description)) {
            try forEachRow("SELECT account_id, school_id FROM membership WHERE account_id IN \(list)") { row in
                schools[try row["account_id"], default: []].insert(try row["school_id"])
            }
        }
        return schools
    }
}
