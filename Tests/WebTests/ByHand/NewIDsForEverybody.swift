import Core
import Storage
import TestSupport
import Testing

@Suite struct NewIDsForEverybody {
    private let plan: ID<RosterSync> = Cast.id(60)

    /// Ben and Dina of Alder have new ids; Hal's row has another name.
    private func ask(_ school: Schoolhouse) async throws {
        try await school.write { connection in
            try connection.execute(
                """
                INSERT INTO roster_plan (id, source, file_name, made_at, state)
                VALUES (\(plan), 'roster', 'new-system.zip', 5, 'applied')
                """)
            for (index, member) in [Cast.ben, Cast.dina, Cast.hal].enumerated() {
                let given = member.id == Cast.hal.id ? "Harold" : member.given
                try connection.execute(
                    """
                    INSERT INTO account_source (source, source_id, account_id)
                    VALUES ('roster', \("old-\(index)"), \(member.id))
                    """)
                try connection.execute(
                    """
                    INSERT INTO person_match (id, source, source_id, account_id, replaces, plan_id, given_name,
                      family_name, number, schools, trackers)
                    VALUES (\(Cast.id(61 + UInt8(index)) as ID<PersonMatch>), 'roster', \("new-\(index)"), \(member.id),
                      \("old-\(index)"), \(plan), \(given), \(member.family), '12', 'Alder', '')
                    """)
            }
        }
    }

    @Test func `are answered with one press where the names are the same, the others one by one`() async throws {
        try await Schoolhouse.open { school in
            try await ask(school)
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let page = try await ruth.text(of: "/admin/same-person")
            #expect(page.contains("2 of them have the same name, too, and a new id in the roster."))
            #expect(page.contains("old-2") && page.contains("new-2") && page.contains("Harold"))
            #expect(try await ruth.post("/admin/same-person/alike", ["act": "1"]).status == 303)
            #expect(
                try await school.count("SELECT count(*) AS value FROM account_source WHERE source_id LIKE 'new-%'")
                    == 2)
            #expect(try await school.count("SELECT count(*) AS value FROM person_match WHERE answer IS NULL") == 1)
            #expect(
                try await school.count("SELECT count(*) AS value FROM audit WHERE act = 'same-person'") == 2)
        }
    }

    @Test func `are no teacher's to answer`() async throws {
        try await Schoolhouse.open { school in
            try await ask(school)
            let ada = try await school.visitor(signedInAs: Cast.ada)
            #expect(try await ada.post("/admin/same-person/alike", ["act": "1"]).status == 403)
            #expect(try await school.count("SELECT count(*) AS value FROM person_match WHERE answer IS NULL") == 3)
        }
    }
}
