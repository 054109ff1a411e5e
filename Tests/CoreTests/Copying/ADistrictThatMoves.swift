import Core
import Storage
import TestSupport
import Testing

@Suite struct ADistrictThatMoves {
    /// What the copying changes: plans whose staged rows stay behind.
    private func withoutPlans(_ rows: [String: [SQLValue]]) -> [String: [SQLValue]] {
        rows.filter { $0.key != "roster_plan" }
    }

    @Test func `is there with every row, and the counters are right`() async throws {
        try await Movers.open { movers in
            let before = try await Movers.everything(in: movers.source)
            let report = try await movers.copy()
            #expect(report.counts.map(\.table).sorted() == before.keys.sorted())
            #expect(report.counts.contains { $0 == ("throttle", 10) })
            #expect(!report.wasThere)
            let after = try await Movers.everything(in: movers.target)
            #expect(withoutPlans(after) == withoutPlans(before))
            #expect(try await Movers.everything(in: movers.source) == before)
            #expect(try await movers.target.recountStudents(at: ADistrict.now) == [])
        }
    }

    @Test func `has its open roster plans lapsed, and those that are done as they were`() async throws {
        try await Movers.open { movers in
            #expect(try await movers.copy().lapsedPlans == 3)
            let plans = try await movers.target.read { connection in
                try connection.rows("SELECT id, state, is_open FROM roster_plan ORDER BY id").map { row in
                    "\(try row["id"] as String) \(try row["state"] as String) \(try row["is_open"] as Bool)"
                }
            }
            #expect(
                plans == ["1 applied false", "2 applied false", "3 lapsed false", "4 lapsed false", "5 lapsed false"])
        }
    }

    @Test func `is whole wherever the copying is cut, and neither side is used by half`() async throws {
        try await Movers.open { movers in
            let before = try await Movers.everything(in: movers.source)
            var cuts = 0
            // Each time a little further, from where the last one was cut.
            while true {
                let broken = BreakingStore(movers.target, after: cuts % 4)
                do {
                    _ = try await movers.copy(from: BreakingStore(movers.source, after: cuts % 3), to: broken)
                    break
                } catch is BreakingStore.Broken { cuts += 1 }
                let mark = try await movers.target.read { try $0.copyMark() }
                if mark != nil {
                    await #expect(throws: CopyRefused.self) { try await movers.target.write { try $0.useDistrict() } }
                }
            }
            #expect(cuts > 20)
            #expect(withoutPlans(try await Movers.everything(in: movers.target)) == withoutPlans(before))
            try await movers.target.write { try $0.useDistrict() }
        }
    }

    @Test func `is used on one side alone`() async throws {
        try await Movers.open { movers in
            _ = try await movers.copy()
            await #expect(throws: CopyRefused.moved(to: "the target", at: ADistrict.now)) {
                try await movers.source.write { try $0.useDistrict() }
            }
            #expect(try await movers.copy().wasThere)
            try await movers.target.write { try $0.useDistrict() }
            await #expect(throws: CopyRefused.moved(to: "the target", at: ADistrict.now)) {
                _ = try await movers.copy()
            }
            #expect(try await movers.source.write { try $0.releaseDistrict() } == "the target")
            #expect(try await movers.source.write { try $0.releaseDistrict() } == nil)
            try await movers.source.write { try $0.useDistrict() }
        }
    }

    @Test func `goes back to where it came from, into an empty database`() async throws {
        try await Movers.open { movers in
            _ = try await movers.copy()
            let moved = try await Movers.everything(in: movers.target)
            await #expect(throws: CopyRefused.self) {
                _ = try await movers.copy(from: movers.target, to: movers.source)
            }
            try await Movers.withTarget { back in
                _ = try await movers.copy(from: movers.target, to: back)
                #expect(try await Movers.everything(in: back) == moved)
            }
        }
    }

    @Test func `goes into no database that holds another`() async throws {
        try await Movers.open { movers in
            try await ADistrict.open(students: 1) { other in
                let before = try await Movers.everything(in: other.database)
                await #expect(throws: CopyRefused.notEmpty(table: "school")) {
                    _ = try await movers.copy(to: other.database)
                }
                #expect(try await Movers.everything(in: other.database) == before)
                #expect(try await movers.source.read { try $0.copyMark() } == nil)

                await #expect(throws: BreakingStore.Broken.self) {
                    _ = try await movers.copy(to: BreakingStore(movers.target, after: 3))
                }
                await #expect(throws: CopyRefused.halfOfAnother(from: "the source")) {
                    _ = try await movers.copy(from: other.database)
                }
                await #expect(throws: CopyRefused.self) {
                    _ = try await movers.copy(from: movers.target, to: other.database)
                }
            }
        }
    }

    @Test func `is copied anew when somebody used it meanwhile`() async throws {
        try await Movers.open { movers in
            await #expect(throws: BreakingStore.Broken.self) {
                _ = try await movers.copy(to: BreakingStore(movers.target, after: 3))
            }
            try await movers.source.write { try $0.useDistrict() }
            await #expect(throws: CopyRefused.halfOfAnother(from: "the source")) { _ = try await movers.copy() }
        }
    }

    @Test func `stays while servers run on either side`() async throws {
        try await Movers.open { movers in
            let server = RunningServer(id: .new(at: ADistrict.now), place: "app2:/data", keys: [])
            for side in [movers.source, movers.target] {
                try await side.write { try $0.announce(server, isAlone: false, at: ADistrict.now) }
                await #expect(throws: CopyRefused.inUse(servers: ["app2:/data"])) { _ = try await movers.copy() }
                try await side.write { try $0.endLease(of: server.id) }
            }
            #expect(try await movers.target.read { try $0.copyMark() } == nil)
            // Whoever was there before us at our own place is gone: we hold its lock.
            let ours = RunningServer(id: .new(at: ADistrict.now), place: "here:/data", keys: [])
            try await movers.source.write { try $0.announce(ours, isAlone: false, at: ADistrict.now) }
            _ = try await movers.copy()
        }
    }

    @Test func `stays when a text has a zero character`() async throws {
        try await Movers.open { movers in
            try await Movers.withTarget(on: .sqlite) { source in
                try await source.write { connection in
                    try connection.execute(
                        """
                        INSERT INTO throttle (name_key, failures, blocked_until, last_at)
                        VALUES ('fine', 1, 1, 1), ('x' || char(0), 1, 1, 1)
                        """)
                }
                await #expect(throws: CopyRefused.zero(table: "throttle", column: "name_key", key: "x")) {
                    _ = try await movers.copy(from: source)
                }
                #expect(try await movers.target.read { try $0.copyMark() } == nil)
                #expect(try await source.read { try $0.copyMark() } == nil)
            }
        }
    }
}
