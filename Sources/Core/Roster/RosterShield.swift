internal import Storage

/// What stands behind refused rows of a roster: it is still there, so nothing of it is taken away until the row is mended.
struct RosterShield: Sendable {
    struct Place: Hashable, Sendable {
        let person: String
        let tracker: String
    }

    private(set) var schools: Set<String> = []
    private(set) var people: Set<String> = []
    private(set) var places: Set<Place> = []

    /// Lets a person keep what the roster cannot be believed to have taken from them.
    func keep(_ person: inout StagedPerson, as before: KnownPerson) {
        let isRefused = people.contains(person.sourceID)
        for (id, school) in before.schools where person.schools[id] == nil {
            guard isRefused || schools.contains(school.key) else { continue }
            person.schools[id] = RosterSchoolName(key: school.key, name: school.name, isMain: id == before.schoolID)
        }
        if isRefused || before.schools.values.contains(where: { schools.contains($0.key) }) {
            person.roles = RosterRoles((before.roles?.standings ?? []) + (person.roles?.standings ?? []))
        }
        for (seat, facts) in before.seats where person.seats[seat] == nil {
            guard isRefused || places.contains(Place(person: person.sourceID, tracker: facts.trackerKey)) else {
                continue
            }
            person.seats[seat] = facts
        }
    }
}

extension Connection {
    /// The shield over a stretch of people. Schools of which two rows contradict each other are under it too.
    func shield(over range: RosterRange) throws -> RosterShield {
        try RosterShield(
            schools: rows(
                """
                SELECT source_id FROM refused WHERE kind = 'school'
                UNION SELECT source_id FROM staged_school WHERE take = 'held'
                """
            ).map { try $0["source_id"] },
            people: rows("SELECT source_id FROM refused WHERE kind = 'person' AND \(range.holds("source_id"))")
                .map { try $0["source_id"] },
            places: rows(
                "SELECT source_id, tracker_id FROM refused WHERE kind = 'place' AND \(range.holds("source_id"))"
            ).map { RosterShield.Place(person: try $0["source_id"], tracker: try $0["tracker_id"]) })
    }

    /// The ids in a stretch behind refused rows of one kind.
    func refused(_ kind: String, in range: RosterRange) throws -> Set<String> {
        Set(
            try rows("SELECT source_id FROM refused WHERE kind = \(kind) AND \(range.holds("source_id"))")
                .map { try $0["source_id"] as String })
    }
}

extension RosterShield {
    fileprivate init(schools: [String], people: [String], places: [Place]) {
        self.init(schools: Set(schools), people: Set(people), places: Set(places))
    }
}
