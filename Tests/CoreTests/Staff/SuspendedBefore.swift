import Core
import Foundation
import Storage
import StorageSQLite
import Testing

/// What the migration that keeps who suspended makes of those who were suspended before it.
@Suite struct SuspendedBefore {
    private let school = ID<School>.new(at: Timestamp(milliseconds: 1))

    private func enter(_ connection: any Connection, _ names: [String]) throws -> [String: ID<Account>] {
        var ids: [String: ID<Account>] = [:]
        for (number, name) in names.enumerated() {
            let id = ID<Account>.new(at: Timestamp(milliseconds: Int64(number)))
            ids[name] = id
            try connection.execute(
                """
                INSERT INTO account (id, kind, origin, username, given_name, family_name, sort_name, suspended_at,
                  suspended_for)
                VALUES (\(id), 'staff', 'hand', \(name), \(name), 'Ott', \(name),
                  \(name.hasPrefix("out") ? 5 : nil), \(name.hasPrefix("out") ? "hand" : nil))
                """)
        }
        return ids
    }

    private func administer(_ connection: any Connection, _ id: ID<Account>?, scope: String) throws {
        try connection.execute("INSERT INTO administrator (account_id, scope) VALUES (\(id), \(scope))")
        guard scope == "schools" else { return }
        try connection.execute(
            "INSERT INTO administrator_school (account_id, school_id) VALUES (\(id), \(school))")
    }

    @Test func `is brought back by schools only where it is certain that one of them did it`() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).sqlite").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let database = try SQLiteDatabase(path: path, durability: .none)
        let all = try Schema.migrations()
        try await database.migrate(Array(all.prefix { $0.number < 15 }), now: 0)
        let school = school
        let people = [
            "head", "raised", "chief", "out-by-head", "out-by-raised", "out-by-chief", "out-by-nobody", "out-twice",
        ]
        try await database.write { connection in
            try connection.execute("INSERT INTO school (id, name) VALUES (\(school), 'S')")
            let ids = try enter(connection, people)
            try administer(connection, ids["head"], scope: "schools")
            try administer(connection, ids["raised"], scope: "schools")
            try administer(connection, ids["chief"], scope: "district")
            for (number, (actor, subject)) in [
                ("head", "out-twice"), ("head", "out-by-head"), ("raised", "out-by-raised"), ("chief", "out-by-chief"),
                ("chief", "out-twice"),
            ].enumerated() {
                let moment = Timestamp(milliseconds: Int64(100 + number))
                try connection.record(
                    .accountSuspended, by: ids[actor], subject: ids[subject], id: .new(at: moment), at: moment)
            }
            // Was an administrator of the district then: the scope of now says nothing.
            try connection.record(
                .administratorScopeChanged, by: ids["chief"], subject: ids["raised"],
                id: .new(at: Timestamp(milliseconds: 200)), at: Timestamp(milliseconds: 200))
        }
        try await database.migrate(all, now: 1)
        let scopes = try await database.read { connection in
            try connection.rows("SELECT username, suspended_scope FROM account ORDER BY username").map {
                "\(try $0.text("username") ?? ""): \(try $0.text("suspended_scope") ?? "none")"
            }
        }
        #expect(
            scopes == [
                "chief: none", "head: none", "out-by-chief: district", "out-by-head: schools",
                "out-by-nobody: district", "out-by-raised: district", "out-twice: district", "raised: none",
            ])
        let kept = try await database.read { connection in
            try connection.rows(
                "SELECT a.username, k.school_id FROM suspension_school k JOIN account a ON a.id = k.account_id"
            ).map { "\(try $0.text("username") ?? "") \(try $0.text("school_id") ?? "")" }
        }
        #expect(kept == ["out-by-head \(school)"])
        try database.close()
    }
}
