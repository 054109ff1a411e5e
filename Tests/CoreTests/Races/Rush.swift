import Core
import Storage
import TestSupport

/// Everybody at once, by way of three servers.
struct Rush: Sendable {
    let room: Staffroom
    private let servers: [any Store]

    static func open(_ body: (Rush) async throws -> Void) async throws {
        try await Staffroom.open { room in
            let servers = TestStore.servers(3, on: room.database)
            // The embedded database's only server is the room itself.
            defer { if TestStore.chosen != .sqlite { for server in servers { try? server.close() } } }
            try await body(Rush(room: room, servers: servers))
        }
    }

    /// Each of so many does it as one transaction, all together. Returns what came of it, in no order; throws what was
    /// thrown first.
    func all<Result: Sendable>(
        _ count: Int, at isolation: Isolation = .serializable,
        _ body: @escaping @Sendable (any Connection, Int) throws -> Result
    ) async throws -> [Result] {
        try await each(count) { server, number in try await server.write(at: isolation) { try body($0, number) } }
    }

    /// Each of so many does it on the server that they met.
    func each<Result: Sendable>(
        _ count: Int, _ work: @escaping @Sendable (any Store, Int) async throws -> Result
    ) async throws -> [Result] {
        try await withThrowingTaskGroup(of: Result.self) { group in
            for number in 0..<count {
                group.addTask { try await work(servers[number % servers.count], number) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    /// So many students of 4B, each with an address.
    func students(_ count: Int) async throws -> [ID<Account>] {
        var students: [ID<Account>] = []
        for number in 0..<count {
            students.append(
                try await room.student(
                    "S\(number)", "Family\(number)", address: "s\(number)@home.example", in: [room.class4B]))
        }
        return students
    }

    func count(_ sql: SQL) async throws -> Int { try await room.read { try $0.value(sql) ?? 0 } }
}
