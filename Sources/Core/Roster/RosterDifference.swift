/// What a roster says of one person against what FirstBell has: the rules, without a database.
struct RosterDifference {
    var facts: [RosterFactChange] = []
    /// Places that the roster does not name any more.
    var lostSeats: [(seat: RosterSeat, facts: RosterSeatFacts)] = []
    var lostSchools: [(id: String, school: RosterSchoolName)] = []
    var gainedSchools: [RosterSchoolName] = []
    /// True when a person whom the roster suspended is there and enabled again.
    var isBack = false
    /// True when somebody who had left the roster is there again, and must not sign in: they are no leaver any more.
    var staysOut = false
    /// True when the roster says that somebody who may sign in must not.
    var isDisabled = false

    init(_ staged: StagedPerson, _ known: KnownPerson) {
        let said = RosterName(given: staged.givenName, family: staged.familyName)
        let before = known.rosterName ?? RosterName(given: known.givenName, family: known.familyName)
        if before != said {
            facts.append(
                RosterFactChange(
                    fact: known.rosterName == nil ? .name : .rosterName, before: before.shown, after: said.shown))
        }
        note(.number, known.number, staged.number)
        note(.grade, known.grade, staged.grade)
        if known.isUsernamePinned { note(.rosterUsername, known.rosterUsername, staged.username) }
        note(.language, known.rosterLanguage, staged.language)
        if known.rosterAddress.flatMap({ Address.key($0) }) != staged.addressKey {
            note(.address, known.rosterAddress, staged.address)
        }
        note(.roles, known.roles, staged.roles)
        compareSchools(staged, known)
        compareSeats(staged, known)
        let isOut = known.suspendedFor == "roster" || known.suspendedFor == "disabled"
        isBack = staged.isEnabled && isOut
        isDisabled = !staged.isEnabled && known.suspendedFor == nil && !known.isProtected
        staysOut = !staged.isEnabled && known.suspendedFor == "roster"
    }

    /// The school under which a person is listed: the one they have while it is among the main ones.
    static func mainSchool(of staged: StagedPerson, having current: String?) -> String? {
        let main = staged.schools.filter(\.value.isMain)
        let eligible = main.isEmpty ? staged.schools : main
        if let current, eligible[current] != nil { return current }
        return eligible.min { $0.value.key < $1.value.key }?.key
    }

    private mutating func note(_ fact: RosterFactChange.Fact, _ before: String?, _ after: String?) {
        guard before != after else { return }
        facts.append(RosterFactChange(fact: fact, before: before ?? "", after: after ?? ""))
    }

    private mutating func note(_ fact: RosterFactChange.Fact, _ before: RosterRoles?, _ after: RosterRoles?) {
        guard before != after else { return }
        facts.append(RosterFactChange(fact: fact, before: before?.words ?? "", after: after?.words ?? ""))
    }

    private mutating func compareSchools(_ staged: StagedPerson, _ known: KnownPerson) {
        for (id, school) in staged.schools where known.schools[id] == nil { gainedSchools.append(school) }
        for (id, school) in known.schools where staged.schools[id] == nil { lostSchools.append((id, school)) }
        gainedSchools.sort { $0.key < $1.key }
        lostSchools.sort { $0.school.key < $1.school.key }
        let main = known.isHousedElsewhere ? nil : Self.mainSchool(of: staged, having: known.schoolID)
        guard !gainedSchools.isEmpty || !lostSchools.isEmpty || main != nil && main != known.schoolID else { return }
        facts.append(
            RosterFactChange(
                fact: .schools, before: Self.names(known.schools.values.map(\.name)),
                after: Self.names(staged.schools.values.map(\.name))))
    }

    private mutating func compareSeats(_ staged: StagedPerson, _ known: KnownPerson) {
        var gained: [String] = []
        for (seat, facts) in staged.seats
        where known.seats[seat].map({ !$0.isByHand && !$0.says(theSameAs: facts) }) ?? true {
            gained.append(facts.trackerName)
        }
        for (seat, facts) in known.seats where staged.seats[seat] == nil && !facts.isByHand {
            lostSeats.append((seat, facts))
        }
        lostSeats.sort { ($0.facts.trackerKey, $0.seat.role) < ($1.facts.trackerKey, $1.seat.role) }
        if !gained.isEmpty {
            facts.append(RosterFactChange(fact: .trackers, before: "", after: Self.names(gained)))
        }
    }

    /// Trackers that ended are no loss of the person's: only those that the roster still has.
    mutating func keepLostSeats(in trackers: Set<String>) {
        lostSeats.removeAll { !trackers.contains($0.facts.trackerKey) }
        guard !lostSeats.isEmpty else { return }
        let lost = Self.names(lostSeats.map(\.facts.trackerName))
        if let index = facts.firstIndex(where: { $0.fact == .trackers }) {
            facts[index] = RosterFactChange(fact: .trackers, before: lost, after: facts[index].after)
        } else {
            facts.append(RosterFactChange(fact: .trackers, before: lost, after: ""))
        }
    }

    private static func names(_ names: [String]) -> String { names.sorted().joined(separator: ", ") }
}

extension RosterFactChange {
    /// False for new trackers, as a term brings them to everybody. Who only loses some that are still there may be on a file
    /// that was cut short.
    var alters: Bool { fact != .trackers || after.isEmpty }
}
