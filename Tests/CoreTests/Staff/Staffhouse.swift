import Core
import Storage

/// People on the staff of a small district, for tests of who may do what.
extension Staffroom {
    /// Somebody on the staff of these schools; `administers` nil for a teacher, empty for the district.
    func member(
        _ name: String, in schools: [ID<School>] = [], administers: [ID<School>]? = nil, isActive: Bool = true
    ) async throws -> ID<Account> {
        let id = ID<Account>.new(at: now)
        let now = now
        try await write { connection in
            for school in schools + (administers ?? []) {
                try connection.execute(
                    "INSERT INTO school (id, name) VALUES (\(school), 'S') ON CONFLICT (id) DO NOTHING")
            }
            try connection.execute(
                """
                INSERT INTO account (id, kind, origin, username, given_name, family_name, sort_name, password_hash,
                  active_at)
                VALUES (\(id), 'staff', 'hand', \(name.lowercased()), \(name), 'Ott',
                  \(SortName.key(family: "Ott", given: name)), \(isActive ? "hash" : nil), \(isActive ? now : nil))
                """)
            for school in schools {
                try connection.execute("INSERT INTO membership (account_id, school_id) VALUES (\(id), \(school))")
            }
            guard let administers else { return }
            try connection.execute(
                """
                INSERT INTO administrator (account_id, scope)
                VALUES (\(id), \(administers.isEmpty ? "district" : "schools"))
                """)
            for school in administers {
                try connection.execute(
                    "INSERT INTO administrator_school (account_id, school_id) VALUES (\(id), \(school))")
            }
        }
        return id
    }

    func district(_ id: ID<Account>) -> Administrator { Administrator(id: id, hasDistrict: true) }

    func value(_ sql: SQL) async throws -> Int { try await read { try $0.value(sql) ?? 0 } }

    /// How many administer the whole district and can sign in.
    func activeDistrictAdministrators() async throws -> Int {
        try await value(
            """
            SELECT count(*) AS value FROM administrator r JOIN account a ON a.id = r.account_id
            WHERE r.scope = 'district' AND a.active_at IS NOT NULL AND a.suspended_at IS NULL
            """)
    }
}
