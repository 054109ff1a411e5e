import Core
import Storage
import Testing

/// Rows that a reader could not take: what stands behind them is still on the roster.
@Suite struct RosterRefusedRowTests {
    /// Takes the cast, then the same roster where rows about `subjects` were refused.
    private func house(refusing subjects: [RosterSubject], in roster: Roster) async throws -> RosterHouse {
        let house = try await RosterHouse()
        try await house.take(.cast)
        let syncs = house.syncs { _, intake, _ in
            for (index, record) in roster.records.enumerated() {
                try intake.receive(record, at: RosterPlace(file: roster.file(of: record), line: index + 2))
            }
            for subject in subjects {
                try intake.report(
                    RosterProblem(
                        place: RosterPlace(file: "users.csv", line: 99), reason: "Damaged: {value}.", subject: subject))
            }
        }
        let plan = try await syncs.read(file: house.folder, fileName: "roster.zip", by: nil)
        let report = try #require(try await house.main.read { try $0.rosterPlan(plan) })
        #expect(report.problems.map(\.reason) == ["Damaged: {value}."])
        #expect(try await house.count("SELECT total AS value FROM roster_plan WHERE id = \(plan)") == 0)
        try await house.syncs().apply(plan, by: nil)
        return house
    }

    @Test func `a student whose row is damaged is neither suspended nor taken out of a tracker`() async throws {
        var roster = Roster.cast
        roster.people.removeAll { $0.sourceID == "s-ben" }
        let house = try await house(refusing: [.person("s-ben")], in: roster)
        #expect(try await house.suspended("s-ben") == nil)
        #expect(try await house.count("SELECT COUNT(*) AS value FROM enrollment") == 6)
    }

    @Test func `a tracker whose row is damaged goes on with everybody in it`() async throws {
        var roster = Roster.cast
        roster.trackers.removeAll { $0.sourceID == "4b" }
        let house = try await house(refusing: [.tracker("4b")], in: roster)
        #expect(try await house.count("SELECT COUNT(*) AS value FROM tracker WHERE ended_at IS NULL") == 3)
        #expect(try await house.count("SELECT COUNT(*) AS value FROM enrollment") == 6)
    }

    @Test func `a school whose row is damaged keeps its people and trackers`() async throws {
        var roster = Roster.cast
        roster.schools.removeAll { $0.sourceID == "elm" }
        let house = try await house(refusing: [.school("elm")], in: roster)
        #expect(try await house.count("SELECT COUNT(*) AS value FROM school WHERE ended_at IS NULL") == 2)
        #expect(try await house.count("SELECT COUNT(*) AS value FROM membership") == 5)
        #expect(try await house.suspended("s-eli") == nil)
    }

    @Test func `a place in a tracker whose row is damaged is kept`() async throws {
        var roster = Roster.cast
        roster.enrollments.removeAll { $0.personID == "s-ben" }
        let house = try await house(refusing: [.place(person: "s-ben", tracker: "4b")], in: roster)
        #expect(try await house.count("SELECT COUNT(*) AS value FROM enrollment") == 6)
    }

    @Test func `an id of one kind does not shield the same id of another`() async throws {
        let house = try await RosterHouse()
        try await house.take(.cast)
        var roster = Roster.cast
        roster.remove("s-ben")
        let records = roster
        let plan = try await house.syncs { _, intake, _ in
            for record in records.records {
                try intake.receive(record, at: RosterPlace(file: records.file(of: record), line: 2))
            }
            try intake.report(
                RosterProblem(place: RosterPlace(file: "classes.csv", line: 9), reason: "X", subject: .tracker("s-ben"))
            )
        }.read(file: house.folder, fileName: "roster.zip", by: nil)
        try await house.syncs().apply(plan, by: nil)
        #expect(try await house.suspended("s-ben") == "roster")
    }

    @Test func `while nobody knows whose row was refused, leaving waits for a person`() async throws {
        let house = try await RosterHouse()
        try await house.take(.cast)
        var roster = Roster.cast
        roster.remove("s-ben")
        roster.student("s-new", "Nia", "Ode")
        let records = roster
        let plan = try await house.syncs { _, intake, _ in
            for record in records.records {
                try intake.receive(record, at: RosterPlace(file: records.file(of: record), line: 2))
            }
            try intake.report(
                RosterProblem(place: RosterPlace(file: "users.csv", line: 9), reason: "X", subject: .somebody))
        }.read(file: house.folder, fileName: "roster.zip", by: nil)
        try await house.syncs().apply(plan, by: nil)
        #expect(try await house.suspended("s-ben") == nil)
        #expect(try await house.username("s-new") != nil)
        try await house.syncs().confirm(plan, school: "oak", by: try await house.administrator())
        try await house.waitUntilApplied(plan)
        #expect(try await house.suspended("s-ben") == "roster")
    }

    @Test func `a person who has lost every role row is listed and not suspended`() async throws {
        let house = try await RosterHouse()
        var roster = Roster.cast
        roster.people.append(
            RosterPerson(
                sourceID: "s-fay", role: nil, schoolIDs: [], username: "", givenName: "Fay", familyName: "Ott"))
        roster.roles.append(
            RosterRole(
                personID: "s-fay", schoolID: "oak", role: .student, isPrimary: true, beginsOn: nil, endsOn: nil))
        try await house.take(roster)
        roster.roles = []
        try await house.take(roster)
        #expect(try await house.suspended("s-fay") == nil)
        #expect(try await house.count("SELECT COUNT(*) AS value FROM roster_problem") == 1)
    }
}
