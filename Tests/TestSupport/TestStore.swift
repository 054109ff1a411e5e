package import Core
package import Foundation
package import Storage
import StoragePostgreSQL
import StorageSQLite

/// Where tests keep their rows. Every test with a database of its own runs on either; `FIRSTBELL_TEST_STORE` says on which.
package enum TestStore: String, CaseIterable, Sendable {
    case sqlite, postgresql

    /// The one that this run is for.
    package static let chosen: TestStore = {
        let name = ProcessInfo.processInfo.environment["FIRSTBELL_TEST_STORE"] ?? "sqlite"
        guard let store = TestStore(rawValue: name) else { fatalError("FIRSTBELL_TEST_STORE is \(name)") }
        return store
    }()

    /// The ones that are there: PostgreSQL where `bin/postgresql` has started it.
    package static let available: [TestStore] = TestPostgreSQL.address == nil ? [.sqlite] : allCases

    /// An empty database with the schema, for one test. `discard` has to follow.
    package func database(in folder: URL, at now: Int64 = 0) async throws -> any Store {
        switch self {
        case .sqlite:
            let database = try SQLiteDatabase(
                path: folder.appending(path: "firstbell.sqlite").path(percentEncoded: false), durability: .none)
            try await database.migrate(Schema.migrations(), now: now)
            return database
        case .postgresql: return try await TestPostgreSQL.shared.cloned()
        }
    }

    /// An empty database without any table.
    package func blank(in folder: URL) async throws -> any Store {
        switch self {
        case .sqlite: try SQLiteDatabase(path: folder.appending(path: "blank.sqlite").path(percentEncoded: false))
        case .postgresql: try await TestPostgreSQL.shared.blank()
        }
    }

    /// Where rosters are staged beside a database of this store.
    package func staging(beside database: any Store, in folder: URL) -> RosterStagingStore {
        if let main = database as? PostgreSQLDatabase {
            return RosterStagingStore(
                open: { id in
                    let schema = try await main.schema("roster \(id)", connections: 2)
                    try await schema.migrate(Schema.staging(), now: 0)
                    return schema
                }, remove: { try await main.dropSchema("roster \($0)") })
        }
        let path: @Sendable (ID<RosterSync>) -> String = {
            folder.appending(path: "\($0).sqlite").path(percentEncoded: false)
        }
        return RosterStagingStore(
            open: { id in
                let database = try SQLiteDatabase(path: path(id), durability: .none, readers: 2)
                try await database.migrate(Schema.staging(), now: 0)
                return database
            },
            remove: { id in
                for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path(id) + suffix) }
            })
    }

    /// Whether the staged rows of a plan are there.
    package func hasStaging(_ id: ID<RosterSync>, beside database: any Store, in folder: URL) async throws -> Bool {
        guard let main = database as? PostgreSQLDatabase else {
            return FileManager.default.fileExists(atPath: folder.appending(path: "\(id).sqlite").path)
        }
        return try await main.schemas(prefix: "roster \(id)").count == 1
    }

    /// Everything that a database has written: its files with their logs, or each row of each table.
    package func bytes(of database: any Store, in folder: URL) async throws -> [UInt8] {
        guard database is PostgreSQLDatabase else {
            return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
                .reduce(into: []) { $0 += try Data(contentsOf: $1) }
        }
        return try await database.read { connection in
            let text: String? = try connection.value(
                "SELECT database_to_xml(true, false, '')::text AS value")
            return Array((text ?? "").utf8)
        }
    }

    /// The same database as several servers have it, each with lines of its own; the embedded one belongs to one process.
    package static func servers(_ count: Int, on database: any Store) -> [any Store] {
        guard let database = database as? PostgreSQLDatabase else { return [database] }
        return (0..<count).map { _ in PostgreSQLDatabase(database.address, connections: 8) }
    }

    /// Closes a database of a test and throws it away, where its folder does not hold it.
    package static func discard(_ database: any Store) async throws {
        try database.close()
        if let database = database as? PostgreSQLDatabase { try await TestPostgreSQL.shared.drop(database) }
    }
}
