import Storage
import StoragePostgreSQL
import Testing

@Suite(.timeLimit(.minutes(10)), .enabled(if: Detour.isThere)) struct ACutConnection {
    /// Cuts at one message after the other, until none is left to cut at.
    private func cutEverywhere(
        _ way: CuttingProxy.Way, isInside: Bool,
        _ check: (PostgreSQLDatabase, CuttingProxy) async throws -> Void, on detour: Detour
    ) async throws -> Int {
        for message in 0... {
            let proxy = try detour.proxy(.init(way: way, place: .message(message), isInside: isInside))
            defer { proxy.close() }
            let database = PostgreSQLDatabase(try detour.address(by: proxy.port), connections: 1)
            defer { try? database.close() }
            try await check(database, proxy)
            guard proxy.report.isCut else { return message }
        }
        return 0
    }

    @Test(arguments: CuttingProxy.Way.allCases, [false, true])
    func `does nothing twice and loses nothing that was acknowledged`(
        way: CuttingProxy.Way, isInside: Bool
    ) async throws {
        try await Detour.open { detour in
            var unknown: Set<Int> = []
            var (retried, away, before, tries) = (0, 0, 0, 0)
            let cuts = try await cutEverywhere(
                way, isInside: isInside,
                { database, proxy in
                    let error = try await database.pressed()
                    let report = proxy.report
                    let done = try await detour.done() - before
                    before += done
                    switch error {
                    case nil:
                        #expect(done == 1)
                        #expect(!report.isAtCommit, "what was lost in COMMIT was done again")
                        retried += report.isCut ? 1 : 0
                    case .away:
                        #expect(done == 0)
                        #expect(!report.isAtCommit && !report.hasCommitPassed)
                        away += 1
                    case .commitUnknown:
                        #expect(report.isAtCommit || report.hasCommitPassed)
                        #expect(done == (report.hasCommitPassed ? 1 : 0))
                        unknown.insert(done)
                    case .some(let other): Issue.record("\(other) at \(report)")
                    }
                    // The next line is a new one, and works.
                    tries += 1
                    guard report.isCut, tries.isMultiple(of: 4) else { return }
                    try await database.press()
                    before += 1
                    #expect(try await detour.done() == before)
                }, on: detour)
            #expect(cuts > 30)
            #expect(retried > 10 && away > 0)
            #expect(unknown == (way == .toServer ? [0] : [1]))
        }
    }

    @Test(arguments: CuttingProxy.Way.allCases)
    func `is not noticed by who reads, or only as a server that is away`(way: CuttingProxy.Way) async throws {
        try await Detour.open { detour in
            try await detour.database.press()
            let cuts = try await cutEverywhere(
                way, isInside: false,
                { database, proxy in
                    do {
                        let number = try await database.read {
                            try $0.value("SELECT number AS value FROM counter", as: Int.self)
                        }
                        #expect(number == 1)
                    } catch StorageError.away { #expect(proxy.report.isCut) }
                }, on: detour)
            #expect(cuts > 10)
        }
    }

    @Test func `is replaced with all that were idle beside it`() async throws {
        try await Detour.open { detour in
            let database = PostgreSQLDatabase(detour.database.address, connections: 6)
            defer { try? database.close() }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<6 {
                    group.addTask { try await database.read { _ = try $0.rows("SELECT pg_sleep(0.2)") } }
                }
                try await group.waitForAll()
            }
            // More lines are gone than a transaction has tries.
            try await detour.database.read { connection in
                _ = try connection.rows(
                    """
                    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
                    WHERE datname = current_database() AND pid <> pg_backend_pid()
                    """)
            }
            try await database.press()
            #expect(try await detour.done() == 1)
        }
    }
}
