import Core
import Foundation
import Storage
import Testing

@Suite struct ARosterFromTheService {
    private static let service = RosterService(
        version: "1.1", address: "https://sis.example/ims/oneroster/v1p1", tokenAddress: "https://sis.example/token",
        client: "birch", nightlyAt: 120, changesEvery: 60)

    private func save(
        _ service: RosterService = Self.service, secret: String? = "s3cret", in house: RosterHouse,
        by person: ID<Account>
    ) async throws {
        let now = house.clock.now()
        try await house.main.write { [keyring = house.keyring] connection in
            try connection.save(
                service, secret: secret.map(Redacted.init), keyring: keyring, by: person, entry: .new(at: now), at: now)
        }
    }

    private func pulled(_ house: RosterHouse) async throws -> [String] {
        try await house.main.read { try $0.pulledRosters().map(\.pull.rawValue) }
    }

    @Test func `is read with the secret, which nobody finds in the database`() async throws {
        let house = try await RosterHouse()
        let ida = try await house.administrator()
        let service = AServiceToReadFrom()
        service.give(.cast)
        try await save(in: house, by: ida)
        let id = try await house.syncs(client: service.client).pull(.whole, by: ida)
        let report = try #require(try await house.report(id))
        #expect(report.sync.state == .ready && report.sync.students.new == 3)
        #expect(report.sync.source == "sis.example")
        #expect(service.secrets == ["s3cret"] && service.asked == [nil])
        let stored = try await house.text("SELECT sealed || ' ' || client AS value FROM roster_service")
        #expect(stored?.contains("s3cret") == false)
    }

    @Test func `is of the same people as the packages of the same student system`() async throws {
        let house = try await RosterHouse()
        let ida = try await house.administrator()
        try await house.take(.cast)
        let service = AServiceToReadFrom()
        service.give(.cast)
        try await save(in: house, by: ida)
        let id = try await house.syncs(client: service.client).pull(.whole, by: ida)
        #expect(try await house.count("SELECT total AS value FROM roster_plan WHERE id = \(id)") == 0)
    }

    @Test func `holds changes only where the roster before came from the service too`() async throws {
        let house = try await RosterHouse()
        let ida = try await house.administrator()
        let service = AServiceToReadFrom()
        service.give(.cast)
        try await save(in: house, by: ida)
        try await house.take(.cast)
        let syncs = house.syncs(client: service.client)
        let first = try await syncs.pull(.changes, by: ida)
        #expect(try await pulled(house) == ["whole"], "a package has other ids of rows")
        try await syncs.apply(first, by: ida)
        var changes = Roster()
        changes.student("s-nia", "Nia", "Okoro")
        service.give(changes, without: [RosterRowKey(.person, "s-cleo")])
        let second = try await syncs.pull(.changes, by: ida)
        #expect(try await pulled(house) == ["changes", "whole"])
        let began = try await house.main.read { try $0.rosterPlan(first)?.sync.madeAt }
        #expect(service.asked == [nil, began])
        let report = try #require(try await house.report(second))
        #expect(report.sync.students.new == 1 && report.sync.students.leaving == 1)
        // What was thrown away is asked for again: nothing of it is lost.
        try await syncs.discard(second, by: ida)
        let third = try await syncs.pull(.changes, by: ida)
        #expect(service.asked.last == began)
        #expect(try await house.report(third)?.lost.isEmpty == true)
    }

    @Test func `that could not be read changes nothing and says why`() async throws {
        let house = try await RosterHouse()
        let ida = try await house.administrator()
        let service = AServiceToReadFrom()
        service.breakDown()
        try await save(in: house, by: ida)
        let id = try await house.syncs(client: service.client).pull(.whole, by: ida)
        let report = try #require(try await house.report(id))
        #expect(report.sync.state == .refused && report.refusal?.reason == "The server did not answer.")
    }

    @Test func `is asked of nobody while no service is saved, or its secret cannot be opened`() async throws {
        let house = try await RosterHouse()
        let ida = try await house.administrator()
        let service = AServiceToReadFrom()
        let syncs = house.syncs(client: service.client)
        await #expect(throws: RosterSyncRefused.notFound) { try await syncs.pull(.whole, by: ida) }
        try await save(in: house, by: ida)
        try await house.run("UPDATE roster_service SET address = 'https://elsewhere.example/v1p1'")
        let id = try await syncs.pull(.whole, by: ida)
        #expect(try await house.report(id)?.refusal?.reason.contains("cannot be opened") == true)
        #expect(service.asked.isEmpty)
        let now = house.clock.now()
        try await house.main.write { try $0.removeRosterService(by: ida, entry: .new(at: now), at: now) }
        await #expect(throws: RosterSyncRefused.notFound) { try await syncs.pull(.whole, by: ida) }
    }

