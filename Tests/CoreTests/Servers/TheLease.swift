import Core
import Foundation
import Storage
import TestSupport
import Testing

@Suite struct TheLeaseOfAServer {
    private func server(_ place: String, keys: [String] = ["k1"], at now: Timestamp) -> RunningServer {
        RunningServer(id: .new(at: now), place: place, keys: keys.compactMap(KeyID.init))
    }

    private func known(_ room: Staffroom) async throws -> [String] {
        try await room.read { connection in
            try connection.rows("SELECT place FROM server ORDER BY place").map { try $0["place"] }
        }
    }

    @Test func `ends with the next run at the same place, and no other`() async throws {
        try await Staffroom.open { room in
            let (first, again, other) = (
                server("oak:/data", at: room.now), server("oak:/data", at: room.now), server("elm:/data", at: room.now)
            )
            try await room.write { connection in
                for one in [first, other, again] { try connection.announce(one, isAlone: false, at: room.now) }
            }
            #expect(try await known(room) == ["elm:/data", "oak:/data"])
            let isThere = try await room.read { try $0.exists("SELECT id FROM server WHERE id = \(first.id)") }
            #expect(!isThere)
        }
    }

    @Test func `of every other run ends where the database belongs to one process`() async throws {
        try await Staffroom.open { room in
            let (first, second) = (server("oak:/a", at: room.now), server("oak:/b", at: room.now))
            try await room.write { connection in
                try connection.announce(first, isAlone: true, at: room.now)
                try connection.announce(second, isAlone: true, at: room.now)
            }
            #expect(try await known(room) == ["oak:/b"])
        }
    }

    @Test func `tells which keys a living server has that this one lacks`() async throws {
        try await Staffroom.open { room in
            let (old, new) = (
                server("oak:/data", keys: ["k1"], at: room.now),
                server("elm:/data", keys: ["k1", "k2", "k3"], at: room.now)
            )
            try await room.write { connection in
                try connection.announce(old, isAlone: false, at: room.now)
                try connection.announce(new, isAlone: false, at: room.now)
            }
            let missing = try await room.read { try $0.keysMissing(in: old, at: room.now) }
            #expect(missing.map(\.description) == ["k2", "k3"])
            #expect(try await room.read { try $0.keysMissing(in: new, at: room.now) } == [])
            // Of one that is gone nobody needs the keys.
            let later = room.now + RunningServer.lease
            #expect(try await room.read { try $0.keysMissing(in: old, at: later) } == [])
        }
    }

    @Test func `keeps a roster that is being read, and lets it be closed once it has ended`() async throws {
        let house = try await RosterHouse()
        let id = try await house.plan(.cast)
        let reader = server("oak:/data", at: house.clock.now())
        try await house.main.write { try $0.announce(reader, isAlone: false, at: house.clock.now()) }
        try await house.run("UPDATE roster_plan SET state = 'reading', server_id = \(reader.id) WHERE id = \(id)")
        try await house.syncs().closeInterrupted()
        #expect(try await house.main.read { try $0.rosterPlan(id) }?.sync.state == .reading)
        try await house.main.write { try $0.endLease(of: reader.id) }
        try await house.syncs().closeInterrupted()
        #expect(try await house.main.read { try $0.rosterPlan(id) }?.sync.state == .refused)
    }

    @Test func `keeps a roster that is being applied, and lets others go on with it once it has ended`() async throws {
        let house = try await RosterHouse()
        let id = try await house.plan(.cast)
        let runner = server("oak:/data", at: house.clock.now())
        try await house.main.write { try $0.announce(runner, isAlone: false, at: house.clock.now()) }
        try await house.run(
            """
            UPDATE roster_plan SET state = 'applying', run = 1, runner = 'somebody', server_id = \(runner.id)
            WHERE id = \(id)
            """)
        try await house.syncs().resumeUnfinished()
        #expect(try await house.count("SELECT COUNT(*) AS value FROM account") == 0)
        // Nobody else may press it on either.
        #expect(try await !house.syncs().apply(id, by: nil))
        try await house.main.write { try $0.endLease(of: runner.id) }
        try await house.syncs().resumeUnfinished()
        #expect(try await house.count("SELECT COUNT(*) AS value FROM account") == 5)
    }
}
