import Core
import Storage
import Testing

@Suite struct ARosterOfChanges {
    private func refusal(_ house: RosterHouse, _ id: ID<RosterSync>) async throws -> RosterRefused? {
        try await house.report(id)?.refusal
    }

    @Test func `is refused while there is no roster to add it to`() async throws {
        let house = try await RosterHouse()
        var changes = Roster()
        changes.student("s-nia", "Nia", "Okoro")
        let id = try await house.plan(changes: changes)
        #expect(try await refusal(house, id)?.reason.contains("changes only") == true)
        #expect(try await house.count("SELECT COUNT(*) AS value FROM account") == 0)
    }

    @Test func `adds, changes and takes away what it names, and leaves everybody else alone`() async throws {
        let house = try await RosterHouse()
        let whole = try await house.take(.cast)
        var changes = Roster()
        changes.student("s-nia", "Nia", "Okoro")
        changes.student("s-ben", "Benedikt", "Lee", username: "Ben.L", address: "Ben@Example.org")
        changes.enroll("s-nia", "4b")
        let id = try await house.plan(changes: changes, without: [RosterRowKey(.person, "s-eli")])
        let report = try #require(try await house.report(id))
        #expect(report.sync.students == RosterChangeCounts(new: 1, changed: 1, leaving: 1))
        #expect(report.staff.total == 0 && report.trackers.total == 0 && report.lines == 4)
        let made = try await house.count("SELECT made_at AS value FROM roster_plan WHERE id = \(whole)")
        #expect(report.addedTo == Timestamp(milliseconds: Int64(made)))
        try await house.syncs().apply(id, by: nil)
        #expect(try await house.suspended("s-eli") == "roster")
        #expect(try await house.suspended("s-cleo") == nil)
        #expect(
            try await house.count(
                "SELECT COUNT(*) AS value FROM enrollment e JOIN tracker t ON t.id = e.tracker_id WHERE t.name = '4B'")
                == 4)
    }

    @Test func `takes the place of a whole kind where it has all of it`() async throws {
        let house = try await RosterHouse()
        try await house.take(.cast)
        var changes = Roster()
        changes.enrollments = Roster.cast.enrollments.filter { $0.trackerID == "4b" }
        let id = try await house.plan(changes: changes, whole: [.enrollment])
        try await house.syncs().apply(id, by: nil)
        #expect(
            try await house.count(
                """
                SELECT COUNT(*) AS value FROM enrollment e JOIN tracker t ON t.id = e.tracker_id WHERE t.name <> '4B'
                """) == 0)
        #expect(try await house.suspended("s-eli") == nil)
    }

    @Test func `comes on top of those before it, applied or not`() async throws {
        let house = try await RosterHouse()
        try await house.take(.cast)
        var first = Roster()
        first.student("s-nia", "Nia", "Okoro")
        _ = try await house.plan(changes: first)
        var second = Roster()
        second.student("s-omar", "Omar", "Haddad")
        let id = try await house.plan(changes: second)
        #expect(try await house.report(id)?.sync.students.new == 2)
        try await house.syncs().apply(id, by: nil)
        var third = Roster()
        third.student("s-pia", "Pia", "Varga")
        #expect(try await house.report(try await house.plan(changes: third))?.sync.students.new == 1)
    }

    @Test func `forgets changes that were thrown away`() async throws {
        let house = try await RosterHouse()
        let ida = try await house.administrator()
        try await house.take(.cast)
        var wrong = Roster()
        wrong.student("s-nia", "Nia", "Okoro")
        try await house.syncs().discard(try await house.plan(changes: wrong), by: ida)
        let id = try await house.plan(changes: Roster())
        #expect(try await house.count("SELECT total AS value FROM roster_plan WHERE id = \(id)") == 0)
    }

    @Test func `keeps whoever stood behind a refused row of the whole roster`() async throws {
        let house = try await RosterHouse()
        try await house.take(.cast)
        var roster = Roster.cast
        roster.remove("s-ben")
        let records = roster
        let refusing = house.syncs { _, intake, _ in
            try intake.report(
                RosterProblem(
                    place: RosterPlace(file: "users.csv", line: 4), reason: "The person has no name.",
                    subject: .person("s-ben")))
            for record in records.records {
                try intake.receive(record, at: RosterPlace(file: "users.csv", line: 2))
            }
        }
        let whole = try await refusing.read(file: house.folder, fileName: "roster.zip", by: nil)
        try await house.syncs().apply(whole, by: nil)
        let id = try await house.plan(changes: Roster())
        try await house.syncs().apply(id, by: nil)
        #expect(try await house.suspended("s-ben") == nil)
        // Named as gone, there is nothing left to wait for.
        let gone = try await house.plan(changes: Roster(), without: [RosterRowKey(.person, "s-ben")])
        try await house.syncs().apply(gone, by: nil)
        #expect(try await house.suspended("s-ben") == "roster")
    }

    /// A roster of which one enrollment, or one role, was refused: its row has an id of its own.
    private func withRefusedRow(
        _ house: RosterHouse, _ subject: RosterSubject, _ row: RosterRowKey, as changes: Bool = false
    ) async throws -> ID<RosterSync> {
        let roster = changes ? Roster() : Roster.cast
        let refusing = house.syncs { _, intake, _ in
            if changes { try intake.begin(RosterChanges(wholeKinds: [])) }
            try intake.report(
                RosterProblem(
                    place: RosterPlace(file: "x.csv", line: 4), reason: "The role is unknown.", subject: subject,
                    row: row))
            for record in roster.records {
                try intake.receive(record, at: RosterPlace(file: roster.file(of: record), line: 2))
            }
        }
        return try await refusing.read(file: house.folder, fileName: "roster.zip", by: nil)
    }

    @Test(arguments: [
        (RosterSubject.place(person: "s-ben", tracker: "art"), RosterRowKey(.enrollment, "e-9")),
        (RosterSubject.person("s-ben"), RosterRowKey(.role, "r-9")),
    ])
    func `ends the refusal of a row that it mends or takes away`(subject: RosterSubject, row: RosterRowKey) async throws
    {
        let house = try await RosterHouse()
        try await house.take(.cast)
        let refused = try await withRefusedRow(house, subject, row)
        try await house.syncs().apply(refused, by: nil)
        let still = try await house.plan(changes: Roster())
        #expect(try await house.report(still)?.problems.count == 1)
        // Refused once more, it is told of once.
        let again = try await withRefusedRow(house, subject, row, as: true)
        #expect(try await house.report(again)?.problems.map(\.count) == [1])
        let gone = try await house.plan(changes: Roster(), without: [row])
        #expect(try await house.report(gone)?.problems.isEmpty == true)
    }

    @Test func `says which changes before it were lost`() async throws {
        let house = try await RosterHouse()
        let ida = try await house.administrator()
        try await house.take(.cast)
        let wrong = try await house.plan(changes: Roster())
        try await house.syncs().discard(wrong, by: ida)
        let report = try #require(try await house.report(try await house.plan(changes: Roster())))
        #expect(report.lost.map(\.id) == [wrong])
        // A whole roster has everything.
        #expect(try await house.report(try await house.plan(.cast))?.lost.isEmpty == true)
        #expect(try await house.report(try await house.plan(changes: Roster()))?.lost.isEmpty == true)
    }

    @Test
    func `takes away the roles that a person's row does not bring any more, where roles have no ids of their own`()
        async throws
    {
        let house = try await RosterHouse()
        var roster = Roster.cast
        roster.people.append(
            RosterPerson(
                sourceID: "s-ana", role: nil, schoolIDs: [], username: "ana", givenName: "Ana", familyName: "Lund"))
        roster.roles.append(
            RosterRole(personID: "s-ana", schoolID: "oak", role: .student, rowID: "s-ana/oak/0"))
        try await house.take(roster)
        let people = roster.people
        let moved = house.syncs { _, intake, _ in
            try intake.begin(RosterChanges(wholeKinds: [], rolesFollowPeople: true))
            let place = RosterPlace(file: "users", line: 1)
            for person in people where person.sourceID == "s-ana" { try intake.receive(.person(person), at: place) }
            try intake.receive(
                .role(RosterRole(personID: "s-ana", schoolID: "elm", role: .student, rowID: "s-ana/elm/0")), at: place)
        }
        let plan = try await moved.read(file: house.folder, fileName: "changes", by: nil)
        try await house.syncs().apply(plan, by: nil)
        let school = try await house.text(
            """
            SELECT s.source_id AS value FROM membership m JOIN school s ON s.id = m.school_id
            JOIN account a ON a.id = m.account_id WHERE a.username = 'ana'
            """)
        #expect(school == "elm")
    }
}
