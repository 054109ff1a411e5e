/// The facts of a packed row, taken out one after the other in the order in which they were put in.
struct RosterFacts {
    private var facts: [String?] = []
    private var index = 0

    mutating func add(_ fact: String?) { facts.append(fact) }

    mutating func next() throws -> String? {
        guard index < facts.count else { throw PackedRosterRows.Damaged() }
        defer { index += 1 }
        return facts[index]
    }

    mutating func text() throws -> String {
        guard let text = try next() else { throw PackedRosterRows.Damaged() }
        return text
    }

    mutating func role() throws -> RosterRoleKind {
        guard let role = RosterRoleKind(rawValue: try text()) else { throw PackedRosterRows.Damaged() }
        return role
    }

    /// All that are left.
    mutating func rest() -> [String] {
        defer { index = facts.count }
        return facts[min(index, facts.count)...].compactMap { $0 }
    }
}

extension RosterRecord {
    /// Lists stand at the end, where they may be as long as they are.
    var facts: [String?] {
        switch self {
        case .school(let school): [school.sourceID, school.name, school.kind, school.parentID]
        case .term(let term): [term.sourceID, term.beginsOn, term.endsOn]
        case .person(let person): person.facts
        case .role(let role):
            [
                role.rowID, role.personID, role.schoolID, role.role.rawValue, role.word, role.isPrimary ? "1" : nil,
                role.grade, role.beginsOn, role.endsOn,
            ]
        case .tracker(let tracker):
            [tracker.sourceID, tracker.schoolID, tracker.name, tracker.grade, tracker.room, tracker.period]
                + tracker.termIDs
        case .enrollment(let place):
            [
                place.rowID, place.trackerID, place.personID, place.role.rawValue, place.isPrimary ? "1" : nil,
                place.beginsOn, place.endsOn,
            ]
        }
    }

    init(_ kind: RosterRowKey.Kind, _ facts: inout RosterFacts) throws {
        switch kind {
        case .school:
            self = .school(
                RosterSchool(
                    sourceID: try facts.text(), name: try facts.text(), kind: try facts.text(),
                    parentID: try facts.next()))
        case .term:
            self = .term(
                RosterTerm(sourceID: try facts.text(), beginsOn: try facts.next(), endsOn: try facts.next()))
        case .person: self = .person(try RosterPerson(&facts))
        case .role:
            let row = try facts.next()
            self = .role(
                RosterRole(
                    personID: try facts.text(), schoolID: try facts.text(), role: try facts.role(),
                    word: try facts.text(), isPrimary: try facts.next() != nil, grade: try facts.next(),
                    beginsOn: try facts.next(), endsOn: try facts.next(), rowID: row))
        case .tracker:
            self = .tracker(
                RosterTracker(
                    sourceID: try facts.text(), schoolID: try facts.text(), name: try facts.text(),
                    grade: try facts.next(), room: try facts.next(), period: try facts.next(), termIDs: facts.rest()))
        case .enrollment:
            let row = try facts.next()
            self = .enrollment(
                RosterEnrollment(
                    trackerID: try facts.text(), personID: try facts.text(), role: try facts.role(),
                    isPrimary: try facts.next() != nil, beginsOn: try facts.next(), endsOn: try facts.next(),
                    rowID: row))
        }
    }
}

extension RosterPerson {
    fileprivate var facts: [String?] {
        [
            sourceID, role?.rawValue, roleWord, username, givenName, familyName, preferredGivenName,
            preferredFamilyName, number, address, grade, leavingYear.map(String.init), language,
            isEnabled ? "1" : nil,
        ] + schoolIDs
    }

    fileprivate init(_ facts: inout RosterFacts) throws {
        let id = try facts.text()
        let role = try facts.next().flatMap(RosterRoleKind.init)
        let word = try facts.text()
        self.init(
            sourceID: id, role: role, schoolIDs: [], username: try facts.text(), givenName: try facts.text(),
            familyName: try facts.text(), preferredGivenName: try facts.next(), preferredFamilyName: try facts.next(),
            number: try facts.next(), address: try facts.next(), grade: try facts.next(),
            leavingYear: try facts.next().flatMap { Int($0) }, language: try facts.next(),
            isEnabled: try facts.next() != nil, roleWord: word)
        schoolIDs = facts.rest()
    }
}

extension RosterSubject {
    var facts: [String?] {
        switch self {
        case .school(let id): ["school", id]
        case .term(let id): ["term", id]
        case .person(let id): ["person", id]
        case .somebody: ["somebody"]
        case .tracker(let id): ["tracker", id]
        case .place(let person, let tracker): ["place", person, tracker]
        }
    }

    /// nil for none.
    fileprivate init?(_ facts: [String]) {
        switch (facts.first, facts.count) {
        case ("school", 2): self = .school(facts[1])
        case ("term", 2): self = .term(facts[1])
        case ("person", 2): self = .person(facts[1])
        case ("somebody", 1): self = .somebody
        case ("tracker", 2): self = .tracker(facts[1])
        case ("place", 3): self = .place(person: facts[1], tracker: facts[2])
        default: return nil
        }
    }
}

extension RosterRowKey {
    var facts: [String] { ["row", "\(kind.rawValue)", id] }

    /// nil where the facts begin with none.
    fileprivate init?(_ facts: [String]) {
        guard facts.count >= 3, facts[0] == "row", let kind = UInt8(facts[1]).flatMap(Kind.init(rawValue:)) else {
            return nil
        }
        self.init(kind, facts[2])
    }
}

extension RosterProblem {
    init(_ facts: inout RosterFacts, at place: RosterPlace) throws {
        let reason = try facts.text()
        let isRefused = try facts.next() != nil
        let value = try facts.text()
        let about = facts.rest()
        let row = RosterRowKey(about)
        self.init(
            place: place, isRefused: isRefused, reason: reason, value: value,
            subject: RosterSubject(Array(about.dropFirst(row?.facts.count ?? 0))), row: row)
    }
}
