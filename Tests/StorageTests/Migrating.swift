import Foundation
import Storage
import Testing

@Suite struct Migrating {
    private let first = Migration(number: 1, name: "0001-a", script: "CREATE TABLE a (id TEXT PRIMARY KEY)")
    private let second = Migration(number: 2, name: "0002-b", script: "CREATE TABLE b (id TEXT PRIMARY KEY)")

    @Test(arguments: Backend.all)
    func `adds what is new and leaves what is done`(backend: Backend) async throws {
        try await backend.withBlankDatabase { database in
            try await database.migrate([first], now: 1)
            try await database.write { try $0.execute("INSERT INTO a (id) VALUES ('kept')") }
            try await database.migrate([first, second], now: 2)
            let kept = try await database.read {
                try $0.exists("SELECT 1 AS value FROM a CROSS JOIN (SELECT count(*) FROM b) counted")
            }
            #expect(kept)
        }
    }

    @Test(arguments: Backend.all)
    func `refuses a database of a newer program`(backend: Backend) async throws {
        try await backend.withBlankDatabase { database in
            try await database.migrate([first, second], now: 1)
            await #expect(throws: MigrationRefused.newer(found: 2, known: 1)) {
                try await database.migrate([first], now: 2)
            }
        }
    }

    @Test(arguments: Backend.all)
    func `leaves the schema as it was when a step fails`(backend: Backend) async throws {
        try await backend.withBlankDatabase { database in
            let broken = Migration(
                number: 2, name: "0002-b", script: "CREATE TABLE b (id TEXT); CREATE TABLE a (id TEXT)")
            await #expect(throws: StorageError.self) { try await database.migrate([first, broken], now: 1) }
            await #expect(throws: StorageError.self) {
                try await database.read { try $0.exists("SELECT 1 AS value FROM b") }
            }
            try await database.migrate([first, second], now: 2)
        }
    }

    @Test func `finds a number that is missing`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for name in ["0001-a.sql", "0003-c.sql"] { try Data("SELECT 1".utf8).write(to: folder.appending(path: name)) }
        #expect(throws: MigrationRefused.gap(["0001-a", "0003-c"])) { try Migration.all(in: folder) }
    }
}
