internal import Storage

/// What persons have confirmed of a plan that a newer one is about to replace.
struct RosterConsent: Sendable {
    /// By school; what is not asked again where the newer plan takes no more.
    private(set) var schools: [String: ID<Account>] = [:]
    /// Who confirmed the plan as a whole.
    private(set) var whole: ID<Account>?
}

extension RosterSyncs {
    /// Finds what of a new plan was confirmed in the one before it, which nobody has applied since.
    ///
    /// A consent is of named people: it holds for a plan in which all that waits was in the list that the person saw.
    func consent(to holds: RosterHolds, of plan: ID<RosterSync>, in staging: any Database) async throws -> RosterConsent
    {
        var consent = RosterConsent()
        let given = try await main.read { [source] in try $0.consentGiven(before: plan, of: source) }
        guard let given else { return consent }
        let before = try await store.open(given.plan)
        for school in holds.schools where school.isHeld {
            guard let earlier = given.schools[school.key], earlier.isOfChanges || !school.changesWait,
                try await isAmong(
                    school.key, withChanges: school.changesWait, of: staging, those: before)
            else { continue }
            consent.grant(earlier.person, for: school.key)
        }
        if holds.isWaiting, let person = given.whole,
            try await isAmong(nil, withChanges: true, of: staging, those: before)
        {
            consent.grant(person, for: nil)
        }
        return consent
    }

    private func isAmong(
        _ school: String?, withChanges: Bool, of staging: any Database, those before: any Database
    ) async throws -> Bool {
        let limit = Self.mostConsidered
        let acts = { @Sendable (connection: any Connection) throws -> Set<String> in
            let removals = try connection.waitingRemovals(in: school, limit: limit + 1)
            return withChanges ? removals.union(try connection.waitingChanges(in: school, limit: limit + 1)) : removals
        }
        let asked = try await staging.read(acts)
        guard asked.count <= limit else { return false }
        return try await before.read(acts).isSuperset(of: asked)
    }

    /// With more than this a person looks again: memory holds the lists.
    private static let mostConsidered = 100_000
}

/// What a person confirmed of one school.
private struct SchoolConsent {
    let person: ID<Account>
    /// False where removals were all that waited: changes were shown, and not asked about.
    let isOfChanges: Bool
}

extension RosterConsent {
    fileprivate mutating func grant(_ person: ID<Account>, for school: String?) {
        if let school { schools[school] = person } else { whole = person }
    }
}

extension Connection {
    fileprivate func consentGiven(
        before plan: ID<RosterSync>, of source: String
    ) throws -> (plan: ID<RosterSync>, whole: ID<Account>?, schools: [String: SchoolConsent])? {
        let found = try rows(
            """
            SELECT p.id, p.confirmed_by FROM roster_plan p
            WHERE p.source = \(source) AND p.id <> \(plan) AND p.is_open AND p.state = 'ready' ORDER BY p.id DESC LIMIT 1
            """
        ).first
        guard let row = found else { return nil }
        let before: ID<RosterSync> = try row["id"]
        var schools: [String: SchoolConsent] = [:]
        for row in try rows(
            """
            SELECT school_key, confirmed_by, changes_wait FROM roster_plan_school
            WHERE plan_id = \(before) AND is_held AND confirmed_by IS NOT NULL
            """)
        {
            schools[try row["school_key"]] = SchoolConsent(
                person: try row["confirmed_by"], isOfChanges: try row["changes_wait"])
        }
        let whole: ID<Account>? = try row["confirmed_by"]
        return schools.isEmpty && whole == nil ? nil : (before, whole, schools)
    }

    /// Each removal that waits in a school, or in all.
    fileprivate func waitingRemovals(in school: String?, limit: Int) throws -> Set<String> {
        var acts: Set<String> = []
        let isHere: SQL = school.map { "w.school_key = \($0)" } ?? "TRUE"
        try forEachRow(
            """
            SELECT DISTINCT r.rank, r.subject_id, r.target_id, r.detail FROM removal r
            JOIN removal_school w ON w.rank = r.rank AND w.seq = r.seq WHERE \(isHere) LIMIT \(limit)
            """
        ) { row in
            let rank: Int = try row["rank"]
            acts.insert(
                "\(rank) \(try row.text("subject_id") ?? "") \(try row.text("target_id") ?? "") \(try row.text("detail") ?? "")"
            )
        }
        return acts
    }

    /// Each change of more than trackers.
    fileprivate func waitingChanges(in school: String?, limit: Int) throws -> Set<String> {
        var acts: Set<String> = []
        let isHere: SQL = school.map { "w.school_key = \($0)" } ?? "TRUE"
        try forEachRow(
            """
            SELECT DISTINCT c.source_id, c.facts FROM school_change w
            JOIN person_change c ON c.rank = 0 AND c.source_id = w.source_id AND c.alters
            WHERE w.change IN ('changed', 'leaving') AND c.act = 'changed' AND \(isHere) LIMIT \(limit)
            """
        ) { row in acts.insert("\(try row.text("source_id") ?? "")\u{1f}\(try row.text("facts") ?? "")") }
        return acts
    }
}
