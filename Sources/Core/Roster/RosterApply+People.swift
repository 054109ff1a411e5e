internal import Storage

/// The people of one step, with all that enters its transaction from outside.
struct PeopleStep: Sendable {
    let plan: ID<RosterSync>
    let people: [PlannedPerson]
    let source: String
    let maker: UsernameMaker
    let mint: IDMint
    let now: Timestamp
}

/// The schools and trackers of people, row by row.
private struct PlaceRows {
    static let membership: SQL = "account_id, school_id, is_aside"
    static let enrollment: SQL = "tracker_id, account_id, role, is_primary, begins_on, ends_on"

    private(set) var memberships = BulkRows(columns: 3)
    private(set) var enrollments = BulkRows(columns: 6)

    /// Which school is another than the main one is told later where that is not known yet.
    mutating func add(_ person: PlannedPerson, as account: ID<Account>, mainSchool: String?) {
        for school in person.staged.schools.keys.sorted() {
            memberships.add([.id(account), .text(school), .bool(school != mainSchool)])
        }
        for place in person.places {
            enrollments.add([
                .text(place.tracker), .id(account), .text(place.role), .bool(place.isPrimary), .text(place.beginsOn),
                .text(place.endsOn),
            ])
        }
    }
}

extension Connection {
    /// Writes people with their schools and trackers.
    func apply(_ planned: PeopleStep) throws {
        let step = try withoutErased(planned)
        let ids = try addAccounts(step)
        try changeAccounts(step)
        try proposeRoles(step, new: ids)
        // Nobody else can have given a place to an account that was not there before.
        var (new, known) = (PlaceRows(), PlaceRows())
        for person in step.people {
            if let account = person.account {
                known.add(person, as: account, mainSchool: nil)
            } else if let account = ids[person.staged.sourceID] {
                new.add(
                    person, as: account, mainSchool: RosterDifference.mainSchool(of: person.staged, having: nil))
            }
        }
        try append(new.memberships, to: "membership", columns: PlaceRows.membership)
        try append(new.enrollments, to: "enrollment", columns: PlaceRows.enrollment)
        try insert(
            "INSERT INTO membership (\(PlaceRows.membership))", known.memberships, "ON CONFLICT DO NOTHING")
        try insert(
            "INSERT INTO enrollment (\(PlaceRows.enrollment))", known.enrollments,
            """
            ON CONFLICT (tracker_id, account_id, role) DO UPDATE SET is_primary = excluded.is_primary,
              begins_on = excluded.begins_on, ends_on = excluded.ends_on WHERE enrollment.origin = 'roster'
            """)
    }

    private func addAccounts(_ step: PeopleStep) throws -> [String: ID<Account>] {
        let new = try stillNew(step)
        guard !new.isEmpty else { return [:] }
        let taken = try takenNames(among: new.compactMap(\.staged.usernameKey))
        // In ascending order rows are added at the ends of the tables, where the pages are at hand.
        var mint = step.mint
        var fresh = (0..<new.count).map { _ in mint.next(Account.self) }.sorted(by: >)
        var given: Set<String> = []
        var ids: [String: ID<Account>] = [:]
        var accounts = BulkRows(columns: 20)
        var counted: [TallyPlace: Int] = [:]
        var names = BulkRows(columns: 2)
        var sources = BulkRows(columns: 3)
        for person in new.map(\.staged) {
            guard let id = fresh.popLast() else { break }
            ids[person.sourceID] = id
            var name = person.username ?? ""
            var key = person.usernameKey ?? ""
            if key.isEmpty || taken.contains(key) || given.contains(key) {
                name = try step.maker.name(for: person.named) { name in
                    try given.contains(name) || exists("SELECT 1 AS value FROM username WHERE name_key = \(name)")
                }
                key = Username.key(name)
            }
            given.insert(key)
            let disabledAt: SQLValue = person.isEnabled ? .null : .integer(step.now.milliseconds)
            let school = RosterDifference.mainSchool(of: person, having: nil)
            let state = person.newState
            if let state { counted[TallyPlace(school: school, grade: person.grade, state: state), default: 0] += 1 }
            accounts.add([
                .id(id), .text(person.kind.rawValue), .text("roster"),
                .text(school), .text(name), .text(person.givenName),
                .text(person.familyName), .text(SortName.key(family: person.familyName, given: person.givenName)),
                .text(person.number), .text(person.grade), .text(person.language), .text(person.address),
                .text(person.addressKey), .text(person.address), disabledAt, .text(person.isEnabled ? nil : "disabled"),
                .text(SortName.key(family: "", given: person.givenName)), .text(state?.rawValue),
                .text(state == nil ? nil : school), .text(state == nil ? nil : person.grade),
            ])
            names.add([.text(key), .id(id)])
            sources.add([.text(step.source), .text(person.sourceID), .id(id)])
        }
        try append(
            accounts, to: "account",
            columns: """
                id, kind, origin, school_id, username, given_name, family_name, sort_name, number, grade, roster_language,
                address, address_key, roster_address, suspended_at, suspended_for, given_sort, counted_state,
                counted_school, counted_grade
                """)
        try addToTally(counted)
        try append(names, to: "username", columns: "name_key, account_id")
        try append(sources, to: "account_source", columns: "source, source_id, account_id")
        return ids
    }

