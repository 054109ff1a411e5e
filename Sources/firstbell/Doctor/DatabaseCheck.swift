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
        /// Keys without which something that works, or is kept, is lost.
        var keysNeeded: Set<KeyID> = []
        /// When a mail last came back.
        var lastBounce: Timestamp?
        /// What left in the last 24 hours; nil where nobody can tell.
        var volume: MailVolume?
    }

    func run(at now: Timestamp) async -> Result {
        guard FileManager.default.fileExists(atPath: path) else {
            return Result(findings: [Finding("database", .note, "\(path) is not there yet; the first start makes it.")])
        }
        do {
            let look = try SQLiteLook(path: path)
            defer { try? look.close() }
            let done = try await look.migrationsDone()
            var result = Result(findings: [
                try await damage(look),
                .schema(done: done, known: stepsKnown, next: "the next start makes a copy and brings it up."),
                try await journal(look),
            ])
            if done > 0 {
                result.keysNeeded = try await look.read { try $0.keysNeeded(at: now) }
                result.findings += try await look.read { try $0.copyFindings() }
                result.lastBounce = try await look.read { try $0.lastBounce() }
                if done == stepsKnown { result.volume = try await look.read { try $0.mailVolume(at: now) } }
            }
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
}

extension Finding {
    /// How far the schema of a database is, and what the next start does about it.
    static func schema(done: Int, known: Int?, next: String) -> Finding {
        guard let known else { return Finding("schema", .note, "The database is at step \(done).") }
        if done > known {
            return Finding(
                "schema", .wrong,
                "The database is at step \(done), this FirstBell knows \(known). Run the newer version.")
        }
        if done < known {
            return Finding("schema", .note, "The database is at step \(done) of \(known); \(next)")
        }
        return Finding("schema", .good, "The database is at step \(done) of \(known).")
    }
}

extension Connection {
    /// Keys that links and temporary passwords which still work were made with, and what is kept sealed.
    func keysNeeded(at now: Timestamp) throws -> Set<KeyID> {
        let there = Set(try tables().map(\.name))
        let sealed: [(table: String, keys: SQL)] = [
            ("kept_roster_part", "SELECT DISTINCT key_id FROM kept_roster_part"),
            ("list_draft", "SELECT key_id FROM list_draft"),
            ("roster_service", "SELECT key_id FROM roster_service"),
        ]
        let works: SQL = """
            SELECT key_id FROM credential WHERE ended_at IS NULL AND ends_at > \(now)
            UNION SELECT key_id FROM activation_link WHERE voided_at IS NULL AND ends_at > \(now)
            """
        let queries = [works] + sealed.filter { there.contains($0.table) }.map(\.keys)
        return Set(try queries.flatMap { try rows($0).map { try $0["key_id"] } })
    }

    /// Whether the district is wholly here: empty when nothing was ever copied.
    func copyFindings() throws -> [Finding] {
        guard try tables().contains(where: { $0.name == "database_copy" }), let mark = try copyMark() else { return [] }
        return CopyRefused.of(mark).map { [Finding("copy", .wrong, $0.inWords)] } ?? []
    }
}
