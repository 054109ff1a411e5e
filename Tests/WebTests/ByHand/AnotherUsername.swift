import Core
import Storage
import TestSupport
import Testing

@Suite struct AnotherUsername {
    private let path = "/admin/students/\(Cast.cleo.id)/username"

    @Test func `signs in, and so does the one before`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            #expect(try await ruth.text(of: path).contains("cleo.bell"))
            for _ in 0..<2 {
                let answer = try await ruth.post(path, ["act": "x", "before": "cleo.bell", "username": " cleo "])
                #expect(answer.location == "/admin/students/\(Cast.cleo.id)")
            }
            for name in ["cleo", "CLEO", "cleo.bell"] {
                #expect(try await school.visitor().signIn(name, Cast.password).location == "/home", "\(name)")
            }
            #expect(try await ruth.text(of: "/admin/students/\(Cast.cleo.id)").contains("cleo.bell"))
            #expect(try await school.count("SELECT count(*) AS value FROM audit WHERE act = 'username-changed'") == 1)
            let ben = "/admin/students/\(Cast.ben.id)/username"
            let taken = try await ruth.post(ben, ["before": "ben.ames", "username": "Cleo.Bell"])
            #expect(taken.status == 422 && taken.text.contains("Somebody has or had this username."))
            #expect(try await ruth.post(path, ["before": "cleo", "username": "cleo.bell"]).status == 303)
            #expect(try await school.visitor().signIn("cleo", Cast.password).location == "/home")
        }
    }

    @Test func `is on the next card, and a card with the one before still opens the door`() async throws {
        try await Schoolhouse.open { school in
            let slip = try await school.printedSlip(for: Cast.ben)
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            try await ruth.post("/admin/students/\(Cast.ben.id)/username", ["before": "ben.ames", "username": "benny"])
            #expect(try await school.visitor().signIn("ben.ames", slip.password).location == "/choose-password")
            let ada = try await school.visitor(signedInAs: Cast.ada)
            let sheet = try await ada.post("/people/students/\(Cast.ben.id)/card", ["act": "\(Cast.id(99) as ID<Act>)"])
            let card = try await ada.text(of: try #require(sheet.location))
            #expect(card.contains("benny") && !card.contains("ben.ames"))
        }
    }

    @Test(arguments: [
        "", " ", "two words", "bell\u{7}", "x\u{202e}y", String(repeating: "x", count: 129), "a\r\nb",
    ])
    func `is refused with a sentence when nobody could type it`(name: String) async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let answer = try await ruth.post(path, ["before": "cleo.bell", "username": name])
            #expect(answer.status == 422)
            #expect(answer.text.contains("A username has 1 to 128 characters that can be read, and no blank."))
            #expect(try await school.account(named: "cleo.bell") == Cast.cleo.id)
        }
    }

    @Test func `that is another person's address is refused, and the own address is not`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let other = try await ruth.post(path, ["before": "cleo.bell", "username": "Hal@home.example"])
            #expect(other.status == 422 && other.text.contains("This is another person’s email address."))
            #expect(try await ruth.post(path, ["before": "cleo.bell", "username": "cleo@home.example"]).status == 303)
        }
    }

    @Test func `given by two at once is given by the first, and the second reads it`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let gray = try await school.scopedAdministrator()
            #expect(try await ruth.post(path, ["before": "cleo.bell", "username": "cleo.b"]).status == 303)
            let late = try await gray.post(path, ["before": "cleo.bell", "username": "cb"])
            #expect(late.status == 409 && late.text.contains("Somebody else has given another username"))
            #expect(late.text.contains("cleo.b") && late.body.contains("value=\"cb\""))
            #expect(try await gray.post(path, ["before": "cleo.b", "username": "cb"]).status == 303)
        }
    }

    @Test func `of staff who administer more is not a school administrator's to give`() async throws {
        try await Schoolhouse.open { school in
            try await school.write {
                try $0.execute(
                    "INSERT INTO membership (account_id, school_id) VALUES (\(Cast.ruth.id), \(Cast.alder)) ON CONFLICT DO NOTHING"
                )
            }
            let gray = try await school.scopedAdministrator()
            #expect(try await gray.get("/admin/staff/\(Cast.ruth.id)/username").status == 404)
            #expect(try await gray.get("/admin/staff/\(Cast.ada.id)/username").status == 200)
            #expect(try await gray.get("/admin/staff/\(Cast.ben.id)/username").status == 404)
            let answer = try await gray.post(
                "/admin/staff/\(Cast.ada.id)/username", ["before": "ada.moss", "username": "amoss"])
            #expect(answer.location == "/admin/staff/\(Cast.ada.id)")
        }
    }
}
