import Core
import Storage
import TestSupport
import Testing

@Suite struct ChangingAPerson {
    /// The stamp in the form of a page.
    private func stamp(_ visitor: Visitor, _ path: String) async throws -> String {
        let body = try await visitor.get(path).body
        let mark = "name=\"stamp\" value=\""
        let start = try #require(body.firstRange(of: mark)?.upperBound)
        return String(body[start...].prefix { $0 != "\"" })
    }

    @Test func `made by hand changes name, school, number, grade and trackers`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let zoe = try await school.addZoe(ruth)
            let path = "/admin/students/\(zoe)/edit"
            let fields: KeyValuePairs = [
                "act": "\(Cast.id(91) as ID<Act>)", "stamp": try await stamp(ruth, path), "given": "Zoe",
                "family": "Berg", "number": "77", "grade": "5", "school": "\(Cast.birch)",
                "tracker": "\(Cast.class5A)",
            ]
            for _ in 0..<2 { #expect(try await ruth.post(path, fields).location == "/admin/students/\(zoe)") }
            let page = try await ruth.text(of: "/admin/students/\(zoe)")
            for word in ["Zoe Berg", "77", "Birch Hill Middle", "Homeroom 5A", "zoe.l"] { #expect(page.contains(word)) }
            #expect(!page.contains("Homeroom 4B"))
            #expect(try await school.count("SELECT count(*) AS value FROM audit WHERE act = 'person-changed'") == 1)
            #expect(try await school.count("SELECT count(*) AS value FROM membership WHERE account_id = \(zoe)") == 1)
        }
    }

