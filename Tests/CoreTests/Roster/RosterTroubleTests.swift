import Core
import Storage
import Testing

@Suite struct RosterTroubleTests {
    private func problems(_ house: RosterHouse, _ roster: Roster) async throws -> [RosterProblemGroup] {
        let id = try await house.take(roster)
        return try #require(try await house.main.read { try $0.rosterPlan(id) }).problems
    }

    @Test func `the same row twice is one person`() async throws {
        let house = try await RosterHouse()
        var roster = Roster.cast
        roster.student("s-ben", "Ben", "Lee", school: "elm", username: "other")
        let problems = try await problems(house, roster)
        #expect(problems.map(\.isRefused) == [false] && problems[0].count == 1)
        #expect(try await house.username("s-ben") == "Ben.L")
        #expect(try await house.count("SELECT COUNT(*) AS value FROM account WHERE kind = 'student'") == 3)
    }

    @Test func `one id with two names is held back, both rows, and nobody is suspended for it`() async throws {
        let house = try await RosterHouse()
        try await house.take(.cast)
        var roster = Roster.cast
        roster.student("s-ben", "Zoe", "Quill")
        let problems = try await problems(house, roster)
        let group = try #require(problems.first)
        #expect(group.isRefused && group.count == 2 && group.first.map(\.value) == ["s-ben", "s-ben"])
        #expect(Set(group.first.map(\.place.file)) == ["users.csv"])
        #expect(problems.count == 1)
        #expect(try await house.suspended("s-ben") == nil)
        #expect(try await house.text("SELECT given_name AS value FROM account WHERE username = 'Ben.L'") == "Ben")
    }

    @Test func `an enrollment of nobody and one of an unknown tracker are left out and listed`() async throws {
        let house = try await RosterHouse()
        var roster = Roster.cast
        roster.enroll("s-nobody", "4b")
        roster.enroll("s-ben", "no-tracker")
        roster.enroll("s-ben", "4b", as: .teacher)
        let problems = try await problems(house, roster)
        #expect(problems.map(\.count) == [1, 1, 1] && problems.allSatisfy(\.isRefused))
        #expect(problems.map { $0.first[0].value } == ["s-nobody", "no-tracker", "s-ben"])
        #expect(try await house.count("SELECT COUNT(*) AS value FROM enrollment") == 6)
    }

    @Test func `trackers of a missing school are one root cause without their enrollments`() async throws {
        let house = try await RosterHouse()
        var roster = Roster.cast
        for number in 1...24 {
            let id = "lost-\(number)"
            roster.trackers.append(RosterTracker(sourceID: id, schoolID: "no-school", name: id))
            roster.enroll("s-ben", id)
        }
        let problems = try await problems(house, roster)
        #expect(problems.count == 1 && problems[0].count == 24 && problems[0].isRefused)
        #expect(problems[0].first.allSatisfy { $0.value == "no-school" && $0.place.file == "classes.csv" })
        #expect(try await house.count("SELECT COUNT(*) AS value FROM tracker") == 3)
    }

    @Test func `a person of an unknown school is kept without it`() async throws {
        let house = try await RosterHouse()
        var roster = Roster.cast
        roster.student("s-zoe", "Zoe", "Quill", school: "no-school")
        let problems = try await problems(house, roster)
        #expect(problems.map(\.isRefused) == [false])
        #expect(try await house.username("s-zoe") == "zoe.q31")
    }

    @Test func `an address that is none and a username with a blank are dropped with a word`() async throws {
        let house = try await RosterHouse()
        var roster = Roster.cast
        roster.student("s-zoe", "Zoe", "Quill", username: "zoe quill", address: "zoe(at)example.org")
        #expect(try await problems(house, roster).map(\.count) == [1, 1])
        #expect(try await house.username("s-zoe") == "zoe.q31")
        #expect(try await house.text("SELECT address AS value FROM account WHERE given_name = 'Zoe'") == nil)
    }

    @Test func `staff who do not teach have an account without rights, and are named`() async throws {
        let house = try await RosterHouse()
        var roster = Roster.cast
        roster.people.append(
            RosterPerson(
                sourceID: "p-1", role: .otherStaff, schoolIDs: ["oak"], username: "", givenName: "Pat",
                familyName: "Hall"))
        roster.people.append(
            RosterPerson(
                sourceID: "g-1", role: .nobody, schoolIDs: ["oak"], username: "", givenName: "Gus", familyName: "Park"))
        let problems = try await problems(house, roster)
        #expect(problems.map(\.isRefused) == [false] && problems[0].first.map(\.value) == ["Pat Hall"])
        #expect(try await house.count("SELECT COUNT(*) AS value FROM account") == 6)
        #expect(try await house.count("SELECT COUNT(*) AS value FROM administrator") == 0)
    }

    @Test func `roles in rows of their own say who somebody is and where`() async throws {
        let house = try await RosterHouse()
        var roster = Roster.cast
        roster.people = roster.people.map { person in
            var person = person
            let role = person.role ?? .nobody
            roster.roles += person.schoolIDs.map {
                RosterRole(
                    personID: person.sourceID, schoolID: $0, role: role, isPrimary: true, beginsOn: nil, endsOn: nil)
            }
            person.role = nil
            person.schoolIDs = []
            return person
        }
        roster.roles.append(
            RosterRole(
                personID: "s-ben", schoolID: "elm", role: .student, isPrimary: false, beginsOn: nil,
                endsOn: "2020-01-01"))
        #expect(try await problems(house, roster).isEmpty)
        #expect(try await house.count("SELECT COUNT(*) AS value FROM account WHERE kind = 'student'") == 3)
        #expect(try await house.count("SELECT COUNT(*) AS value FROM membership") == 5)
    }

    @Test func `an id that changes from student to teacher touches nothing`() async throws {
        let house = try await RosterHouse()
        try await house.take(.cast)
        var roster = Roster.cast
        roster.change("s-eli") { $0.role = .teacher }
        roster.enrollments.removeAll { $0.personID == "s-eli" }
        let problems = try await problems(house, roster)
        #expect(problems.count == 1 && problems[0].isRefused && problems[0].first[0].value == "s-eli")
        #expect(try await house.suspended("s-eli") == nil)
    }
}
