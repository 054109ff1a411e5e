internal import Foundation
internal import Storage

extension Connection {
    /// Stores a batch of what a reader delivered.
    func stage(_ batch: [RosterIntake.Item]) throws {
        var rows = StagedRows()
        for item in batch {
            switch item {
            case .record(let record, let place): rows.add(record, at: place)
            case .problem(let problem): rows.add(problem)
            }
        }
        try insert("INSERT INTO staged_school (source_id, name, kind, file, line)", rows: rows.schools)
        try insert(
            "INSERT INTO staged_term (source_id, begins_on, ends_on)", rows: rows.terms, "ON CONFLICT DO NOTHING")
        try insert(
            """
            INSERT INTO staged_person (source_id, role, username, username_key, given_name, family_name, number, address,
            address_key, grade, leaving_year, language, is_enabled, file, line)
            """, rows: rows.people)
        try insert(
            "INSERT INTO staged_role (person_id, school_id, role, is_primary, begins_on, ends_on, file, line)",
            rows: rows.roles)
        try insert(
            "INSERT INTO staged_tracker (source_id, school_source_id, name, grade, room, period, file, line)",
            rows: rows.trackers)
        try insert("INSERT INTO staged_tracker_term (tracker_source_id, term_id)", rows: rows.trackerTerms)
        try insert(
            """
            INSERT INTO staged_enrollment (person_id, tracker_source_id, role, is_primary, begins_on, ends_on, file, line)
            """, rows: rows.enrollments)
        try insert("INSERT INTO problem (reason, is_refused, value, file, line)", rows: rows.problems)
    }
}

/// The rows of a batch by table, as pieces of SQL.
private struct StagedRows {
    var schools: [SQL] = []
    var terms: [SQL] = []
    var people: [SQL] = []
    var roles: [SQL] = []
    var trackers: [SQL] = []
    var trackerTerms: [SQL] = []
    var enrollments: [SQL] = []
    var problems: [SQL] = []

    mutating func add(_ problem: RosterProblem) {
        problems.append(
            "(\(problem.reason), \(problem.isRefused), \(problem.value), \(problem.place.file), \(problem.place.line))")
    }

    mutating func add(_ record: RosterRecord, at place: RosterPlace) {
        let (file, line) = (place.file, place.line)
        switch record {
        case .school(let school):
            schools.append("(\(school.sourceID), \(school.name), \(school.kind), \(file), \(line))")
        case .term(let term): terms.append("(\(term.sourceID), \(term.beginsOn), \(term.endsOn))")
        case .person(let person): add(person, at: place)
        case .role(let role):
            roles.append(
                """
                (\(role.personID), \(role.schoolID), \(role.role.rawValue), \(role.isPrimary), \(role.beginsOn),
                \(role.endsOn), \(file), \(line))
                """)
        case .tracker(let tracker):
            trackers.append(
                """
                (\(tracker.sourceID), \(tracker.schoolID), \(tracker.name), \(tracker.grade), \(tracker.room),
                \(tracker.period), \(file), \(line))
                """)
            for term in tracker.termIDs { trackerTerms.append("(\(tracker.sourceID), \(term))") }
        case .enrollment(let enrollment):
            guard enrollment.role == .student || enrollment.role == .teacher else { return }
            enrollments.append(
                """
                (\(enrollment.personID), \(enrollment.trackerID), \(enrollment.role.rawValue), \(enrollment.isPrimary),
                \(enrollment.beginsOn), \(enrollment.endsOn), \(file), \(line))
                """)
        }
    }

    /// The name that is shown is the only one that is stored: no legal name beside a preferred one.
    private mutating func add(_ person: RosterPerson, at place: RosterPlace) {
        let given = person.preferredGivenName ?? person.givenName
        let family = person.preferredFamilyName ?? person.familyName
        func warn(_ trouble: RosterTrouble, _ value: String) {
            problems.append(
                "(\(trouble.rawValue), \(false), \(String(value.prefix(100))), \(place.file), \(place.line))")
        }
        if given.isEmpty && family.isEmpty {
            add(RosterProblem(place: place, reason: RosterTrouble.namelessPerson.rawValue, value: person.sourceID))
            return
        }
        var username: String?
        if Username.isValid(person.username) {
            username = person.username
        } else if !person.username.isEmpty, person.role != .nobody {
            warn(.usernameUnusable, person.username)
        }
        let addressKey = person.address.flatMap { Address.key($0) }
        if let address = person.address, addressKey == nil { warn(.addressUnusable, address) }
        people.append(
            """
            (\(person.sourceID), \(person.role?.rawValue), \(username), \(username.map(Username.key)), \(given), \(family),
            \(person.number), \(addressKey == nil ? nil : person.address), \(addressKey), \(person.grade),
            \(person.leavingYear), \(person.language), \(person.isEnabled), \(place.file), \(place.line))
            """)
        guard let role = person.role else { return }
        for (index, school) in person.schoolIDs.enumerated() {
            roles.append(
                """
                (\(person.sourceID), \(school), \(role.rawValue), \(index == 0), \(String?.none), \(String?.none),
                \(place.file), \(place.line))
                """)
        }
    }
}
