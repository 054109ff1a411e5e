import Foundation
import Storage
import TestSupport
import Testing

/// Every database that FirstBell keeps its rows in. A test written against `Backend` runs on each that is there.
struct Backend: Sendable, CustomTestStringConvertible {
    static let all = TestStore.available.map(Backend.init)

    let store: TestStore
    var testDescription: String { store.rawValue }

    func withDatabase(_ body: (any Store) async throws -> Void) async throws {
        try await withBlankDatabase { database in
            try await database.migrate([Migration(number: 1, name: "0001-links", script: Self.schema)], now: 0)
            try await body(database)
        }
    }

    func withBlankDatabase(_ body: (any Store) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let database = try await store.blank(in: folder)
        do { try await body(database) } catch {
            try await TestStore.discard(database)
            throw error
        }
        try await TestStore.discard(database)
    }

    private static let schema = """
        CREATE TABLE link (
            id TEXT PRIMARY KEY,
            student_id TEXT NOT NULL,
            used_at BIGINT,
            claimed_at BIGINT,
            note TEXT,
            urgent BOOLEAN NOT NULL DEFAULT FALSE CHECK (urgent IN (TRUE, FALSE))
        );
        """
}

/// A row of the tests' own table.
struct Link: Record, Equatable {
    let id: String
    let student: String
    let note: String?
    let urgent: Bool

    init(row: any Row) throws {
        id = try row["id"]
        student = try row["student_id"]
        note = try row["note"]
        urgent = try row["urgent"]
    }
}

extension Connection {
    func addLink(_ id: String, student: String = "ben", note: String? = nil, urgent: Bool = false) throws {
        try execute(
            "INSERT INTO link (id, student_id, note, urgent) VALUES (\(id), \(student), \(note), \(urgent))")
    }

    func useLink(_ id: String, at now: Int) throws -> Link? {
        try fetchOne(
            """
            UPDATE link SET used_at = \(now) WHERE id = \(id) AND used_at IS NULL RETURNING id, student_id, note, urgent
            """)
    }

    func claimLinks(_ limit: Int, at now: Int) throws -> [Link] {
        try fetchAll(
            """
            UPDATE link SET claimed_at = \(now)
            WHERE id IN (SELECT id FROM link WHERE claimed_at IS NULL ORDER BY id LIMIT \(limit) \(SQL.skipLocked))
            RETURNING id, student_id, note, urgent
            """)
    }
}
