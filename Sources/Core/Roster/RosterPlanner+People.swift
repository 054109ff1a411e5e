internal import Storage

extension RosterPlanner {
    /// Freezes what changes for one page of people.
    mutating func compare(_ found: Page) async throws {
        let shield = found.shield
        var missing = found.known
        var outcomes: [(StagedPerson, KnownPerson, RosterDifference)] = []
        var page = FrozenPage()
        for var person in found.people {
            guard person.take == "yes", person.role != "nobody" else {
                if person.take == "held" || person.take == "asked" { missing[person.sourceID] = nil }
                continue
            }
            guard let before = missing.removeValue(forKey: person.sourceID) else {
                add(person, to: &page)
                continue
            }
            guard before.kind == person.kind.rawValue else {
                page.problems.add(person.problem(.personOfAnotherKind, value: person.sourceID))
                continue
            }
            shield.keep(&person, as: before)
            outcomes.append((person, before, RosterDifference(person, before)))
        }
        let lost = Set(outcomes.flatMap { $0.2.lostSeats.map(\.facts.trackerKey) })
        let trackers = lost.isEmpty ? [] : try await staging.read { try $0.stagedTrackers(among: Array(lost)) }
        for (person, before, var difference) in outcomes {
            difference.keepLostSeats(in: trackers)
            change(person, before, difference, in: &page)
        }
        for (sourceID, person) in missing.sorted(by: { $0.key < $1.key })
        where !person.isProtected && !shield.people.contains(sourceID) {
            switch person.suspendedFor {
            case _ where person.isNamedElsewhere: takePlaces(of: person, in: &page)
            case nil: suspend(person, sourceID: sourceID, detail: "roster", in: &page)
            // Who may not sign in as it is leaves without being counted among those who lose an account.
            case "disabled", "hand":
                page.remove(removal(.person, of: person.accountID, detail: "roster", waitingFor: []))
            default: break
            }
        }
        try await listTaken(in: &page)
        let frozen = page
        if !frozen.isEmpty { try await staging.write { try frozen.insert(on: $0) } }
    }

    private mutating func add(_ person: StagedPerson, to page: inout FrozenPage) {
        page.people.add([
            .integer(person.usernameKey == nil ? 1 : 0), .text(person.sourceID), .text("new"), .null, .text(""),
            .text(person.roles?.text), .bool(false),
        ])
        for school in person.schools.values { page.touch(school.key, "new", person.kind.rawValue, person.sourceID) }
        if person.kind == .student { students.new += 1 } else { staff.new += 1 }
        if let key = person.usernameKey { page.names[key] = person }
    }

    private mutating func change(
        _ person: StagedPerson, _ before: KnownPerson, _ difference: RosterDifference, in page: inout FrozenPage
    ) {
        if difference.isBack || difference.staysOut || !difference.facts.isEmpty {
            let act = difference.isBack ? "back" : "changed"
            let facts = RosterFactText.text(difference.facts)
            let roles = person.roles?.text
            page.people.add([
                .integer(0), .text(person.sourceID), .text(act), .text(before.accountID), .text(facts), .text(roles),
                .bool(!difference.isBack && difference.facts.contains(where: \.alters)),
            ])
            count(person.kind.rawValue) { if difference.isBack { $0.back += 1 } else { $0.changed += 1 } }
            let lost = Set(difference.lostSchools.map(\.school.key))
            let gained = Set(difference.gainedSchools.map(\.key))
            for key in Set(person.schools.values.map(\.key)).union(before.schools.values.map(\.key)) {
                let kind = lost.contains(key) ? "leaving" : gained.contains(key) && !difference.isBack ? "new" : act
                page.touch(key, kind, person.kind.rawValue, person.sourceID)
            }
        }
        for (seat, facts) in difference.lostSeats {
            page.remove(
                removal(
                    .enrollment, of: before.accountID, from: seat.tracker, detail: seat.role,
                    waitingFor: facts.schoolKey.map { [$0] } ?? []))
        }
        for (id, school) in difference.lostSchools {
            page.remove(removal(.membership, of: before.accountID, from: id, waitingFor: [school.key]))
        }
        if difference.isDisabled { suspend(before, sourceID: person.sourceID, detail: "disabled", in: &page) }
    }

