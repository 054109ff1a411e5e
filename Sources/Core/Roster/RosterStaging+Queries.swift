internal import Foundation
internal import Storage

extension Connection {
    /// Stores a batch of what a reader delivered.
    func stage(_ batch: [RosterItem]) throws {
        var rows = StagedRows()
        for item in batch {
            switch item {
            case .record(let record, let place): rows.add(record, at: place)
            case .problem(let problem): rows.add(problem)
            case .removal, .changes: break
            }
        }
        try append(rows.schools, to: "staged_school", columns: "source_id, name, kind, file, line")
        try insert("INSERT INTO staged_term (source_id, begins_on, ends_on)", rows.terms, "ON CONFLICT DO NOTHING")
        try append(
            rows.people, to: "staged_person",
            columns: """
                source_id, role, username, username_key, given_name, family_name, number, address, address_key, grade,
                leaving_year, language, is_enabled, file, line
                """)
        try append(
            rows.roles, to: "staged_role",
            columns: "person_id, school_id, role, word, is_primary, grade, begins_on, ends_on, file, line")
        try append(
            rows.trackers, to: "staged_tracker",
            columns: "source_id, school_source_id, name, grade, room, period, file, line")
        try append(rows.trackerTerms, to: "staged_tracker_term", columns: "tracker_source_id, term_id")
        try append(
            rows.enrollments, to: "staged_enrollment",
            columns: "person_id, tracker_source_id, role, is_primary, begins_on, ends_on, file, line")
        try append(rows.problems, to: "problem", columns: "reason, is_refused, value, file, line")
        try insert("INSERT INTO refused (kind, source_id, tracker_id)", rows.refused, "ON CONFLICT DO NOTHING")
    }
}

/// The rows of a batch by table.
private struct StagedRows {
    var schools = BulkRows(columns: 5)
    var terms = BulkRows(columns: 3)
    var people = BulkRows(columns: 15)
    var roles = BulkRows(columns: 10)
    var trackers = BulkRows(columns: 8)
    var trackerTerms = BulkRows(columns: 2)
    var enrollments = BulkRows(columns: 8)
    var problems = BulkRows(columns: 5)
    var refused = BulkRows(columns: 3)

    mutating func add(_ problem: RosterProblem) {
        if problem.isRefused, let subject = problem.subject { shield(subject) }
        problems.add([
            .text(problem.reason), .bool(problem.isRefused), .text(problem.value), .text(problem.place.file),
            .integer(problem.place.line),
        ])
    }

    private mutating func shield(_ subject: RosterSubject) {
        switch subject {
        case .school(let id): refused.add([.text("school"), .text(id), .text("")])
        case .person(let id): refused.add([.text("person"), .text(id), .text("")])
        case .somebody: refused.add([.text("person"), .text(""), .text("")])
        case .tracker(let id): refused.add([.text("tracker"), .text(id), .text("")])
        case .place(let person, let tracker): refused.add([.text("place"), .text(person), .text(tracker)])
        case .term: break
        }
    }

    mutating func add(_ record: RosterRecord, at place: RosterPlace) {
        let (file, line) = (place.file, place.line)
        switch record {
        case .school(let school):
            schools.add([
                .text(school.sourceID), .text(school.name), .text(school.kind), .text(file), .integer(line),
            ])
        case .term(let term): terms.add([.text(term.sourceID), .text(term.beginsOn), .text(term.endsOn)])
        case .person(let person): add(person, at: place)
        case .role(let role):
            roles.add([
                .text(role.personID), .text(role.schoolID), .text(role.role.rawValue), .text(role.word),
                .bool(role.isPrimary), .text(role.grade), .text(role.beginsOn), .text(role.endsOn), .text(file),
                .integer(line),
            ])
        case .tracker(let tracker):
            trackers.add([
                .text(tracker.sourceID), .text(tracker.schoolID), .text(tracker.name), .text(tracker.grade),
                .text(tracker.room), .text(tracker.period), .text(file), .integer(line),
            ])
            for term in tracker.termIDs { trackerTerms.add([.text(tracker.sourceID), .text(term)]) }
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
            add(
                RosterProblem(
                    place: place, isRefused: false, reason: trouble.rawValue, value: String(value.prefix(100))))
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
                .null, .null, .null, .text(place.file), .integer(place.line),
            ])
        }
    }
}
