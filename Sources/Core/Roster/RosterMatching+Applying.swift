internal import Storage

extension Connection {
    /// The new people of a step, but for those who were linked since the plan was made, and those who may be somebody made
    /// by hand since then: these are asked about.
    func stillNew(_ step: PeopleStep) throws -> [PlannedPerson] {
        let new = step.people.filter { $0.account == nil }
        guard !new.isEmpty else { return [] }
        let linked = try linkedRows(among: new.map(\.staged.sourceID), of: step.source)
        let left = new.filter { !linked.contains($0.staged.sourceID) }
        guard try exists("SELECT 1 AS value FROM account a WHERE a.origin = 'hand' LIMIT 1") else { return left }
        let candidates = try handMade(unknownTo: step.source, like: left.map(\.staged))
        let pairs = try unanswered(candidates.pairs(with: left.map(\.staged)), of: step.source)
        guard !pairs.isEmpty else { return left }
        let asked = Set(pairs.map(\.person.sourceID))
        var places: [String: [PlannedPlace]] = [:]
        for person in left { places[person.staged.sourceID] = person.places }
        let matches = try pairs.map { pair in
            FoundMatch(
                sourceID: pair.person.sourceID, account: pair.account, replaces: nil, person: pair.person,
                schools: pair.person.schoolNames, trackers: try trackerNames(of: places[pair.person.sourceID] ?? []),
                places: Set(pair.person.schools.keys).union(
                    try trackerSchools(of: places[pair.person.sourceID] ?? [])))
        }
        var mint = step.mint
        try keep(matches, of: step.plan, source: step.source, mint: &mint)
        return left.filter { !asked.contains($0.staged.sourceID) }
    }

    private func linkedRows(among ids: [String], of source: String) throws -> Set<String> {
        // By answers, or with a joined account.
        let mayBe = try exists(
            """
            SELECT 1 AS value FROM person_match WHERE source = \(source)
            UNION ALL SELECT 1 FROM audit WHERE act = \(AuditAct.accountsJoined.rawValue) LIMIT 1
            """)
        guard mayBe else { return [] }
        var linked: Set<String> = []
        for list in SQL.lists(ids) {
            for row in try rows(
                "SELECT source_id FROM account_source WHERE source = \(source) AND source_id IN \(list)")
            {
                linked.insert(try row["source_id"])
            }
        }
        return linked
    }

    /// The same as for a whole roster, but only whom these people could be.
    private func handMade(unknownTo source: String, like people: [StagedPerson]) throws -> [HandMade] {
        let numbers = people.filter { $0.kind == .student }.compactMap(\.number)
        let addresses = people.filter { $0.kind == .staff }.compactMap(\.addressKey)
        let hasStudents = try exists(
            """
            SELECT 1 AS value FROM account a WHERE a.origin = 'hand' AND a.kind = 'student' AND a.number IS NOT NULL LIMIT 1
            """)
        var isAlike = false
        for list in hasStudents ? SQL.lists(numbers) : [] where !isAlike {
            isAlike = try exists(
                """
                SELECT 1 AS value FROM account a
                WHERE a.origin = 'hand' AND a.kind = 'student' AND a.number IN \(list) LIMIT 1
                """)
        }
        for list in SQL.lists(addresses) where !isAlike {
            isAlike = try exists(
                """
                SELECT 1 AS value FROM account a
                WHERE a.address_key IN \(list) AND a.origin = 'hand' AND a.kind = 'staff' LIMIT 1
                """)
        }
        return isAlike ? try handMade(unknownTo: source) : []
    }

    private func trackerSchools(of places: [PlannedPlace]) throws -> [String] {
        try rows("SELECT DISTINCT school_id FROM tracker WHERE id IN \(SQL.list(places.map(\.tracker)))")
            .map { try $0["school_id"] }
    }

    private func trackerNames(of places: [PlannedPlace]) throws -> String {
        let names: [String] = try rows(
            "SELECT name FROM tracker WHERE id IN \(SQL.list(places.map(\.tracker))) ORDER BY name"
        ).map { try $0["name"] }
        return names.joined(separator: ", ")
    }
}
