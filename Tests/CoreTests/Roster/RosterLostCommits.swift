import Core
import Storage
import TestSupport
import Testing

/// The database goes away while a commit is under way, and nobody says whether it was done.
@Suite struct RosterLostCommits {
    private func state(_ id: ID<RosterSync>, in house: RosterHouse) async throws -> String? {
        try await house.text("SELECT state AS value FROM roster_plan WHERE id = \(id)")
    }

    @Test(arguments: LossyDatabase.Loss.allCases)
    func `while a plan is applied do nothing twice and leave nothing half done`(
        loss: LossyDatabase.Loss
    ) async throws {
        for number in 0... {
            let house = try await RosterHouse()
            let id = try await house.plan(.crowd(30))
            let lossy = LossyDatabase(house.main, losing: loss, at: [number])
            let syncs = house.syncs(on: lossy)
            do { try await syncs.apply(id, by: nil) } catch StorageError.commitUnknown {
                // The claim itself: taken up by the very server in whose name it stands, or pressed once more.
                #expect(number == 0)
                try await syncs.resumeUnfinished()
                if loss == .undone { try await syncs.apply(id, by: nil) }
            }
            #expect(try await state(id, in: house) == "applied")
            #expect(try await house.count("SELECT COUNT(*) AS value FROM account") == 35)
            #expect(try await house.count("SELECT COUNT(*) AS value FROM audit WHERE act = 'roster-applied'") == 1)
            #expect(try await !house.hasStaging(id))
            guard lossy.hasLost else {
                #expect(number > 6)
                return
            }
        }
    }

    @Test(arguments: LossyDatabase.Loss.allCases)
    func `while a roster is read leave a plan that is ready, or one that says to give the file again`(
        loss: LossyDatabase.Loss
    ) async throws {
        for number in 0... {
            let house = try await RosterHouse()
            try await house.take(.cast)
            let lossy = LossyDatabase(house.main, losing: loss, at: [number])
            let syncs = house.syncs(reading: .crowd(30), on: lossy)
            do {
                let id = try await syncs.read(file: house.folder, fileName: "roster.zip", by: nil)
                #expect(try await state(id, in: house) == "ready")
            } catch StorageError.commitUnknown {
                #expect(number == 0)
                try await syncs.closeInterrupted()
                let left = try await house.count("SELECT COUNT(*) AS value FROM roster_plan WHERE state = 'reading'")
                #expect(left == 0)
            }
            // Nothing bars the next one.
            try await house.take(.crowd(30))
            #expect(try await house.count("SELECT COUNT(*) AS value FROM account") == 35)
            guard lossy.hasLost else {
                #expect(number >= 2)
                return
            }
        }
    }

    @Test func `of a plan that this server drives do not make it take the plan from itself`() async throws {
        let house = try await RosterHouse()
        try await house.take(.cast)
        let id = try await house.plan(.crowd(300))
        let syncs = house.syncs()
        let first = Task { try await syncs.apply(id, by: nil) }
        try await house.waitUntilBegun(id)
        try await syncs.resumeUnfinished()
        #expect(try await first.value)
        #expect(try await house.count("SELECT COUNT(*) AS value FROM account") == 305)
    }
}
