import Core
import Storage
import Testing

@Suite struct RosterHoldTests {
    private func report(_ house: RosterHouse, _ id: ID<RosterSync>) async throws -> RosterPlanReport {
        try #require(try await house.main.read { try $0.rosterPlan(id) })
    }

    private func suspended(_ house: RosterHouse) async throws -> Int {
        try await house.count("SELECT COUNT(*) AS value FROM account WHERE suspended_at IS NOT NULL")
    }

    /// A crowd of 100 at Oak School with Ben and Cleo makes 102 students there.
    @Test(arguments: [(10, false), (11, true)])
    func `more than a tenth of a school's students leaving is held`(leaving: Int, isHeld: Bool) async throws {
        let house = try await RosterHouse()
        try await house.take(.crowd(98))
        var roster = Roster.crowd(98)
        for number in 1...leaving { roster.remove("s-" + String(1000 + number).dropFirst()) }
        let id = try await house.plan(roster)
        let oak = try #require(try await report(house, id).schools.first)
        #expect((oak.hold != nil) == isHeld && oak.students.leaving == leaving && oak.studentsNow == 100)
        try await house.syncs().apply(id, by: nil)
        #expect(try await suspended(house) == (isHeld ? 0 : leaving))
    }

    @Test func `five may always leave`() async throws {
        let house = try await RosterHouse()
        try await house.take(.crowd(5))
        var roster = Roster.crowd(5)
        for number in 1...5 { roster.remove("s-00\(number)") }
        try await house.take(roster)
        #expect(try await suspended(house) == 5)
    }

    @Test func `staff are counted apart from students`() async throws {
        let house = try await RosterHouse()
        var roster = Roster.crowd(98)
        for number in 1...6 { roster.teacher("t-\(number)", "Uma", "Number\(number)") }
        try await house.take(roster)
        for number in 1...6 { roster.remove("t-\(number)") }
        let hold = try #require(try await report(house, try await house.plan(roster)).schools.first?.hold)
        #expect(hold.leavingStaff == 6 && hold.ofStaff == 7 && hold.leavingStudents == 0 && hold.confirmedBy == nil)
    }

    @Test func `a held school keeps everybody until a named person confirms, the rest goes on`() async throws {
        let house = try await RosterHouse()
        let ida = try await house.administrator()
        try await house.take(.crowd(20))
        var roster = Roster.cast
        roster.remove("s-eli")
        roster.student("s-new", "Nia", "Okoro")
        roster.enrollments.removeAll { $0.personID == "s-cleo" && $0.trackerID == "art" }
        let id = try await house.plan(roster)
        #expect(try await report(house, id).sync.heldSchools == 1)
        #expect(try await house.syncs().apply(id, by: ida))
        #expect(try await house.suspended("s-eli") == "roster")
        #expect(try await suspended(house) == 1)
        #expect(try await house.username("s-new") == "nia.o31")
        #expect(
            try await house.count(
                "SELECT COUNT(*) AS value FROM enrollment e JOIN tracker t ON t.id = e.tracker_id WHERE t.name = 'Art'")
                == 1)
        #expect(try await house.hasStaging(id))
        await #expect(throws: RosterSyncRefused.notFound) {
            try await house.syncs().confirm(id, school: "elm", by: ida)
        }

        try await house.syncs().confirm(id, school: "oak", by: ida)
        #expect(try await report(house, id).schools.first?.hold?.confirmedBy == "Ida Kerr")
        try await house.waitUntilApplied(id)
        #expect(try await suspended(house) == 21)
        #expect(
            try await house.count(
                "SELECT COUNT(*) AS value FROM enrollment e JOIN tracker t ON t.id = e.tracker_id WHERE t.name = 'Art'")
                == 0)
        while try await house.hasStaging(id) { await Task.yield() }
        #expect(try await !house.syncs().apply(id, by: ida))
        let acts = try await house.main.read { connection in
            try connection.rows("SELECT act FROM audit ORDER BY id").map { try $0["act"] as String }
        }
        #expect(acts.contains("roster-removals-confirmed") && acts.contains("roster-applied"))
    }

    @Test func `a confirmation is of one plan, and a newer one with one more removal asks again`() async throws {
        let house = try await RosterHouse()
        let ida = try await house.administrator()
        try await house.take(.crowd(20))
        let old = try await house.plan(.cast)
        try await house.syncs().confirm(old, school: "oak", by: ida)
        var less = Roster.cast
        less.remove("s-cleo")
        let new = try await house.plan(less)
        try await house.syncs().apply(new, by: ida)
        #expect(try await suspended(house) == 0)
        await #expect(throws: RosterSyncRefused.notReady) { try await house.syncs().apply(old, by: ida) }
    }

    @Test func `when a kind falls to nothing everything waits for a person`() async throws {
        let house = try await RosterHouse()
        let ida = try await house.administrator()
        try await house.take(.cast)
        var roster = Roster.cast
        for student in ["s-ben", "s-cleo", "s-eli"] { roster.remove(student) }
        roster.teacher("t-new", "Nia", "Okoro")
        let id = try await house.plan(roster)
        #expect(try await report(house, id).isWaiting)
        await #expect(throws: RosterSyncRefused.waiting) { try await house.syncs().apply(id, by: ida) }
        #expect(try await house.username("t-new") == nil)
        try await house.syncs().confirm(id, school: nil, by: ida)
        try await house.syncs().apply(id, by: ida)
        #expect(try await house.username("t-new") == "nia.o")
        #expect(try await suspended(house) == 0)
        for school in ["oak", "elm"] {
            try await house.syncs().confirm(id, school: school, by: ida)
            try await house.waitUntilApplied(id)
        }
        #expect(try await suspended(house) == 3)
    }

    @Test func `a school that disappears is held`() async throws {
        let house = try await RosterHouse()
        try await house.take(.cast)
        var roster = Roster.cast
        roster.schools.removeAll { $0.sourceID == "elm" }
        roster.trackers.removeAll { $0.schoolID == "elm" }
        roster.remove("s-eli")
        roster.remove("t-dov")
        let id = try await house.plan(roster)
        let elm = try #require(try await report(house, id).schools.first)
        #expect(elm.name == "Elm School" && elm.hold != nil)
        try await house.syncs().apply(id, by: nil)
        #expect(try await suspended(house) == 0)
        #expect(try await house.count("SELECT COUNT(*) AS value FROM school WHERE ended_at IS NOT NULL") == 0)
    }

    /// Of the crowd at Oak School, with a place in 4B each.
    @Test(arguments: [(5, false), (6, true)])
    func `when people are missing whom enrollments still name, a file was cut short and everything waits`(
        missing: Int, waits: Bool
    ) async throws {
        let house = try await RosterHouse()
        var whole = Roster.crowd(98)
        for number in 1...98 { whole.enroll("s-" + String(1000 + number).dropFirst(), "4b") }
        try await house.take(whole)
        let gone = Set((1...missing).map { "s-" + String(String(1000 + $0).dropFirst()) })
        var cut = whole
        cut.people.removeAll { gone.contains($0.sourceID) }
        let id = try await house.plan(cut)
        #expect(try await report(house, id).isWaiting == waits)
        // Who really left is in no enrollment either.
        cut.enrollments.removeAll { gone.contains($0.personID) }
        #expect(try await report(house, try await house.plan(cut)).isWaiting == false)
    }
}
