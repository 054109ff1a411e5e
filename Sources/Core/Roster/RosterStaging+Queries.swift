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
        try append(
            rows.people, to: "staged_person",
            columns: """
                source_id, role, username, username_key, given_name, family_name, number, address, address_key, grade,
                leaving_year, language, is_enabled, file, line
                """)
        try append(
            rows.roles, to: "staged_role",
            columns: "person_id, school_id, role, word, is_primary, begins_on, ends_on, file, line")
        try insert(
            "INSERT INTO staged_tracker (source_id, school_source_id, name, grade, room, period, file, line)",
            rows: rows.trackers)
        try insert("INSERT INTO staged_tracker_term (tracker_source_id, term_id)", rows: rows.trackerTerms)
        try append(
            rows.enrollments, to: "staged_enrollment",
            columns: "person_id, tracker_source_id, role, is_primary, begins_on, ends_on, file, line")
        try insert("INSERT INTO problem (reason, is_refused, value, file, line)", rows: rows.problems)
        try insert("INSERT INTO refused (kind, source_id, tracker_id)", rows: rows.refused, "ON CONFLICT DO NOTHING")
    }
}

/// The rows of a batch by table, as pieces of SQL.
private struct StagedRows {
    var schools: [SQL] = []
    var terms: [SQL] = []
    var people = BulkRows(columns: 15)
    var roles = BulkRows(columns: 9)
    var trackers: [SQL] = []
    var trackerTerms: [SQL] = []
    var enrollments = BulkRows(columns: 8)
    var problems: [SQL] = []
    var refused: [SQL] = []

    mutating func add(_ problem: RosterProblem) {
        if problem.isRefused, let subject = problem.subject { shield(subject) }
        problems.append(
            "(\(problem.reason), \(problem.isRefused), \(problem.value), \(problem.place.file), \(problem.place.line))")
    }

    private mutating func shield(_ subject: RosterSubject) {
        switch subject {
        case .school(let id): refused.append("('school', \(id), '')")
        case .person(let id): refused.append("('person', \(id), '')")
        case .somebody: refused.append("('person', '', '')")
        case .tracker(let id): refused.append("('tracker', \(id), '')")
        case .place(let person, let tracker): refused.append("('place', \(person), \(tracker))")
        case .term: break
        }
    }

    mutating func add(_ record: RosterRecord, at place: RosterPlace) {
        let (file, line) = (place.file, place.line)
        switch record {
        case .school(let school):
            schools.append("(\(school.sourceID), \(school.name), \(school.kind), \(file), \(line))")
        case .term(let term): terms.append("(\(term.sourceID), \(term.beginsOn), \(term.endsOn))")
        case .person(let person): add(person, at: place)
        case .role(let role):
            roles.add([
                .text(role.personID), .text(role.schoolID), .text(role.role.rawValue), .text(role.word),
                .bool(role.isPrimary), .text(role.beginsOn), .text(role.endsOn), .text(file), .integer(line),
            ])
        case .tracker(let tracker):
            trackers.append(
                """
                (\(tracker.sourceID), \(tracker.schoolID), \(tracker.name), \(tracker.grade), \(tracker.room),
                \(tracker.period), \(file), \(line))
                """)
            for term in tracker.termIDs { trackerTerms.append("(\(tracker.sourceID), \(term))") }
        case .enrollment(let enrollment):
            guard enrollment.role == .student || enrollment.role == .teacher else { return }
            enrollments.add([
                .text(enrollment.personID), .text(enrollment.trackerID), .text(enrollment.role.rawValue),
                .bool(enrollment.isPrimary), .text(enrollment.beginsOn), .text(enrollment.endsOn), .text(file),
                .integer(line),
            ])
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
            add(
                RosterProblem(
                    place: place, reason: RosterTrouble.namelessPerson.rawValue, value: person.sourceID,
                    subject: .person(person.sourceID)))
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
        people.add([
            .text(person.sourceID), .text(person.role?.rawValue), .text(username), .text(username.map(Username.key)),
            .text(given), .text(family), .text(person.number), .text(addressKey == nil ? nil : person.address),
            .text(addressKey), .text(person.grade), .integer(person.leavingYear), .text(person.language),
            .bool(person.isEnabled), .text(place.file), .integer(place.line),
        ])
        guard let role = person.role else { return }
        for (index, school) in person.schoolIDs.enumerated() {
            roles.add([
                .text(person.sourceID), .text(school), .text(role.rawValue), .text(person.roleWord), .bool(index == 0),
                .null,
                .null, .text(place.file), .integer(place.line),
            ])
        }
    }
}
