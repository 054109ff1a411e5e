import Core
import Foundation
import Storage
package import StoragePostgreSQL

/// Databases of the server that `bin/postgresql` has started, one for each test.
package actor TestPostgreSQL {
    package static let shared = TestPostgreSQL()

    /// nil where no server was started.
    package static let address: PostgreSQLAddress? = {
        guard let url = ProcessInfo.processInfo.environment["FIRSTBELL_TEST_POSTGRESQL"] else { return nil }
        do { return try PostgreSQLAddress(url: url) } catch { fatalError("FIRSTBELL_TEST_POSTGRESQL: \(error)") }
    }()

    private var template: Task<String, any Error>?

    /// A copy of a database that has the schema: migrating anew for each test would take most of its time.
    package func cloned() async throws -> PostgreSQLDatabase {
        let making = template ?? Task { try await Self.makeTemplate() }
        template = making
        return try await Self.make(from: try await making.value)
    }

    package func blank() async throws -> PostgreSQLDatabase { try await Self.make(from: "template0") }

    package func drop(_ database: PostgreSQLDatabase) async throws {
        guard let name = database.address.databaseName else { return }
        try await Self.administer { try await $0.dropDatabase(name) }
    }

    private static func makeTemplate() async throws -> String {
        let database = try await make(from: "template0")
        try await database.migrate(Schema.migrations(), now: 0)
        try database.close()
        return database.address.databaseName ?? ""
    }

    private static func make(from template: String) async throws -> PostgreSQLDatabase {
        guard let address else { throw Trouble("no PostgreSQL was started: use bin/postgresql") }
        let name = "test_\(UUID().uuidString.lowercased().replacing("-", with: "_"))"
        try await administer { try await $0.createDatabase(name, from: template) }
        return PostgreSQLDatabase(address.database(name), connections: 4)
    }

    private static func administer(_ work: (PostgreSQLDatabase) async throws -> Void) async throws {
        guard let address else { throw Trouble("no PostgreSQL was started: use bin/postgresql") }
        let database = PostgreSQLDatabase(address, connections: 1)
        defer { try? database.close() }
        try await work(database)
    }
}
