import Core
import Storage
import Testing

@Suite struct RosterPlanTests {
    private func report(_ house: RosterHouse, _ roster: Roster) async throws -> RosterPlanReport {
        let id = try await house.plan(roster)
        return try #require(try await house.main.read { try $0.rosterPlan(id) })
    }

    @Test func `a plan says what it would do and does nothing`() async throws {
        let house = try await RosterHouse()
        let report = try await report(house, .cast)
        #expect(report.sync.state == .ready)
        #expect(report.sync.students == RosterChangeCounts(new: 3))
        #expect(report.staff == RosterChangeCounts(new: 2))
        #expect(report.trackers == RosterChangeCounts(new: 3))
        #expect(report.schools.map(\.name) == ["Elm School", "Oak School"])
        #expect(report.schools.map(\.students.new) == [1, 2])
        #expect(report.total > 0)
        #expect(try await house.count("SELECT COUNT(*) AS value FROM account") == 0)
    }

    @Test func `the plan of an unchanged roster is empty`() async throws {
        let house = try await RosterHouse()
        try await house.take(.cast)
        let report = try await report(house, .cast)
        #expect(report.sync.students.total + report.staff.total + report.trackers.total == 0)
        #expect(report.schools.isEmpty && report.unchangedSchools == 2 && report.total == 0)
        let administrator = Administrator(id: try await house.administrator(), hasDistrict: true)
        #expect(try await house.main.read { try $0.waitingRosterSync(for: administrator) } == nil)
    }

    @Test func `a changed person stands in the plan with what changes`() async throws {
        let house = try await RosterHouse()
        try await house.take(.cast)
        var roster = Roster.cast
        roster.change("s-ben") {
            $0.givenName = "Benno"
            $0.grade = "04"
            $0.address = "benno@example.org"
        }
        roster.enroll("s-ben", "art")
        roster.enrollments.removeAll { $0.personID == "s-ben" && $0.trackerID == "4b" }
        let id = try await house.plan(roster)
        let people = try #require(
            try await house.syncs().people(of: id, school: "oak", change: .changed))
        let ben = try #require(people.people.first)
        #expect(people.people.count == 1 && ben.name == "Benno Lee" && ben.username == "Ben.L")
        #expect(
            ben.changes == [
                RosterFactChange(fact: .name, before: "Ben Lee", after: "Benno Lee"),
                RosterFactChange(fact: .grade, before: "", after: "04"),
                RosterFactChange(fact: .address, before: "Ben@Example.org", after: "benno@example.org"),
                RosterFactChange(fact: .trackers, before: "4B", after: "Art"),
            ])
    }

    @Test func `the people of a school come page by page`() async throws {
        let house = try await RosterHouse()
        let id = try await house.plan(.crowd(25))
        var names: [String] = []
        var after: String?
        repeat {
            let page = try #require(
                try await house.syncs().people(of: id, school: "oak", change: .new, after: after, limit: 10))
            names += page.people.map(\.name)
            after = page.next
        } while after != nil
        #expect(names.count == 28 && Set(names).count == 28)
    }

    @Test func `a newer plan replaces one that was not applied`() async throws {
        let house = try await RosterHouse()
        let old = try await house.plan(.cast)
        let new = try await house.plan(.crowd(3))
        let isThere = [try await house.hasStaging(old), try await house.hasStaging(new)]
        #expect(isThere == [false, true])
        await #expect(throws: RosterSyncRefused.notReady) { try await house.syncs().apply(old, by: nil) }
        #expect(try await house.count("SELECT COUNT(*) AS value FROM account") == 0)
        try await house.syncs().apply(new, by: nil)
        #expect(try await house.count("SELECT COUNT(*) AS value FROM account") == 8)
    }

    @Test func `an unreadable roster leaves its sentence and nothing else`() async throws {
        let house = try await RosterHouse()
        let refused = RosterRefused(
            reason: "{value} is missing.", value: "users.csv", place: RosterPlace(file: "users.csv", line: 0))
        let syncs = house.syncs { _, intake, _ in
            for record in Roster.cast.records { try intake.receive(record, at: RosterPlace(file: "x", line: 1)) }
            throw refused
        }
        let id = try await syncs.read(file: house.folder, fileName: "x.zip", by: nil)
        let report = try #require(try await house.main.read { try $0.rosterPlan(id) })
        #expect(report.sync.state == .refused && report.refusal == refused && report.schools.isEmpty)
        #expect(try await !house.hasStaging(id))
        await #expect(throws: RosterSyncRefused.notReady) { try await syncs.apply(id, by: nil) }
        let fault = house.syncs { _, _, _ in throw Trouble() }
        let other = try await fault.read(file: house.folder, fileName: "x.zip", by: nil)
        #expect(try await house.main.read { try $0.rosterPlan(other) }?.refusal?.reason.isEmpty == false)
    }

    @Test func `reading that was cut off is refused at the next start`() async throws {
        let house = try await RosterHouse()
        let id = try await house.plan(.cast)
        try await house.run("UPDATE roster_plan SET state = 'reading' WHERE id = \(id)")
        await #expect(throws: RosterSyncRefused.busy) { try await house.plan(.cast) }
        try await house.syncs().closeInterrupted()
        #expect(try await house.main.read { try $0.rosterPlan(id) }?.sync.state == .refused)
        try await house.take(.cast)
    }

    private struct Trouble: Error {}
}
