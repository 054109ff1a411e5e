import Core
import Storage
import Testing

@Suite struct AMassChange {
    /// Everybody of the crowd at Oak School gets the next grade.
    private func promoted(_ roster: Roster, only count: Int = .max) -> Roster {
        var roster = roster
        for index in roster.people.indices.prefix(count)
        where roster.people[index].role == .student && roster.people[index].schoolIDs == ["oak"] {
            roster.people[index].grade = "05"
        }
        return roster
    }

    private func inGrade5(_ house: RosterHouse) async throws -> Int {
        try await house.count("SELECT COUNT(*) AS value FROM account WHERE grade = '05'")
    }

    /// Ada, Dov, Ben, Cleo and Eli come first, then the crowd: 22 students at Oak School.
    @Test(arguments: [(19, false), (20, true)])
    func `of more than three quarters of a school is held`(people: Int, isHeld: Bool) async throws {
        let house = try await RosterHouse()
        try await house.take(.crowd(20))
        let id = try await house.plan(promoted(.crowd(20), only: people))
        let oak = try #require(try await house.report(id)?.schools.first { $0.key == "oak" })
        #expect(oak.studentsNow == 22 && (oak.hold != nil) == isHeld)
        #expect(oak.hold?.changesWait ?? false == isHeld)
        try await house.syncs().apply(id, by: nil)
        #expect(try await inGrade5(house) == (isHeld ? 0 : people - 3))
    }

    @Test func `of a handful is none`() async throws {
        let house = try await RosterHouse()
        try await house.take(.crowd(3))
        try await house.take(promoted(.crowd(3)))
        #expect(try await inGrade5(house) == 5)
    }

    @Test func `waits for a person, while new people, new places and other schools go on`() async throws {
        let house = try await RosterHouse()
        let ida = try await house.administrator()
        try await house.take(.crowd(20))
        var roster = promoted(.crowd(20))
        roster.student("s-new", "Nia", "Okoro")
        roster.enroll("s-001", "art")
        roster.remove("s-020")
        roster.change("s-eli") { $0.grade = "09" }
        let id = try await house.plan(roster)
        try await house.syncs().apply(id, by: ida)
        #expect(try await inGrade5(house) == 0)
        #expect(try await house.username("s-new") == "nia.o31")
        #expect(try await house.suspended("s-020") == nil, "a held school keeps everybody")
        #expect(try await house.count("SELECT COUNT(*) AS value FROM account WHERE grade = '09'") == 1)
        #expect(
            try await house.count(
                "SELECT COUNT(*) AS value FROM enrollment e JOIN tracker t ON t.id = e.tracker_id WHERE t.name = 'Art'")
                == 2)
        #expect(try await house.report(id)?.isOpen == true)

        try await house.syncs().confirm(id, school: "oak", by: ida)
        while try await house.hasStaging(id) { await Task.yield() }
        #expect(try await inGrade5(house) == 21)
        #expect(try await house.suspended("s-020") == "roster")
        let again = try await house.plan(roster)
        #expect(try await house.count("SELECT total AS value FROM roster_plan WHERE id = \(again)") == 0)
    }

    @Test func `confirmed before it is applied goes with the rest`() async throws {
        let house = try await RosterHouse()
        let ida = try await house.administrator()
        try await house.take(.crowd(20))
        let id = try await house.plan(promoted(.crowd(20)))
        try await house.syncs().confirm(id, school: "oak", by: ida)
        try await house.syncs().apply(id, by: ida)
        #expect(try await inGrade5(house) == 22)
        #expect(try await house.report(id)?.isOpen == false)
    }

    @Test func `of new trackers for everybody is no such change`() async throws {
        let house = try await RosterHouse()
        try await house.take(.crowd(20))
        var roster = Roster.crowd(20)
        for number in 1...20 { roster.enroll("s-" + String(1000 + number).dropFirst(), "art") }
        let id = try await house.plan(roster)
        let report = try #require(try await house.report(id))
        #expect(report.sync.heldSchools == 0 && report.sync.students.changed == 20)
    }

    @Test func `in most schools makes the whole plan wait, and one press lets it go`() async throws {
        let house = try await RosterHouse()
        let ida = try await house.administrator()
        var roster = Roster.crowd(20)
        for number in 1...9 { roster.student("e-\(number)", "Ola", "Number\(number)", school: "elm") }
        try await house.take(roster)
        for index in roster.people.indices where roster.people[index].role == .student {
            roster.people[index].grade = "05"
        }
        roster.student("s-new", "Nia", "Okoro")
        let id = try await house.plan(roster)
        let report = try #require(try await house.report(id))
        #expect(report.isWaiting && report.altered == 32)
        await #expect(throws: RosterSyncRefused.waiting) { try await house.syncs().apply(id, by: ida) }
        try await house.syncs().confirm(id, school: nil, by: ida)
        try await house.syncs().apply(id, by: ida)
        #expect(try await inGrade5(house) == 32)
    }

    @Test func `of people who also go to another school is one of the school that they are in`() async throws {
        let house = try await RosterHouse()
        let ida = try await house.administrator()
        try await house.take(.crowd(20))
        var roster = promoted(.crowd(20))
        for index in roster.people.indices where roster.people[index].grade == "05" {
            roster.people[index].schoolIDs = ["elm"]
        }
        let id = try await house.plan(roster)
        let oak = try #require(try await house.report(id)?.schools.first { $0.key == "oak" })
        #expect(oak.hold?.changesWait == true)
        try await house.syncs().apply(id, by: ida)
        #expect(try await inGrade5(house) == 0)
        try await house.syncs().confirm(id, school: "oak", by: ida)
        while try await house.hasStaging(id) { await Task.yield() }
        #expect(try await inGrade5(house) == 22)
    }

    /// Everybody of the crowd is in 4B and in Art.
    private var busy: Roster {
        var roster = Roster.crowd(20)
        for number in 1...20 {
            for tracker in ["4b", "art"] { roster.enroll("s-" + String(1000 + number).dropFirst(), tracker) }
        }
        return roster
    }

    @Test func `of most people who only lose trackers that are still there is one, as a file cut short makes it`()
        async throws
    {
        let house = try await RosterHouse()
        try await house.take(busy)
        var cut = busy
        cut.enrollments.removeAll { $0.trackerID == "art" }
        let id = try await house.take(cut)
        let oak = try #require(try await house.report(id)?.schools.first { $0.key == "oak" })
        #expect(oak.hold?.changesWait == true)
        #expect(try await house.count("SELECT COUNT(*) AS value FROM enrollment") == busy.enrollments.count)
        // A tracker that has ended takes its places with it, and others come.
        var next = busy
        next.enrollments.removeAll { $0.trackerID == "art" }
        next.trackers.removeAll { $0.sourceID == "art" }
        let term = try await house.plan(next)
        #expect(try await house.report(term)?.sync.heldSchools == 0)
    }
}
