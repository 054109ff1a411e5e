internal import Storage

extension Connection {
    /// The step as it stands now: whoever was erased since the plan was made is somebody new, and who has come of that in an
    /// earlier run of the plan is known. Whose account was joined with another is that one; where the source names both, the
    /// next roster says what the two rows say together.
    func withoutErased(_ step: PeopleStep) throws -> PeopleStep {
        let known = step.people.compactMap(\.account?.description)
        guard !known.isEmpty else { return step }
        var erased: Set<ID<Account>> = []
        for list in SQL.lists(known.sorted()) {
            // Nobody is erased between this look and what is written about them.
            try forEachRow("SELECT id, erased_at FROM account WHERE id IN \(list) ORDER BY id \(.locked)") { row in
                if try row.integer("erased_at") != nil { erased.insert(try row["id"]) }
            }
        }
        guard !erased.isEmpty else { return step }
        let people = try step.people.compactMap { person -> PlannedPerson? in
            guard let account = person.account, erased.contains(account) else { return person }
            let now = try rows(
                """
                SELECT account_id, same_as FROM account_source
                WHERE source = \(step.source) AND source_id = \(person.staged.sourceID)
                """
            ).first
            if try now?.text("same_as") != nil { return nil }
            return person.about(try now?["account_id"])
        }
        return PeopleStep(
            plan: step.plan, people: people, source: step.source, maker: step.maker, mint: step.mint, now: step.now)
    }
}
