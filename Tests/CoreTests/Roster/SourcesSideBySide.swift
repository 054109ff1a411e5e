import Core
import Foundation
import Storage
import Testing

/// Schools that give lists of their own, beside the district's roster.
@Suite struct SourcesSideBySide {
    /// Ida adds a list of Fern School.
    private func list(_ house: RosterHouse) async throws -> SchoolList {
        let ida: ID<Account>
        if let known = try await house.text("SELECT id AS value FROM account WHERE username = 'ida'").flatMap(
            ID<Account>.init)
        {
            ida = known
        } else {
            ida = try await house.administrator()
        }
        let now = house.clock.now()
        let list = SchoolList(id: .new(at: now), name: "Fern School")
        try await house.main.write { try $0.add(list, by: ida, entry: .new(at: now), at: now) }
        return list
    }

    /// A list of students, by their numbers.
    private func give(
        _ people: [(number: String, given: String)], of list: SchoolList, in house: RosterHouse
    ) async throws -> ID<RosterSync> {
        let syncs = house.syncs { _, intake, _ in
            guard case .list(let school, let columns) = intake.wish, columns == "number given" else { return }
            let place = RosterPlace(file: "list.csv", line: 2)
            try intake.receive(.school(school), at: place)
            for person in people {
                try intake.receive(
                    .person(
                        RosterPerson(
                            sourceID: person.number, role: .student, schoolIDs: [school.sourceID], username: "",
                            givenName: person.given, familyName: "Fern", number: person.number)), at: place)
            }
        }
        let upload = house.folder.appending(path: UUID().uuidString)
        try Data().write(to: upload)
        let id = try await syncs.begin(list, columns: "number given", upload: upload, fileName: "fern.csv", by: nil)
        while try await house.text("SELECT state AS value FROM roster_plan WHERE id = \(id)") == "reading" {
            await Task.yield()
        }
        return id
    }

    @Test func `leave one another alone, though ids and names are the same`() async throws {
        let house = try await RosterHouse()
        try await house.take(.cast)
        let list = try await list(house)
        let id = try await give([("s-ben", "Ben"), ("2", "Ola")], of: list, in: house)
        let report = try #require(try await house.report(id))
        #expect(report.sync.source == "Fern School: fern.csv")
        #expect(report.sync.students == RosterChangeCounts(new: 2) && !report.isWaiting)
        try await house.syncs().apply(id, by: nil)
        #expect(try await house.count("SELECT COUNT(*) AS value FROM account_source WHERE source_id = 's-ben'") == 2)
        #expect(try await house.count("SELECT COUNT(*) AS value FROM account WHERE suspended_at IS NOT NULL") == 0)

        // The district's roster does not have them, and the list does not have the district's people.
        let again = try await house.plan(.cast)
        #expect(try await house.count("SELECT total AS value FROM roster_plan WHERE id = \(again)") == 0)
        try await house.syncs().apply(try await give([("2", "Ola")], of: list, in: house), by: nil)
        #expect(try await house.count("SELECT COUNT(*) AS value FROM account WHERE suspended_at IS NOT NULL") == 1)
        #expect(
            try await house.count(
                """
                SELECT COUNT(*) AS value FROM account a JOIN account_source c ON c.account_id = a.id
                WHERE a.suspended_at IS NOT NULL AND c.source = \(list.id.description)
                """) == 1)
    }

    @Test func `have plans of their own: one does not replace the other's`() async throws {
        let house = try await RosterHouse()
        let package = try await house.plan(.cast)
        let list = try await list(house)
        let sheet = try await give([("2", "Ola")], of: list, in: house)
        #expect(try await house.report(package)?.isOpen == true)
        try await house.syncs().apply(sheet, by: nil)
        try await house.syncs().apply(package, by: nil)
        #expect(try await house.username("s-ben") == "Ben.L")
        #expect(try await house.report(sheet)?.sync.state == .applied)
    }

    @Test func `have ways back of their own`() async throws {
        let house = try await RosterHouse()
        let list = try await list(house)
        try await house.syncs().apply(try await give([("1", "Kim"), ("2", "Ola")], of: list, in: house), by: nil)
        let wrong = try await give([("1", "Kim")], of: list, in: house)
        try await house.syncs().apply(wrong, by: nil)
        try await house.take(.cast)
        let back = try await house.syncs().undo(wrong, by: nil)
        #expect(try await house.report(back)?.sync.students == RosterChangeCounts(back: 1))
        try await house.syncs().apply(back, by: nil)
        #expect(try await house.count("SELECT COUNT(*) AS value FROM account WHERE suspended_at IS NOT NULL") == 0)
    }

    @Test func `a list whose columns nobody looked at goes after a day, though no other is given`() async throws {
        let house = try await RosterHouse()
        let ida = try await house.administrator()
        let now = house.clock.now()
        let (list, draft): (ID<SchoolList>, ID<ListDraft>) = (.new(at: now), .new(at: now))
        try await house.main.write { [keyring = house.keyring] connection in
            try connection.add(SchoolList(id: list, name: "Ash"), by: ida, entry: .new(at: now), at: now)
            let given = ListDraft(id: draft, list: list, fileName: "a.csv", bytes: Array("Ana".utf8))
            try connection.keep(given, by: ida, keyring: keyring, at: now)
            try connection.sweepDrafts(at: now + .hours(23))
        }
        #expect(try await house.count("SELECT COUNT(*) AS value FROM list_draft") == 1)
        try await house.main.write { try $0.sweepDrafts(at: now + .hours(25)) }
        #expect(try await house.count("SELECT COUNT(*) AS value FROM list_draft") == 0)
    }
}