    @Test func `at the same time as somebody else shows the newer values, and loses nothing typed`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let zoe = try await school.addZoe(ruth)
            let gray = try await school.scopedAdministrator()
            let path = "/admin/students/\(zoe)/edit"
            let drawn = try await stamp(ruth, path)
            func save(_ visitor: Visitor, _ family: String, _ stamp: String) async throws -> Answer {
                try await visitor.post(
                    path,
                    [
                        "act": "\(Cast.id(91) as ID<Act>)", "stamp": stamp, "given": "Zoë", "family": family,
                        "number": "1234", "school": "\(Cast.alder)", "tracker": "\(Cast.class4B)",
                    ])
            }
            #expect(try await save(ruth, "Berg", drawn).status == 303)
            let late = try await save(gray, "Roy", drawn)
            #expect(late.status == 409)
            #expect(late.text.contains("Somebody else has changed this person") && late.text.contains("Now: Berg"))
            #expect(late.body.contains("value=\"Roy\""))
            #expect(try await school.text("SELECT family_name AS value FROM account WHERE id = \(zoe)") == "Berg")
            let fresh = try #require(late.body.firstRange(of: "name=\"stamp\" value=\"")?.upperBound)
            let again = String(late.body[fresh...].prefix { $0 != "\"" })
            #expect(try await save(gray, "Roy", again).status == 303)
            #expect(try await school.text("SELECT family_name AS value FROM account WHERE id = \(zoe)") == "Roy")
        }
    }

    @Test func `of the roster gives more trackers, and nothing else`() async throws {
        try await Schoolhouse.open { school in
            try await school.write {
                try $0.execute(
                    "INSERT INTO tracker (id, school_id, name) VALUES (\(Cast.id(13) as ID<Tracker>), \(Cast.alder), 'Choir')"
                )
            }
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let path = "/admin/students/\(Cast.ben.id)/edit"
            let form = try await ruth.get(path)
            #expect(form.text.contains("From the roster: Homeroom 4B.") && !form.body.contains("name=\"given\""))
            func save(_ body: String) async throws -> Answer {
                try await ruth.post(
                    path, body: "act=\(Cast.id(91) as ID<Act>)&stamp=\(try await stamp(ruth, path))&given=Eve" + body)
            }
            #expect(try await save("&tracker=\(Cast.id(13) as ID<Tracker>)").status == 303)
            let places = try await school.text(
                """
                SELECT min(origin) || ' ' || max(origin) || ' ' || count(*) AS value FROM enrollment
                WHERE account_id = \(Cast.ben.id)
                """)
            #expect(places == "hand roster 2")
            #expect(try await save("").status == 303)
            #expect(
                try await school.count("SELECT count(*) AS value FROM enrollment WHERE account_id = \(Cast.ben.id)")
                    == 1)
            #expect(try await school.text("SELECT given_name AS value FROM account WHERE id = \(Cast.ben.id)") == "Ben")
        }
    }

    @Test func `of the roster gives another name, beside which administrators read the roster's`() async throws {
        try await Schoolhouse.open { school in
            try await school.write {
                try $0.execute(
                    "INSERT INTO account_source (source, source_id, account_id) VALUES ('roster', 'b', \(Cast.ben.id))")
            }
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let path = "/admin/students/\(Cast.ben.id)"
            #expect(try await ruth.text(of: path + "/edit").contains("In the roster the name is Ben Ames."))
            func save(_ given: String) async throws -> Answer {
                try await ruth.post(
                    path + "/edit",
                    [
                        "act": "\(Cast.id(91) as ID<Act>)", "stamp": try await stamp(ruth, path + "/edit"),
                        "given": given,
                        "family": "Ames",
                    ])
            }
            #expect(try await save("Benny").status == 303)
            let page = try await ruth.text(of: path)
            #expect(page.contains("Benny Ames") && page.contains("Name in the roster") && page.contains("Ben Ames"))
            let ada = try await school.visitor(signedInAs: Cast.ada)
            let theirs = try await ada.text(of: "/people/students/\(Cast.ben.id)")
            #expect(theirs.contains("Benny Ames") && !theirs.contains("Ben Ames"))
            #expect(try await save(String(repeating: "x", count: 101)).status == 422)
            #expect(try await save("Ben").status == 303)
            #expect(try await !ruth.text(of: path).contains("Name in the roster"))
        }
    }

    @Test func `takes a student out at once, and lets them in with the same password`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let cleo = try await school.visitor(signedInAs: Cast.cleo)
            let path = "/admin/students/\(Cast.cleo.id)"
            for _ in 0..<2 { #expect(try await ruth.post(path + "/suspend", ["act": "x"]).location == path) }
            #expect(try await cleo.get("/home").location?.hasPrefix("/sign-in") == true)
            #expect(try await ruth.text(of: path + "/edit").contains("This student cannot sign in."))
            #expect(try await school.count("SELECT count(*) AS value FROM audit WHERE act = 'account-suspended'") == 1)
            for _ in 0..<2 { #expect(try await ruth.post(path + "/revive", ["act": "x"]).location == path) }
            _ = try await school.visitor(signedInAs: Cast.cleo)
            try await school.suspend(Cast.ben)
            #expect(try await ruth.post("/admin/students/\(Cast.ben.id)/revive", ["act": "x"]).status == 303)
            #expect(
                try await school.text("SELECT suspended_for AS value FROM account WHERE id = \(Cast.ben.id)")
                    == "roster")
        }
    }

    @Test func `of the staff by hand is added with schools and trackers, and mailed`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let fields: KeyValuePairs = [
                "act": "\(Cast.id(90) as ID<Act>)", "given": "Nia", "family": "Holt", "address": "nia@alder.example",
                "school": "\(Cast.alder)", "tracker": "\(Cast.class4B)", "then": "mail",
            ]
            for _ in 0..<2 {
                let answer = try await ruth.post("/admin/staff/new", fields)
                let nia = try #require(try await school.account(named: "nia.h"))
                #expect(answer.location == "/admin/staff/\(nia)?done=mailed&who=\(nia)#s-\(nia)")
            }
            #expect(try await school.count("SELECT count(*) AS value FROM mail") == 1)
            let again = try await ruth.post(
                "/admin/staff/new",
                [
                    "act": "\(Cast.id(91) as ID<Act>)", "given": "Nora", "family": "Roy",
                    "address": "NIA@alder.example", "school": "\(Cast.birch)",
                ])
            #expect(again.status == 409 && again.text.contains("Nia Holt, username nia.h, is already there."))
            let nia = try #require(try await school.account(named: "nia.h"))
            #expect(try await ruth.text(of: "/admin/staff/\(nia)/edit").contains("Change Nia Holt"))
            let gray = try await school.scopedAdministrator()
            let elsewhere = try await gray.post(
                "/admin/staff/new", ["act": "\(Cast.id(92) as ID<Act>)", "given": "Ann", "family": "Fox"])
            #expect(elsewhere.status == 422 && elsewhere.text.contains("Choose a school."))
        }
    }
}
