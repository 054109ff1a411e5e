import Core
import Storage
import TestSupport
import Testing

@Suite struct Resetting {
    /// An administrator of Alder Creek alone.
    private func principal(_ school: Schoolhouse) async throws -> Administrator {
        try await school.write { connection in
            try connection.execute(
                "INSERT INTO administrator (account_id, scope) VALUES (\(Cast.gray.id), 'schools')")
            try connection.execute(
                """
                INSERT INTO administrator_school (account_id, school_id) VALUES (\(Cast.gray.id), \(Cast.alder))
                """)
        }
        return Administrator(id: Cast.gray.id, hasDistrict: false)
    }

    private func reset(
        _ member: Member, by administrator: Administrator, _ school: Schoolhouse
    ) async throws -> Bool {
        let now = school.clock.now
        return try await school.write {
            let seen = try $0.generation(of: member.id)
            return try $0.resetPassword(
                of: member.id, seen: seen, within: administrator, entry: .new(at: now), at: now) == .done
        }
    }

    @Test func `reaches as far as the administrator's scope, and not above it`() async throws {
        try await Schoolhouse.open { school in
            let principal = try await principal(school)
            let ruth = Administrator(id: Cast.ruth.id, hasDistrict: true)
            let tries: [(Member, Administrator, Bool)] = [
                (Cast.cleo, principal, true), (Cast.ada, principal, true), (Cast.dov, principal, false),
                (Cast.hal, principal, false), (Cast.ruth, principal, false), (Cast.gray, principal, false),
                (Cast.dov, ruth, true), (Cast.ruth, ruth, false),
            ]
            for (member, administrator, isDone) in tries {
                let done = try await reset(member, by: administrator, school)
                #expect(done == isDone, "\(member.given)")
            }
            let left = try await school.read { connection in
                try connection.rows("SELECT username FROM account WHERE active_at IS NOT NULL ORDER BY username")
                    .map { try $0.text("username") ?? "" }
            }
            #expect(left == ["gwen.gray", "ruth.okoye"])
        }
    }

    @Test func `takes every way in away and leaves the history`() async throws {
        try await Schoolhouse.open { school in
            let ruth = Administrator(id: Cast.ruth.id, hasDistrict: true)
            let visitor = try await school.visitor(signedInAs: Cast.cleo)
            let link = try await school.mailedLink(to: Cast.cleo)
            _ = try await reset(Cast.cleo, by: ruth, school)
            let page = try await visitor.get("/home")
            #expect(page.status == 303)
            let dead = try await school.visitor().get(link)
            #expect(dead.status == 404)
            let now = school.clock.now
            let state: String? = try await school.read { connection in
                try connection.value(
                    "SELECT \(StudentState.sql(at: now)) AS value FROM account a WHERE a.id = \(Cast.cleo.id)")
            }
            #expect(state == "notMailed")
            #expect(
                try await school.count(
                    "SELECT count(*) AS value FROM account WHERE id = \(Cast.cleo.id) AND mail_at IS NOT NULL") == 1)
            let fresh = try await school.mailedLink(to: Cast.cleo)
            let opened = try await school.visitor().get(fresh)
            #expect(opened.status == 200)
        }
    }
}
