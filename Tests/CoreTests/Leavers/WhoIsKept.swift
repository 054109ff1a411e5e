import Storage
import TestSupport
import Testing

@testable import Core

/// Of whom nothing is erased, however long ago they left.
@Suite struct WhoIsKept {
    /// Ben left long ago, and something else is true of him.
    private func isErased(_ fact: SQL...) async throws -> Bool {
        try await isErased { school in
            for sql in fact { try await school.write { try $0.execute(sql) } }
        }
    }

    private func isErased(_ prepare: @Sendable (Schoolhouse) async throws -> Void) async throws -> Bool {
        let result = Result()
        try await Schoolhouse.open { school in
            try await school.setRule()
            try await school.leave(Cast.ben, days: 401)
            try await prepare(school)
            let now = school.clock.now
            let erasure = ID<Erasure>.new(at: now)
            try await school.write { connection in
                try connection.execute(
                    """
                    INSERT INTO erasure (id, act_id, made_by, made_at, left_until, expected)
                    VALUES (\(erasure), 'act', \(Cast.ruth.id), \(now), \(now - .days(400)), 1)
                    """)
                // As if it had become true since Ben was found: the statement that erases has the last word.
                _ = try connection.erase([Cast.ben.id], in: erasure, limit: 1, mint: IDMint(at: now), at: now)
            }
            let atOnce = try await school.isErased(Cast.ben)
            try await school.erasures.resumeUnfinished()
            #expect(try await school.count("SELECT count(*) AS value FROM erasure WHERE ended_at IS NULL") == 0)
            result.isErased = try await school.isErased(Cast.ben)
            #expect(result.isErased == atOnce)
            let erased = try await school.count("SELECT erased AS value FROM erasure")
            #expect(erased == (result.isErased ? 1 : 0))
            #expect(
                try await school.count("SELECT count(*) AS value FROM audit WHERE act = 'person-erased'") == erased)
        }
        return result.isErased
    }

    @Test func `is nobody of whom none of this is true`() async throws {
        #expect(try await isErased())
    }

    @Test func `is an administrator`() async throws {
        #expect(
            try await !isErased("INSERT INTO administrator (account_id, scope) VALUES (\(Cast.ben.id), 'schools')"))
    }

    @Test func `is somebody made by hand`() async throws {
        #expect(try await !isErased("UPDATE account SET origin = 'hand' WHERE id = \(Cast.ben.id)"))
    }

    @Test func `is somebody with an address or a username that a person has given`() async throws {
        #expect(try await !isErased("UPDATE account SET address_is_pinned = TRUE WHERE id = \(Cast.ben.id)"))
        #expect(try await !isErased("UPDATE account SET username_is_pinned = TRUE WHERE id = \(Cast.ben.id)"))
    }

    @Test func `is somebody who is back, disabled by the roster, or suspended by a person`() async throws {
        let back: SQL = "UPDATE account SET suspended_at = NULL, suspended_for = NULL WHERE id = \(Cast.ben.id)"
        #expect(try await !isErased(back))
        for reason in ["disabled", "hand"] {
            #expect(try await !isErased("UPDATE account SET suspended_for = \(reason) WHERE id = \(Cast.ben.id)"))
        }
        #expect(
            try await !isErased { school in
                try await school.write { try $0.execute(back) }
                try await school.suspend(Cast.ben)
            }, "who left anew has the whole time before them")
    }

    @Test func `is somebody about whom a question is open, or to whom a mail is leaving`() async throws {
        #expect(
            try await !isErased { school in
                try await school.write { connection in
                    try connection.execute(
                        "INSERT INTO roster_plan (id, source, file_name, made_at, state) VALUES ('p', 'roster', 'f', 1, 'applied')"
                    )
                    try connection.execute(
                        """
                        INSERT INTO person_match (id, source, source_id, account_id, plan_id, given_name, family_name, schools,
                          trackers) VALUES ('m', 'roster', 's', \(Cast.ben.id), 'p', 'Ben', 'Ames', '', '')
                        """)
                }
            })
        #expect(
            try await !isErased(
                """
                INSERT INTO mail (id, kind, account_id, state, state_at, priority, due_at, language)
                VALUES ('m', 'renewal', \(Cast.ben.id), 'in_data', 1, 0, 1, 'en')
                """))
    }

    /// An answer that leaves a school's closure.
    private final class Result: @unchecked Sendable { var isErased = false }
}
