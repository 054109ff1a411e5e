import Core
import Storage
import TestSupport
import Testing

@Suite struct TheIndexesLeftOut {
    @Test func `of a first import are made again as they were`() async throws {
        try await Staffroom.open { room in
            let before = try await room.read { try $0.indexTexts() }
            try await room.write { try $0.leaveIndexesOut() }
            #expect(try await room.read { try $0.indexTexts() }.count < before.count - 5)
            for _ in 1...2 {
                try await room.write { try $0.makeIndexesLeftOut() }
                #expect(try await room.read { try $0.indexTexts() } == before)
            }
        }
    }
}

extension Connection {
    /// The texts of the indexes that migrations make, by name, blanks closed up.
    fileprivate func indexTexts() throws -> [String: String] {
        var texts: [String: String] = [:]
        let found = try rows(
            TestStore.chosen == .sqlite
                ? "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
                : "SELECT indexname AS name, indexdef AS sql FROM pg_indexes WHERE schemaname = current_schema()")
        for row in found {
            let text: String = try row["sql"]
            texts[try row["name"]] = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
                .replacing("IF NOT EXISTS ", with: "")
        }
        return texts
    }
}
