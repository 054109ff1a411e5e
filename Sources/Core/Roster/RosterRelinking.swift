internal import Storage

extension RosterPlanner {
    /// Finds rows with an id that nobody has, and the number of somebody here whose id the roster has lost: a student system
    /// that was exchanged gives everybody another id.
    ///
    /// Never by name. With more lost ids than memory should hold nothing is proposed: such a plan waits for a person anyway.
    func findChangedIDs() async throws -> [MatchPair] {
        var lost: [String: [LostPerson]] = [:]
        var new: [(sourceID: String, key: String)] = []
        var count = 0
        var after = ""
        while true {
            let staged = try await staging.read { [after] in try $0.stagedNumbers(after: after, limit: Self.pageSize) }
            let range = RosterRange(after: after, upTo: staged.count == Self.pageSize ? staged.last?.sourceID : nil)
            var known = try await main.read { [source] in try $0.knownNumbers(of: source, in: range) }
            for row in staged where known.removeValue(forKey: row.sourceID) == nil {
                if let key = row.key { new.append((row.sourceID, key)) }
            }
            for (sourceID, person) in known {
                guard let key = person.key else { continue }
                lost[key, default: []].append(LostPerson(sourceID: sourceID, account: person.account))
                count += 1
            }
            guard count <= Self.mostLost else { return [] }
            guard let last = range.upTo else { break }
            after = last
        }
        let alike = new.filter { lost[$0.key] != nil }
        guard !alike.isEmpty else { return [] }
        return try await pairs(alike, lost)
    }

    private static let mostLost = 100_000

    /// Those of the same number that have a school in common.
    private func pairs(
        _ rows: [(sourceID: String, key: String)], _ lost: [String: [LostPerson]]
    ) async throws -> [MatchPair] {
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

/// Somebody whose id a roster does not have any more.
private struct LostPerson {
    let sourceID: String
    let account: ID<Account>
}

extension Connection {
    /// Everybody of the roster in the order of their ids, with what finds them again; nil where they have no number.
    fileprivate func stagedNumbers(after: String, limit: Int) throws -> [(sourceID: String, key: String?)] {
        var found: [(sourceID: String, key: String?)] = []
        try forEachRow(
            """
            SELECT source_id, CASE WHEN take = 'yes' AND role <> 'nobody' AND number IS NOT NULL
              THEN CASE role WHEN 'student' THEN 'student' ELSE 'staff' END || ' ' || number END AS value
            FROM staged_person WHERE source_id > \(after) AND take <> 'merged' ORDER BY source_id LIMIT \(limit)
            """
        ) { found.append((try $0["source_id"], try $0["value"])) }
        return found
    }

    fileprivate func knownNumbers(
        of source: String, in range: RosterRange
    ) throws -> [String: (account: ID<Account>, key: String?)] {
        var found: [String: (account: ID<Account>, key: String?)] = [:]
        try forEachRow(
            """
            SELECT c.source_id, c.account_id, a.kind || ' ' || a.number AS value
            FROM account_source c JOIN account a ON a.id = c.account_id
            WHERE c.source = \(source) AND \(range.holds("c.source_id"))
            """
        ) { row in found[try row["source_id"]] = (try row["account_id"], try row["value"]) }
        return found
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
