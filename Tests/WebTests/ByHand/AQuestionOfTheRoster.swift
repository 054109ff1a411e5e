import Core
import Storage
import TestSupport
import Testing

@Suite struct AQuestionOfTheRoster {
    private let plan: ID<RosterSync> = Cast.id(60)
    private let match: ID<PersonMatch> = Cast.id(61)

    /// Zoë by hand, and a row of a roster with her number.
    private func ask(_ school: Schoolhouse, _ office: Visitor) async throws -> ID<Account> {
        let zoe = try await school.addZoe(office)
        try await school.write { connection in
            try connection.execute(
                """
                INSERT INTO roster_plan (id, source, file_name, made_at, state)
                VALUES (\(plan), 'roster', 'spring.zip', 5, 'applied')
                """)
            try connection.execute(
                """
                INSERT INTO person_match (id, source, source_id, account_id, plan_id, given_name, family_name, username,
                  number, schools, trackers)
                VALUES (\(match), 'roster', 's-9', \(zoe), \(plan), 'Zoe <b>', 'Lundgren', 'zlundgren', '1234',
                  'Alder Creek Elementary', 'Homeroom 4B')
                """)
            try connection.execute(
                "INSERT INTO person_match_school (match_id, school_id) VALUES (\(match), \(Cast.alder))")
        }
        return zoe
    }

    @Test func `shows both persons side by side, on the plan's page and among all questions`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            #expect(try await ruth.text(of: "/admin/same-person").contains("Nothing is left to answer."))
            _ = try await ask(school, ruth)
            for path in ["/admin/same-person", "/admin/roster-syncs/\(plan)"] {
                let page = try await ruth.get(path)
                for word in ["Zoë Lund", "Zoe <b> Lundgren", "zoe.l", "zlundgren", "Same person", "Two persons"] {
                    #expect(page.text.contains(word), "\(path): \(word)")
                }
                #expect(page.text.contains("1 row of the roster may be somebody who is here already."))
            }
            #expect(try await ruth.text(of: "/admin/roster-syncs").contains("Look and answer"))
        }
    }

    @Test func `is answered once: the second reads who was first`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let zoe = try await ask(school, ruth)
            let path = "/admin/same-person/\(match)"
            for _ in 0..<2 {
                let answer = try await ruth.post(
                    path, ["act": "x", "answer": "same", "return": "/admin/roster-syncs/\(plan)"])
                #expect(answer.location == "/admin/roster-syncs/\(plan)")
            }
            let late = try await ruth.post(path, ["act": "x", "answer": "two", "return": "https://elsewhere.example/"])
            #expect(late.status == 409)
            #expect(late.text.contains("Ruth Okoye has answered already: the same person."))
            #expect(
                try await school.count("SELECT count(*) AS value FROM account_source WHERE account_id = \(zoe)") == 1)
            #expect(try await ruth.text(of: "/admin/students/\(zoe)").contains("zlundgren"))
            #expect(try await school.visitor().signIn("zlundgren", "wrong").status != 500)
            #expect(
                try await ruth.text(of: "/admin/audit").contains("said that a row of the roster is the same person"))
        }
    }

    @Test func `is answered by an administrator of its school, from the Overview or the Staff page`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let zoe = try await ask(school, ruth)
            let gray = try await school.scopedAdministrator()
            for path in ["/admin", "/admin/staff"] {
                let page = try await gray.get(path)
                #expect(page.text.contains("1 row of the roster may be somebody who is here already."), "\(path)")
                #expect(page.body.contains(#"href="/admin/same-person""#), "\(path)")
            }
            let page = try await gray.get("/admin/same-person")
            #expect(
                page.text.contains("Zoe <b> Lundgren") && !page.body.contains(#"trail"><a href="/admin/roster-syncs"#))
            let answer = try await gray.post("/admin/same-person/\(match)", ["act": "x", "answer": "same"])
            #expect(answer.location == "/admin/same-person")
            #expect(
                try await school.count("SELECT count(*) AS value FROM account_source WHERE account_id = \(zoe)") == 1)
            #expect(try await gray.text(of: "/admin/same-person").contains("Nothing is left to answer."))
        }
    }

    @Test(arguments: ["elsewhere", "row", "person", "unknown"])
    func `is not found where row or person reach beyond`(_ what: String) async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let zoe = try await ask(school, ruth)
            if what == "elsewhere" {
                try await school.makeAdministrator(Cast.dov, of: Cast.birch)
            } else {
                try await school.makeAdministrator(Cast.gray, of: Cast.alder)
            }
            try await school.write { connection in
                switch what {
                case "row":
                    try connection.execute(
                        "INSERT INTO person_match_school (match_id, school_id) VALUES (\(match), \(Cast.birch))")
                case "person":
                    try connection.execute(
                        "INSERT INTO membership (account_id, school_id) VALUES (\(zoe), \(Cast.birch))")
                case "unknown": try connection.execute("DELETE FROM person_match_school")
                default: break
                }
            }
            let other = try await school.visitor(signedInAs: what == "elsewhere" ? Cast.dov : Cast.gray)
            let page = try await other.text(of: "/admin/same-person")
            #expect(page.contains("Nothing is left to answer.") && !page.contains("Zo"))
            #expect(try await !other.text(of: "/admin").contains("may be somebody"))
            #expect(try await other.post("/admin/same-person/\(match)", ["answer": "same"]).status == 404)
            #expect(try await school.count("SELECT count(*) AS value FROM person_match WHERE answer IS NULL") == 1)
            #expect(try await ruth.text(of: "/admin/same-person").contains("Lundgren"))
        }
    }

    @Test func `is for administrators, and has an answer that it knows`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            _ = try await ask(school, ruth)
            let gray = try await school.visitor(signedInAs: Cast.gray)
            #expect(try await gray.get("/admin/same-person").status == 403)
            #expect(try await gray.post("/admin/same-person/\(match)", ["answer": "same"]).status == 403)
            #expect(try await ruth.post("/admin/same-person/\(match)", ["answer": "both"]).status == 400)
            #expect(
                try await ruth.post("/admin/same-person/\(Cast.id(99) as ID<PersonMatch>)", ["answer": "two"]).status
                    == 404)
            #expect(try await school.count("SELECT count(*) AS value FROM person_match WHERE answer IS NULL") == 1)
        }
    }
}