    /// Of somebody whom another source names as well: what this one gave goes.
    private mutating func takePlaces(of person: KnownPerson, in page: inout FrozenPage) {
        for (seat, facts) in person.seats.sorted(by: { $0.key.tracker < $1.key.tracker }) where !facts.isByHand {
            page.remove(
                removal(
                    .enrollment, of: person.accountID, from: seat.tracker, detail: seat.role,
                    waitingFor: facts.schoolKey.map { [$0] } ?? []))
        }
        for (id, school) in person.schools.sorted(by: { $0.key < $1.key }) {
            page.remove(removal(.membership, of: person.accountID, from: id, waitingFor: [school.key]))
        }
    }

    private mutating func suspend(
        _ person: KnownPerson, sourceID: String, detail: String, in page: inout FrozenPage
    ) {
        let schools =
            person.schools.isEmpty ? [RosterPlanSchool.withoutSchool] : person.schools.values.map(\.key).sorted()
        page.remove(removal(.person, of: person.accountID, detail: detail, waitingFor: schools))
        for key in schools { page.touch(key, "leaving", person.kind, sourceID) }
        count(person.kind) { $0.leaving += 1 }
    }

    private mutating func count(_ kind: String, _ add: (inout RosterChangeCounts) -> Void) {
        if kind == AccountKind.student.rawValue { add(&students) } else { add(&staff) }
    }

    /// Lists new people whose username somebody in FirstBell has or had, or has as an address.
    private func listTaken(in page: inout FrozenPage) async throws {
        let keys = Array(page.names.keys)
        guard !keys.isEmpty else { return }
        let taken = try await main.read { connection in
            try connection.takenNames(among: keys)
        }
        for key in taken.sorted() {
            guard let person = page.names[key] else { continue }
            page.problems.add(person.problem(.usernameTaken, value: person.username ?? ""))
        }
    }
}

extension StagedPerson {
    fileprivate func problem(_ trouble: RosterTrouble, value: String) -> [SQLValue] {
        [
            .text(trouble.rawValue), .bool(trouble == .personOfAnotherKind), .text(String(value.prefix(100))),
            .text(file), .integer(line),
        ]
    }
}

/// The rows that one page of people adds to the frozen plan.
struct FrozenPage: Sendable {
    var people = BulkRows(columns: 7)
    var problems = BulkRows(columns: 5)
    var names: [String: StagedPerson] = [:]
    private var removals = BulkRows(columns: 5)
    private var waits = BulkRows(columns: 3)
    private var touched = BulkRows(columns: 4)

    var isEmpty: Bool { people.count + problems.count + removals.count == 0 }

    mutating func touch(_ school: String, _ change: String, _ kind: String, _ person: String) {
        touched.add([.text(school), .text(change), .text(kind), .text(person)])
    }

    mutating func remove(_ removal: (row: [SQLValue], schools: [[SQLValue]])) {
        removals.add(removal.row)
        for school in removal.schools { waits.add(school) }
    }

    func insert(on connection: any Connection) throws {
        try connection.append(
            people, to: "person_change", columns: "rank, source_id, act, account_id, facts, roles, alters")
        try connection.append(problems, to: "problem", columns: "reason, is_refused, value, file, line")
        try connection.append(removals, to: "removal", columns: "rank, seq, subject_id, target_id, detail")
        try connection.append(waits, to: "removal_school", columns: "rank, seq, school_key")
        try connection.insert(
            "INSERT INTO school_change (school_key, change, kind, source_id)", touched, "ON CONFLICT DO NOTHING")
    }
}

extension Connection {
    /// Those of `keys` that are trackers which the roster has and FirstBell takes.
    func stagedTrackers(among keys: [String]) throws -> Set<String> {
        var found: Set<String> = []
        for list in SQL.lists(keys) {
            for row in try rows("SELECT source_id FROM staged_tracker WHERE take = 'yes' AND source_id IN \(list)") {
                found.insert(try row["source_id"])
            }
        }
        return found
    }

    /// Those of `keys` that are or were somebody's username, or are the address of somebody else.
    func takenNames(among keys: [String]) throws -> Set<String> {
        var taken: Set<String> = []
        for list in SQL.lists(keys) {
            for row in try rows("SELECT name_key FROM username WHERE name_key IN \(list)") {
                taken.insert(try row["name_key"])
            }
        }
        for list in SQL.lists(keys.filter { $0.utf8.contains(64) }) {
            for row in try rows("SELECT address_key FROM account WHERE address_key IN \(list)") {
                taken.insert(try row["address_key"])
            }
        }
        return taken
    }
}
