import Core
import Storage
import TestSupport
import Testing

@Suite struct TheTables {
    @Test(arguments: Backend.all)
    func `are all that the schema's steps make`(backend: Backend) async throws {
        try await backend.withSchema { database in
            let found = try await database.read { try $0.tables() }
            #expect(Set(found.map(\.name)) == (try Self.made().union(["migration"])))
            #expect(found.count == Set(found.map(\.name)).count)
        }
    }

    @Test func `are the same on both databases`() async throws {
        var shapes: [[TableShape]] = []
        for backend in Backend.all {
            try await backend.withSchema { database in
                shapes.append(try await database.read { try $0.tables() }.sorted { $0.name < $1.name })
            }
        }
        for shape in shapes.dropFirst() { #expect(shape == shapes[0]) }
    }

    @Test(arguments: Backend.all)
    func `come with what is written, parents before children`(backend: Backend) async throws {
        try await backend.withSchema { database in
            let tables = try await database.read { try $0.tables() }
            let account = try #require(tables.first { $0.name == "account" })
            #expect(!account.columns.contains { ["state", "state_ends_at"].contains($0.name) })
            #expect(account.columns.contains(TableColumn(name: "seen_at", type: .bigint)))
            #expect(account.columns.contains(TableColumn(name: "address_is_bad", type: .boolean)))
            #expect(account.parents == ["school"])
            let enrollment = try #require(tables.first { $0.name == "enrollment" })
            #expect(enrollment.key.map(\.name) == ["tracker_id", "account_id", "role"])
            for (index, table) in tables.enumerated() {
                #expect(table.parents.isSubset(of: Set(tables[...index].map(\.name))), "\(table.name)")
            }
        }
    }

    @Test(arguments: Backend.all)
    func `give their rows batch by batch in the order of the key, each once and as it is`(backend: Backend) async throws
    {
        try await backend.withDatabase { database in
            let notes = [
                "tab\there", "line\nbreak\r\n", "back\\slash \\N", "\"quoted\" 'too'", "\u{1F514} é e\u{301}", "",
            ]
            let ids = ["a", "B", "é", "ä", "_", "10", "9", "\u{1F514}", "z z", "Z"]
            try await database.write { connection in
                for (index, id) in ids.enumerated() {
                    try connection.addLink(id, note: index < notes.count ? notes[index] : nil, urgent: index % 2 == 0)
                }
            }
            let table = try #require(try await database.read { try $0.tables() }.first { $0.name == "link" })
            var (last, all): ([SQLValue]?, [SQLValue]) = (nil, [])
            while true {
                let key = last
                let batch = try await database.read { try $0.rows(of: table, after: key, limit: 3) }
                guard batch.count > 0 else { break }
                all += batch.values
                last = table.key(ofLast: batch)
            }
            let expected = ids.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
            let width = table.columns.count
            #expect(stride(from: 0, to: all.count, by: width).map { all[$0] } == expected.map(SQLValue.text))
            #expect(try await database.read { try $0.lastKey(of: table) } == expected.last.map { [.text($0)] })
            var copied = BulkRows(columns: width)
            copied.add(all)
            let rows = copied
            try await database.write { connection in
                try connection.deleteAll(from: table)
                try connection.append(rows, to: table)
            }
            #expect(try await database.read { try $0.rows(of: table, after: nil, limit: 100) }.values == all)
        }
    }

    @Test(arguments: Backend.all)
    func `say where a text has a zero character`(backend: Backend) async throws {
        try await backend.withDatabase { database in
            try await database.write { try $0.addLink("1", note: "fine") }
            let table = try #require(try await database.read { try $0.tables() }.first { $0.name == "link" })
            #expect(try await database.read { try $0.textWithZero(in: table) } == nil)
            guard backend.store == .sqlite else { return }
            try await database.write { try $0.execute("UPDATE link SET note = 'a' || char(0) || 'b'") }
            let found = try #require(try await database.read { try $0.textWithZero(in: table) })
            #expect(found.column == "note" && found.key == "1")
        }
    }

    /// What the steps of the schema make, read from their words.
    private static func made() throws -> Set<String> {
        var names: Set<String> = []
        let pattern = /(?m)^(?:CREATE TABLE (\w+)|DROP TABLE (\w+)|ALTER TABLE (\w+) RENAME TO (\w+))/
        for match in try Schema.migrations().map(\.script).joined(separator: "\n").matches(of: pattern) {
            for name in [match.output.2, match.output.3].compactMap(\.self) { names.remove(String(name)) }
            for name in [match.output.1, match.output.4].compactMap(\.self) { names.insert(String(name)) }
        }
        return names
    }
}

extension Backend {
    fileprivate func withSchema(_ body: (any Store) async throws -> Void) async throws {
        try await withBlankDatabase { database in
            try await database.migrate(Schema.migrations(), now: 0)
            try await body(database)
        }
    }
}
