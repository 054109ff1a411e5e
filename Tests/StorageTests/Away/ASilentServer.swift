import Storage
import StoragePostgreSQL
import Testing

@Suite(.serialized, .timeLimit(.minutes(10)), .enabled(if: Detour.isThere)) struct ASilentServer {
    /// Two seconds, and one more for a machine that runs many tests.
    private static let promise: Duration = .seconds(3)

    /// Many people press at once; says how each ended. Expects that none waited longer than promised.
    private func rush(_ databases: [any Database], people: Int = 16) async throws -> [StorageError?] {
        try await withThrowingTaskGroup(of: (StorageError?, Duration).self) { group in
            for number in 0..<people {
                group.addTask {
                    let began = ContinuousClock.now
                    let error = try await databases[number % databases.count].pressed()
                    return (error, ContinuousClock.now - began)
                }
            }
            return try await group.reduce(into: []) { ends, end in
                #expect(end.1 < Self.promise)
                ends.append(end.0)
            }
        }
    }

    private func isAway(_ error: StorageError?) -> Bool {
        if case .away = error { true } else { false }
    }

    @Test func `is away for everybody within two seconds, and back when it speaks`() async throws {
        try await Detour.open { detour in
            let proxy = try detour.proxy()
            defer { proxy.close() }
            let database = PostgreSQLDatabase(try detour.address(by: proxy.port), connections: 4, isWatched: true)
            defer { try? database.close() }
            try await database.pressUntilDone()
            proxy.fallSilent()
            for _ in 0..<2 { #expect(try await rush([database]).allSatisfy(isAway)) }
            #expect(try await detour.done() == 1)
            proxy.speak()
            try await database.pressUntilDone()
            #expect(try await detour.done() == 2)
        }
    }

    @Test func `is away for the schemas beside the tables too`() async throws {
        try await Detour.open { detour in
            let proxy = try detour.proxy()
            defer { proxy.close() }
            let database = PostgreSQLDatabase(try detour.address(by: proxy.port), connections: 2, isWatched: true)
            defer { try? database.close() }
            try await database.pressUntilDone()
            let schema = try await database.schema("a roster", connections: 2)
            defer { try? schema.close() }
            try await schema.write { try $0.execute("CREATE TABLE staged (id TEXT)") }
            proxy.fallSilent()
            let began = ContinuousClock.now
            await #expect {
                try await schema.write { try $0.execute("INSERT INTO staged (id) VALUES ('1')") }
            } throws: { isAway($0 as? StorageError) }
            #expect(ContinuousClock.now - began < Self.promise)
            proxy.speak()
            try await database.pressUntilDone()
            while true {
                do {
                    try await schema.write { try $0.execute("INSERT INTO staged (id) VALUES ('2')") }
                    break
                } catch StorageError.away { await Task.yield() }
            }
            let staged: [String] = try await schema.read { try $0.rows("SELECT id FROM staged").map { try $0["id"] } }
            #expect(staged == ["2"])
        }
    }

    @Test(arguments: [true, false])
    func `keeps nobody waiting who wants to connect`(isWatched: Bool) async throws {
        try await Detour.open { detour in
            let proxy = try detour.proxy(isSilent: true)
            defer { proxy.close() }
            let database = PostgreSQLDatabase(
                try detour.address(by: proxy.port), connections: 4, isWatched: isWatched)
            defer { try? database.close() }
            for _ in 0..<2 { #expect(try await rush([database]).allSatisfy(isAway)) }
            proxy.speak()
            try await database.pressUntilDone()
            #expect(try await detour.done() == 1)
        }
    }

    @Test func `is not asked any more once another host has answered`() async throws {
        try await Detour.open { detour in
            let silent = try detour.proxy(isSilent: true)
            defer { silent.close() }
            let database = PostgreSQLDatabase(
                try detour.address(by: silent.port, detour.port), connections: 8)
            defer { try? database.close() }
            try await database.pressUntilDone()
            let taken = silent.taken
            #expect(taken > 0)
            #expect(try await rush([database]).allSatisfy { $0 == nil })
            #expect(silent.taken == taken)
        }
    }

    @Test func `gives way to another host that takes writes`() async throws {
        try await Detour.open { detour in
            let (first, second) = (try detour.proxy(), try detour.proxy())
            defer { [first, second].forEach { $0.close() } }
            let database = PostgreSQLDatabase(
                try detour.address(by: first.port, second.port), connections: 4, isWatched: true)
            defer { try? database.close() }
            try await database.pressUntilDone()
            #expect(second.taken == 0)
            first.fallSilent()
            for error in try await rush([database]) { #expect(error == nil || isAway(error)) }
            try await database.pressUntilDone()
            let taken = first.taken
            #expect(second.taken > 0)
            // What was idle led to the first one; nobody goes back there, also when it speaks again.
            first.speak()
            #expect(try await rush([database]).allSatisfy { $0 == nil })
            #expect(first.taken == taken)
        }
    }

    @Test(arguments: CuttingProxy.Way.allCases)
    func `in the middle of a COMMIT leaves it unknown, and does not repeat it`(way: CuttingProxy.Way) async throws {
        try await Detour.open { detour in
            let proxy = try detour.proxy(.init(way: way, place: .commit, isSilent: true))
            defer { proxy.close() }
            let database = PostgreSQLDatabase(try detour.address(by: proxy.port), connections: 2, isWatched: true)
            defer { try? database.close() }
            let ends = try await rush([database])
            #expect(proxy.report.isCut)
            // Each connection has been in COMMIT at most once, and the server took each at most once.
            let unknown = ends.count { $0 == .commitUnknown }
            #expect((1...2).contains(unknown))
            #expect(ends.allSatisfy { $0 == nil || $0 == .commitUnknown || isAway($0) })
            let acknowledged = ends.count { $0 == nil }
            proxy.speak()
            try await database.pressUntilDone()
            let done = try await detour.done()
            #expect((acknowledged + 1...acknowledged + 1 + unknown).contains(done))
            if way == .toClient { #expect(done > acknowledged + 1) }
        }
    }
}
