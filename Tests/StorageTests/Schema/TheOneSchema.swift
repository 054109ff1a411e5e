import Core
import Foundation
import Storage
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10)), .enabled(if: Detour.isThere)) struct TheOneSchema {
    enum Part: CaseIterable { case tables, staging }

    private func withPictures(
        of part: Part, changing change: SQL? = nil, _ body: (SchemaPicture, SchemaPicture) throws -> Void
    ) async throws {
        try await Backend(store: .sqlite).withBlankDatabase { sqlite in
            try await Backend(store: .postgresql).withBlankDatabase { postgreSQL in
                let migrations = part == .tables ? try Schema.migrations() : try Schema.staging()
                for store in [sqlite, postgreSQL] { try await store.migrate(migrations, now: 0) }
                if let change { try await postgreSQL.write { _ = try $0.execute(change) } }
                try body(
                    try await sqlite.read { try SchemaPicture(sqlite: $0) },
                    try await postgreSQL.read { try SchemaPicture(postgreSQL: $0) })
            }
        }
    }

    @Test(arguments: Part.allCases)
    func `is the same on both databases, column by column`(part: Part) async throws {
        try await withPictures(of: part) { sqlite, postgreSQL in
            #expect(sqlite.differences(to: postgreSQL) == [])
            #expect(sqlite == postgreSQL)
            #expect(sqlite.tables.count > (part == .tables ? 30 : 5))
            let types = Set(postgreSQL.tables.values.flatMap { $0.columns.values.map(\.type) })
            #expect(types.isSubset(of: ["TEXT", "BIGINT", "BOOLEAN"]))
        }
    }

    /// What somebody might change on one database alone, and where the comparison finds it.
    static let changes: [(change: SQL, found: String)] = [
        ("CREATE TABLE extra (id TEXT PRIMARY KEY)", "extra: in one only"),
        ("ALTER TABLE account ADD COLUMN extra TEXT", "account.extra: none / "),
        ("ALTER TABLE account ALTER COLUMN number TYPE BIGINT USING NULL", "account.number: "),
        ("ALTER TABLE account ALTER COLUMN number SET NOT NULL", "account.number: "),
        ("ALTER TABLE account ALTER COLUMN generation SET DEFAULT 1", "account.generation: "),
        ("ALTER TABLE account ALTER COLUMN address_is_bad SET DEFAULT TRUE", "account.address_is_bad: "),
        ("ALTER TABLE account ALTER COLUMN state DROP EXPRESSION", "account.state: "),
        ("ALTER TABLE mailing DROP CONSTRAINT mailing_act_id_key", "mailing: "),
        ("ALTER TABLE mailing_skip DROP CONSTRAINT mailing_skip_pkey", "mailing_skip: "),
        ("ALTER TABLE session DROP CONSTRAINT session_account_id_fkey", "session: "),
        ("ALTER TABLE account DROP CONSTRAINT account_kind_check", "account: "),
        ("DROP INDEX mail_by_account", "mail_by_account: "),
        ("ALTER INDEX mail_due RENAME TO mail_past", "mail_due: "),
    ]

    @Test(arguments: changes.indices) func `is seen to differ when one database is changed alone`(number: Int)
        async throws
    {
        let (change, found) = Self.changes[number]
        try await withPictures(of: .tables, changing: change) { sqlite, postgreSQL in
            let differences = sqlite.differences(to: postgreSQL)
            #expect(differences.contains { $0.hasPrefix(found) }, "\(differences)")
        }
    }
}
