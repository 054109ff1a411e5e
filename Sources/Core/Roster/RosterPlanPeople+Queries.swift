internal import Storage

extension RosterSyncs {
    /// One page of the people whom an open plan touches in one school, by the roster's id; nil when there is none such.
    package func people(
        of plan: ID<RosterSync>, school key: String, change: RosterChangeKind, after: String? = nil, limit: Int = 100
    ) async throws -> RosterPlanPeople? {
        let found = try await main.read { connection in
            try connection.rosterPlan(plan).flatMap { report in
                try connection.rosterPlanSchools(of: plan, key: key).first.map { (report.sync, $0) }
            }
        }
        guard let (sync, school) = found else { return nil }
        return try await people(of: sync, school: school, change: change, after: after, limit: limit)
    }

    /// The same where plan and school are at hand; none once the plan is closed.
    package func people(
        of sync: RosterSyncLine, school: RosterPlanSchool, change: RosterChangeKind, after: String?, limit: Int
    ) async throws -> RosterPlanPeople {
        let plan = sync.id
        let isOpen = try await main.read {
            try $0.exists("SELECT 1 AS value FROM roster_plan WHERE id = \(plan) AND is_open")
        }
        guard isOpen else {
            return RosterPlanPeople(sync: sync, school: school, change: change, people: [], next: nil)
        }
        let touched = try await store.open(plan).read {
            try $0.touched(in: school.key, change: change, after: after ?? "", limit: limit + 1)
        }
        let page = touched.prefix(limit)
        let known = try await main.read { try $0.namesNow(of: page.map(\.sourceID), in: plan) }
        let people = page.compactMap { person in
            (person.name ?? known[person.sourceID]?.name).map { name in
                RosterPlanPerson(
                    kind: person.kind, name: name, username: known[person.sourceID]?.username ?? person.username,
                    changes: person.facts)
            }
        }
        return RosterPlanPeople(
            sync: sync, school: school, change: change, people: people,
            next: touched.count > limit ? page.last?.key : nil)
    }
}

private struct TouchedPerson: Sendable {
    let kind: AccountKind
    let sourceID: String
    let name: String?
    let username: String?
    let facts: [RosterFactChange]
    var key: String { "\(kind.rawValue) \(sourceID)" }
}

extension Connection {
    fileprivate func touched(
        in school: String, change: RosterChangeKind, after: String, limit: Int
    ) throws -> [TouchedPerson] {
        let cursor = after.split(separator: " ", maxSplits: 1).map(String.init)
        let (kind, id) = (cursor.first ?? "", cursor.count > 1 ? cursor[1] : "")
        return try rows(
            """
            SELECT x.kind, x.source_id, p.given_name, p.family_name, p.username, c.facts FROM school_change x
            LEFT JOIN staged_person p ON p.source_id = x.source_id AND p.take = 'yes'
            LEFT JOIN person_change c ON c.source_id = x.source_id
              AND c.rank = CASE WHEN c.act = 'new' AND p.username IS NULL THEN 1 ELSE 0 END
            WHERE x.school_key = \(school) AND x.change = \(change.rawValue)
            AND (x.kind > \(kind) OR x.kind = \(kind) AND x.source_id > \(id))
            ORDER BY x.kind, x.source_id LIMIT \(limit)
            """
        ).map { row in
            let given: String? = try row["given_name"]
            return TouchedPerson(
                kind: AccountKind(rawValue: try row["kind"]) ?? .student, sourceID: try row["source_id"],
                name: try given.map { PersonName.shown(given: $0, family: try row["family_name"] ?? "") },
                username: try row["username"], facts: RosterFactText.changes(try row["facts"] ?? ""))
        }
    }

    fileprivate func namesNow(of ids: [String], in plan: ID<RosterSync>) throws -> [String: (
        name: String, username: String
    )] {
        var names: [String: (name: String, username: String)] = [:]
        for list in SQL.lists(ids) {
            for row in try rows(
                """
                SELECT c.source_id, a.given_name, a.family_name, a.username FROM account_source c
                JOIN account a ON a.id = c.account_id
                WHERE c.source = (SELECT p.source FROM roster_plan p WHERE p.id = \(plan)) AND c.source_id IN \(list)
                """)
            {
                names[try row["source_id"]] = (
                    PersonName.shown(given: try row["given_name"], family: try row["family_name"]), try row["username"]
                )
            }
        }
        return names
    }
}