    private func changeAccounts(_ step: PeopleStep) throws {
        var mint = step.mint
        for person in step.people where !person.waits {
            guard let account = person.account else { continue }
            let staged = person.staged
            let before = try rows(
                """
                SELECT school_id, address_key, address_is_pinned, roster_address, name_is_pinned, EXISTS
                  (SELECT 1 FROM school h WHERE h.id = account.school_id AND h.source <> \(step.source)) AS is_elsewhere
                FROM account WHERE id = \(account)
                """
            ).first
            guard let before else { continue }
            let isElsewhere = try before.bool("is_elsewhere") == true
            let school = isElsewhere ? nil : RosterDifference.mainSchool(of: staged, having: try before["school_id"])
            let isBack = person.act == "back"
            let isNamed = try before.bool("name_is_pinned") == true
            try execute(
                """
                UPDATE account SET \(isNamed ? .rosterName(staged) : .name(staged)),
                  number = \(staged.number), grade = \(staged.grade), roster_language = \(staged.language),
                  school_id = COALESCE(\(school), school_id), roster_address = \(staged.address),
                  roster_username = CASE WHEN username_is_pinned THEN \(staged.username) ELSE roster_username END,
                  suspended_at = CASE WHEN \(isBack) AND \(SQL.isSuspendedByRosterAlone) THEN NULL ELSE suspended_at END,
                  suspended_for = CASE WHEN \(isBack) AND \(SQL.isSuspendedByRosterAlone) THEN NULL
                    WHEN suspended_for = 'roster' AND suspended_scope IS NOT NULL THEN 'hand'
                    WHEN \(!staged.isEnabled) AND suspended_for = 'roster' THEN 'disabled' ELSE suspended_for END
                WHERE id = \(account)
                """)
            try changeAddress(of: account, from: before, to: staged, mint: &mint, at: step.now)
        }
    }

    /// What a person gave stays, whatever the roster says.
    private func changeAddress(
        of account: ID<Account>, from before: any Row, to person: StagedPerson, mint: inout IDMint, at now: Timestamp
    ) throws {
        let said = try before.text("roster_address").flatMap { Address.key($0) }
        let current = try before.text("address_key")
        guard try before.bool("address_is_pinned") == false else { return }
        guard said != person.addressKey, current != person.addressKey else { return }
        if person.addressKey == nil && current != said { return }
        try changeAddress(
            AddressChange(of: account, to: person.address, isPinned: false, by: nil, entry: mint.next(), at: now))
    }

    /// Takes away what the roster does not name any more. What a person did by hand meanwhile stays.
    func apply(_ removal: PlannedRemoval, at now: Timestamp) throws {
        let subject = removal.subject
        switch removal.kind {
        case .enrollment:
            try execute(
                """
                DELETE FROM enrollment WHERE tracker_id = \(removal.target) AND account_id = \(subject)
                AND role = \(removal.detail) AND origin = 'roster'
                """)
        case .membership:
            try execute("DELETE FROM membership WHERE account_id = \(subject) AND school_id = \(removal.target)")
            try execute(
                """
                UPDATE account SET school_id = (SELECT MIN(m.school_id) FROM membership m WHERE m.account_id = account.id)
                WHERE id = \(subject) AND school_id = \(removal.target)
                """)
        case .tracker: try execute("UPDATE tracker SET ended_at = \(now) WHERE id = \(subject) AND ended_at IS NULL")
        case .school: try execute("UPDATE school SET ended_at = \(now) WHERE id = \(subject) AND ended_at IS NULL")
        case .person:
            let suspended = try execute(
                """
                UPDATE account AS a SET suspended_at = \(now), suspended_for = \(removal.detail)
                WHERE a.id = \(subject) AND \(SQL.leavesWithRoster)
                """)
            if suspended == 1 { try execute("DELETE FROM session WHERE account_id = \(subject)") }
            guard removal.detail == "roster" else { return }
            try execute(
                """
                UPDATE account AS a SET suspended_at = \(now), suspended_for = 'roster'
                WHERE a.id = \(subject) AND a.suspended_for IN ('disabled', 'hand') AND a.origin = 'roster'
                  AND \(SQL.isOfOneSource)
                """)
        }
    }
}

extension StagedPerson {
    /// The state that a student is counted under from the start; were the row to say another, counters put it right.
    fileprivate var newState: StudentState? {
        guard kind == .student else { return nil }
        return !isEnabled ? .suspended : address == nil ? .noAddress : .notMailed
    }

    fileprivate var named: UsernameMaker.Person {
        UsernameMaker.Person(givenName: givenName, familyName: familyName, leavingYear: leavingYear, number: number)
    }
}

extension SQL {
    /// What a roster says of a name that is its own.
    fileprivate static func name(_ person: StagedPerson) -> SQL {
        """
        given_name = \(person.givenName), family_name = \(person.familyName),
          sort_name = \(SortName.key(family: person.familyName, given: person.givenName)),
          given_sort = \(SortName.key(family: "", given: person.givenName))
        """
    }

    /// The same of a name that a person gave: it is kept beside that one.
    fileprivate static func rosterName(_ person: StagedPerson) -> SQL {
        "roster_given_name = \(person.givenName), roster_family_name = \(person.familyName)"
    }
}
