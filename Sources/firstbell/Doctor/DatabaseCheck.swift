import Core
import Foundation
import Storage
import StorageSQLite

/// Can the database be opened, is it whole, and of which version is it? Only reads, so that a server may run meanwhile.
struct DatabaseCheck {
    let path: String
    /// Steps of the schema that this program knows; nil without its resources.
    let stepsKnown: Int?

    struct Result {
        var findings: [Finding] = []
        /// Keys that links and temporary passwords which still work were made with.
        var keysNeeded: Set<KeyID> = []
    }

    func run(at now: Timestamp) async -> Result {
        guard FileManager.default.fileExists(atPath: path) else {
            return Result(findings: [Finding("database", .note, "\(path) is not there yet; the first start makes it.")])
        }
        do {
            let look = try SQLiteLook(path: path)
            defer { try? look.close() }
            var result = Result(findings: [try await damage(look), try await schema(look), try await journal(look)])
            if try await look.migrationsDone() > 0 { result.keysNeeded = try await keys(look, at: now) }
            return result
        } catch {
            return Result(findings: [
                Finding(
                    "database", .wrong, "\(path) cannot be read: \(error). Restore it from a backup if it is broken.")
            ])
        }
    }

    private func damage(_ look: SQLiteLook) async throws -> Finding {
        let damage = try await look.damage()
        guard let first = damage.first else { return Finding("database", .good, "\(path) opens and is whole.") }
        return Finding(
            "database", .wrong,
            "\(path) is damaged: \(first). Stop the server, keep the file, and restore the newest backup that is whole."
        )
    }

    private func schema(_ look: SQLiteLook) async throws -> Finding {
        let done = try await look.migrationsDone()
        guard let known = stepsKnown else { return Finding("schema", .note, "The database is at step \(done).") }
        if done > known {
            return Finding(
                "schema", .wrong,
                "The database is at step \(done), this FirstBell knows \(known). Run the newer version.")
        }
        if done < known {
            return Finding(
                "schema", .note,
                "The database is at step \(done) of \(known); the next start makes a copy and brings it up.")
        }
        return Finding("schema", .good, "The database is at step \(done) of \(known).")
    }

    private func journal(_ look: SQLiteLook) async throws -> Finding {
        let mode = try await look.journalMode()
        guard mode == "wal" else {
            return Finding(
                "journal", .note,
                "The journal is \(mode), not wal: the file was copied by hand. The next start sets it.")
        }
        return Finding(
            "journal", .good, "The journal is wal; every start insists on synchronous=FULL and secure_delete.")
    }

    private func keys(_ look: SQLiteLook, at now: Timestamp) async throws -> Set<KeyID> {
        try await look.read { connection in
            let rows = try connection.rows(
                """
                SELECT key_id FROM credential WHERE ended_at IS NULL AND ends_at > \(now)
                UNION SELECT key_id FROM activation_link WHERE voided_at IS NULL AND ends_at > \(now)
                """)
            return Set(try rows.map { try $0["key_id"] })
        }
    }
}
