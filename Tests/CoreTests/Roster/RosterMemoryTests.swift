import Core
import Foundation
import Storage
import Synchronization
import TestSupport
import Testing

@Suite struct RosterMemoryTests {
    @Test func `a reader waits while what it delivered is not stored`() async throws {
        let house = try await RosterHouse()
        let ledger = Ledger()
        let store = RosterStagingStore(
            open: { id in CountingDatabase(database: try await house.store.open(id), ledger: ledger) },
            remove: house.store.remove)
        let syncs = RosterSyncs(
            main: house.main, store: store,
            reader: { _, intake, _ in
                let place = RosterPlace(file: "orgs.csv", line: 1)
                for number in 0..<40_000 {
                    ledger.counts.withLock { $0.delivered += 1 }
                    try intake.receive(
                        .term(RosterTerm(sourceID: "\(number)", beginsOn: nil, endsOn: nil)), at: place)
                }
            }, client: .absent, server: ServerAtWork(at: house.clock.now()), keyring: house.keyring, clock: house.clock,
            timeZone: .gmt,
            maker: UsernameMaker(blocked: []))
        let plan = try await syncs.read(file: house.folder, fileName: "terms", by: nil)
        #expect(try await house.count("SELECT lines AS value FROM roster_plan WHERE id = \(plan)") == 40_000)
        // Four batches may wait, one is being stored, one is being filled.
        #expect(ledger.counts.withLock { $0.lead } <= 6 * 2_000)
    }

    private final class Ledger: Sendable {
        struct Counts {
            var delivered = 0
            var stored = 0
            var lead = 0
        }
        let counts = Mutex(Counts())
    }

    /// A staging database that notes how far the reader is ahead whenever a batch is stored.
    private struct CountingDatabase: Database {
        let database: any Database
        let ledger: Ledger
        var step: Duration { database.step }

        func read<Result: Sendable>(
            _ body: @escaping @Sendable (any Connection) throws -> Result
        ) async throws -> Result { try await database.read(body) }

        func write<Result: Sendable>(
            at isolation: Isolation, _ body: @escaping @Sendable (any Connection) throws -> Result
        ) async throws -> Result {
            let result = try await database.write(at: isolation, body)
            ledger.counts.withLock { counts in
                counts.lead = max(counts.lead, counts.delivered - counts.stored)
                counts.stored += 2_000
            }
            return result
        }
    }
}
