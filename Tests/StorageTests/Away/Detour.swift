import Foundation
import Storage
import StoragePostgreSQL
import TestSupport
import Testing

/// A database of the test server with a counter in it, and the way to it that leads through a proxy.
struct Detour: Sendable {
    /// Leads straight there.
    let database: PostgreSQLDatabase
    private let url: URLComponents

    /// False where no server was started.
    static var isThere: Bool { TestPostgreSQL.address != nil }

    static func open(_ body: (Detour) async throws -> Void) async throws {
        try await Backend(store: .postgresql).withDatabase { store in
            guard let text = ProcessInfo.processInfo.environment["FIRSTBELL_TEST_POSTGRESQL"],
                var url = URLComponents(string: text), let database = store as? PostgreSQLDatabase
            else { throw Trouble("no PostgreSQL was started: use bin/postgresql") }
            url.path = "/\(database.address.databaseName ?? "")"
            try await database.write { connection in
                try connection.execute("CREATE TABLE counter (id TEXT PRIMARY KEY, number BIGINT NOT NULL)")
                try connection.execute("INSERT INTO counter (id, number) VALUES ('presses', 0)")
            }
            try await body(Detour(database: database, url: url))
        }
    }

    var port: Int { url.port ?? 5432 }

    /// The same database by way of other ports, in their order.
    func address(by ports: Int...) throws -> PostgreSQLAddress {
        var url = url
        // Messages can be told apart only where nobody hides them.
        url.queryItems = [.init(name: "sslmode", value: "disable"), .init(name: "gssencmode", value: "disable")]
        let host = url.host ?? ""
        let hosts = ports.map { "\(host):\($0)" }.joined(separator: ",")
        return try PostgreSQLAddress(
            url: (url.string ?? "").replacing("@\(host):\(port)/", with: "@\(hosts)/"))
    }

    func proxy(_ cut: CuttingProxy.Cut? = nil, isSilent: Bool = false) throws -> CuttingProxy {
        try CuttingProxy(to: port, cut: cut, isSilent: isSilent)
    }

    /// What stands there of `press`: the counter and the rows that came with it, which must say the same.
    func done() async throws -> Int {
        let (number, rows, copied): (Int, Int, Int) = try await database.read { connection in
            (
                try connection.value("SELECT number AS value FROM counter") ?? -1,
                try connection.value("SELECT count(*) AS value FROM link WHERE NOT urgent") ?? -1,
                try connection.value("SELECT count(*) AS value FROM link WHERE urgent") ?? -1
            )
        }
        #expect(rows == number && copied == 3 * number, "half a transaction: \(number), \(rows), \(copied)")
        return number
    }
}

extension Database {
    /// Counts one up and writes rows of its own, in every way there is.
    func press() async throws {
        let ids = (0..<4).map { _ in UUID().uuidString }
        try await write { connection in
            let before: Int = try connection.value("SELECT number AS value FROM counter WHERE id = 'presses'") ?? 0
            try connection.execute("UPDATE counter SET number = \(before + 1) WHERE id = 'presses'")
            try connection.addLink(ids[0])
            var rows = BulkRows(columns: 3)
            for id in ids.dropFirst() { rows.add([.text(id), .text("ben"), .bool(true)]) }
            try connection.append(rows, to: "link", columns: "id, student_id, urgent")
        }
    }

    /// How it ended; nil when it was done.
    func pressed() async throws -> StorageError? {
        do {
            try await press()
            return nil
        } catch let error as StorageError { return error }
    }

    /// Tries until the database is back.
    func pressUntilDone() async throws {
        while true {
            do { return try await press() } catch StorageError.away { await Task.yield() }
        }
    }
}
