import Foundation
import Storage
import Testing

@Suite struct TheStore {
    @Test(arguments: Backend.all)
    func `gives each value back as it was bound, whatever stands in it`(backend: Backend) async throws {
        try await backend.withDatabase { database in
            let nasty = "O'Brien'; DROP TABLE link; -- \u{0301}é\r\n$1"
            try await database.write {
                try $0.addLink("1", student: nasty, note: "né", urgent: true)
                try $0.addLink("2")
            }
            let links: [Link] = try await database.read {
                try $0.fetchAll("SELECT * FROM link ORDER BY id")
            }
            #expect(links.map(\.student) == [nasty, "ben"])
            #expect(links.map(\.note) == ["né", nil])
            #expect(links.map(\.urgent) == [true, false])
        }
    }

    @Test(arguments: Backend.all)
    func `lets exactly one of 64 use a link`(backend: Backend) async throws {
        try await backend.withDatabase { database in
            try await database.write { try $0.addLink("1") }
            let winners = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<64 {
                    group.addTask { try await database.write { try $0.useLink("1", at: 10) != nil } }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(winners == 1)
        }
    }

    @Test(arguments: Backend.all)
    func `hands a row to one worker only`(backend: Backend) async throws {
        try await backend.withDatabase { database in
            try await database.write { connection in
                for number in 0..<100 { try connection.addLink("\(number)") }
            }
            let claimed = try await withThrowingTaskGroup(of: [String].self) { group in
                for _ in 0..<10 {
                    group.addTask { try await database.write { try $0.claimLinks(10, at: 1) }.map(\.id) }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(claimed.count == 100)
            #expect(Set(claimed).count == 100)
        }
    }

    @Test(arguments: Backend.all)
    func `leaves nothing behind when a write fails`(backend: Backend) async throws {
        struct Stop: Error {}
        try await backend.withDatabase { database in
            await #expect(throws: Stop.self) {
                try await database.write { connection in
                    try connection.addLink("1")
                    throw Stop()
                }
            }
            let found = try await database.read { try $0.exists("SELECT 1 AS value FROM link") }
            #expect(!found)
        }
    }

    @Test(arguments: Backend.all)
    func `does not write inside a read`(backend: Backend) async throws {
        try await backend.withDatabase { database in
            await #expect(throws: StorageError.self) { try await database.read { try $0.addLink("1") } }
        }
    }

    @Test(arguments: Backend.all)
    func `names a broken uniqueness rule`(backend: Backend) async throws {
        try await backend.withDatabase { database in
            try await database.write { try $0.addLink("1") }
            await #expect {
                try await database.write { try $0.addLink("1") }
            } throws: { error in
                guard case StorageError.notUnique(let constraint) = error else { return false }
                return constraint.contains("link.id")
            }
        }
    }

    @Test(arguments: Backend.all)
    func `says which column is missing or null`(backend: Backend) async throws {
        try await backend.withDatabase { database in
            try await database.write { try $0.addLink("1") }
            await #expect(throws: MissingColumn("nothing")) {
                try await database.read { try $0.rows("SELECT id FROM link").first?.text("nothing") }
            }
            await #expect(throws: MissingColumn("note")) {
                let note: String? = try await database.read { connection in
                    let value: String? = try connection.rows("SELECT note FROM link").first.map {
                        try $0["note"] as String
                    }
                    return value
                }
                _ = note
            }
        }
    }

    @Test(arguments: Backend.all)
    func `matches nothing with an empty list, and everything named with a full one`(backend: Backend) async throws {
        try await backend.withDatabase { database in
            try await database.write { connection in
                for id in ["a", "b", "c"] { try connection.addLink(id) }
            }
            let found: (none: [Link], two: [Link]) = try await database.read { connection in
                (
                    try connection.fetchAll("SELECT * FROM link WHERE id IN \(SQL.list([String]()))"),
                    try connection.fetchAll("SELECT * FROM link WHERE id IN \(SQL.list(["a", "c"])) ORDER BY id")
                )
            }
            #expect(found.none.isEmpty)
            #expect(found.two.map(\.id) == ["a", "c"])
        }
    }
}