    @Test func `keeps its secret only for where it goes`() async throws {
        let house = try await RosterHouse()
        let ida = try await house.administrator()
        await #expect(throws: RosterServiceRefused.secretMissing) { try await save(secret: nil, in: house, by: ida) }
        try await save(in: house, by: ida)
        let later = RosterService(
            version: "1.1", address: Self.service.address, tokenAddress: Self.service.tokenAddress, client: "birch",
            nightlyAt: 180)
        try await save(later, secret: nil, in: house, by: ida)
        #expect(try await house.main.read { try $0.rosterService() } == later)
        let elsewhere = RosterService(
            version: "1.1", address: Self.service.address, tokenAddress: "https://thief.example/token", client: "birch")
        await #expect(throws: RosterServiceRefused.secretMissing) {
            try await save(elsewhere, secret: nil, in: house, by: ida)
        }
        #expect(try await house.count("SELECT COUNT(*) AS value FROM audit WHERE act = 'roster-service-saved'") == 2)
    }

    /// A clock that a test sets.
    private func syncs(_ house: RosterHouse, _ service: AServiceToReadFrom, at now: Timestamp) -> RosterSyncs {
        house.syncs(client: service.client, clock: Clock { now })
    }

    @Test func `comes and is applied by itself on schedule, but for what is held`() async throws {
        let house = try await RosterHouse()
        let ida = try await house.administrator()
        let service = AServiceToReadFrom()
        service.give(.crowd(20))
        try await save(in: house, by: ida)
        let saved = house.clock.now()
        try await syncs(house, service, at: saved + .minutes(1)).pullWhatIsDue()
        #expect(try await pulled(house).isEmpty, "the first night comes first")
        try await syncs(house, service, at: saved + .days(1)).pullWhatIsDue()
        #expect(try await pulled(house) == ["whole"])
        #expect(try await house.username("s-001") == "s-001")
        // Twenty would leave: they wait, and Nia comes in.
        var changes = Roster()
        changes.student("s-nia", "Nia", "Okoro")
        service.give(changes, without: (1...20).map { RosterRowKey(.person, "s-" + String(1000 + $0).dropFirst()) })
        try await syncs(house, service, at: saved + .days(1) + .minutes(61)).pullWhatIsDue()
        #expect(try await pulled(house) == ["changes", "whole"])
        #expect(try await house.username("s-nia") == "nia.o31")
        #expect(try await house.suspended("s-001") == nil)
    }

    @Test func `waits for a person's press where the district wants that`() async throws {
        let house = try await RosterHouse()
        let ida = try await house.administrator()
        let service = AServiceToReadFrom()
        service.give(.cast)
        let careful = RosterService(
            version: "1.1", address: Self.service.address, tokenAddress: nil, client: "birch", nightlyAt: 120,
            appliesItself: false)
        try await save(careful, in: house, by: ida)
        try await syncs(house, service, at: house.clock.now() + .days(1)).pullWhatIsDue()
        #expect(try await house.username("s-ben") == nil)
        #expect(try await house.count("SELECT COUNT(*) AS value FROM roster_plan WHERE state = 'ready'") == 1)
    }

    @Test func `is read once however many servers look at the clock`() async throws {
        let house = try await RosterHouse()
        let ida = try await house.administrator()
        let service = AServiceToReadFrom()
        service.give(.cast)
        try await save(in: house, by: ida)
        let now = house.clock.now() + .days(1)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 { group.addTask { try await syncs(house, service, at: now).pullWhatIsDue() } }
            try await group.waitForAll()
        }
        #expect(try await pulled(house) == ["whole"])
        #expect(service.asked.count == 1)
    }

    @Test func `is read whole again after the service was saved anew`() async throws {
        let house = try await RosterHouse()
        let ida = try await house.administrator()
        let service = AServiceToReadFrom()
        service.give(.cast)
        try await save(in: house, by: ida)
        let syncs = house.syncs(client: service.client)
        try await syncs.apply(try await syncs.pull(.whole, by: ida), by: ida)
        try await save(in: house, by: ida)
        _ = try await syncs.pull(.changes, by: ida)
        #expect(try await pulled(house) == ["whole", "whole"])
    }

    @Test func `that is stopped midway is no roster cut short`() async throws {
        let house = try await RosterHouse()
        let ida = try await house.administrator()
        try await save(in: house, by: ida)
        let (started, begun) = AsyncStream.makeStream(of: Void.self)
        let endless = RosterServiceClient(
            check: { _ in },
            pull: { _, _, intake, _ in
                for record in Roster.cast.records.prefix(4) {
                    try intake.receive(record, at: RosterPlace(file: "x", line: 1))
                }
                begun.finish()
                while !Task.isCancelled { await Task.yield() }
            })
        let reading = Task { try await house.syncs(client: endless).pull(.whole, by: ida) }
        for await _ in started {}
        reading.cancel()
        _ = try? await reading.value
        #expect(try await house.count("SELECT COUNT(*) AS value FROM roster_plan WHERE state = 'ready'") == 0)
    }
}
