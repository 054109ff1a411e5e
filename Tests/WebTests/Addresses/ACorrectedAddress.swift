import Core
import Storage
import TestSupport
import Testing

@Suite struct ACorrectedAddress {
    private let act: ID<Act> = Cast.id(91)
    private var office: String { "/admin/students/\(Cast.ben.id)" }
    private var people: String { "/people/students/\(Cast.ben.id)" }

    private func correct(
        _ page: String, from before: String = "ben@home.example", to address: String, by visitor: Visitor
    ) async throws -> Answer {
        try await visitor.post("\(page)/address", ["act": "\(act)", "before": before, "address": address])
    }

    private func address(_ school: Schoolhouse) async throws -> String? {
        try await school.read { try $0.value("SELECT address AS value FROM account WHERE id = \(Cast.ben.id)") }
    }

    @Test func `is kept from the roster, tells who did it, and kills the links to the one before`() async throws {
        try await Schoolhouse.open { school in
            let old = try await school.mailedLink(to: Cast.ben)
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            #expect(try await ruth.get("\(office)/address").body.contains("value=\"ben@home.example\""))
            let answer = try await correct(office, to: " new@home.example ", by: ruth)
            let page = try await ruth.text(of: try #require(answer.location))
            for words in [
                "From now on mail to Ben Ames goes to the address below.", "Ruth Okoye changed an address",
                "Given here: no roster changes it.", "Not mailed yet", "The student system has none.",
            ] { #expect(page.contains(words), "\(words)") }
            #expect(try await address(school) == "new@home.example")
            #expect(try await school.visitor().get(old).status == 404)
        }
    }

    @Test func `pressed twice is one change`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            for _ in 0..<2 { #expect(try await correct(office, to: "new@home.example", by: ruth).status == 303) }
            #expect(try await school.count("SELECT count(*) AS value FROM audit WHERE act = 'address-changed'") == 1)
        }
    }

    @Test func `of two people keeps the first, shows it to the second, and loses nothing typed`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            _ = try await correct(office, to: "first@home.example", by: ruth)
            let second = try await correct(office, to: "second@home.example", by: ruth)
            #expect(second.status == 409)
            #expect(second.text.contains("Meanwhile somebody gave another address"))
            #expect(second.text.contains("first@home.example"))
            #expect(second.body.contains("value=\"second@home.example\""))
            #expect(second.body.contains("name=\"before\" value=\"first@home.example\""))
            #expect(try await address(school) == "first@home.example")
            let unpin = try await ruth.post(
                "\(office)/roster-address", ["act": "\(act)", "before": "ben@home.example"])
            #expect(unpin.status == 409)
            #expect(try await address(school) == "first@home.example")
        }
    }

    @Test(arguments: [
        ("", "Type an address"), ("ben", "has an @"), ("a@home.example, b@home.example", "more than one address"),
        ("ben@home\r\n.example", "line break"),
        (String(repeating: "a", count: 287) + "@home.example", "254 characters"),
        ("b en@home.example", "A blank or a sign"), ("ben@home", "no mail domain"),
    ])
    func `that is none is said to be, and what was typed stays`(typed: String, sentence: String) async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let answer = try await correct(office, to: typed, by: ruth)
            #expect(answer.status == 422)
            #expect(answer.text.contains(sentence))
            #expect(answer.body.contains("name=\"address\"") && answer.body.contains("aria-invalid=\"true\""))
            #expect(try await address(school) == "ben@home.example")
        }
    }

    @Test func `may not be somebody's username`() async throws {
        try await Schoolhouse.open { school in
            try await school.write {
                try $0.execute(
                    "UPDATE username SET name_key = 'gray@alder.example' WHERE account_id = \(Cast.gray.id)")
            }
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let answer = try await correct(office, to: "GRAY@alder.example", by: ruth)
            #expect(answer.status == 409 && answer.text.contains("Somebody else signs in with this as a username."))
            #expect(try await address(school) == "ben@home.example")
        }
    }

    @Test func `can be taken away, and given back to the roster`() async throws {
        try await Schoolhouse.open { school in
            try await school.write {
                try $0.execute("UPDATE account SET roster_address = 'sis@home.example' WHERE id = \(Cast.ben.id)")
            }
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let none = try await ruth.post(
                "\(office)/address",
                ["act": "\(act)", "before": "ben@home.example", "address": "ben@home.example", "none": "yes"])
            #expect(none.status == 303)
            #expect(try await address(school) == nil)
            let page = try await ruth.get(office)
            #expect(
                page.text.contains(
                    "No address Given here: no roster changes it. The student system has sis@home.example."))
            #expect(page.text.contains("Use what the student system has"))
            for _ in 0..<2 {
                let back = try await ruth.post("\(office)/roster-address", ["act": "\(act)", "before": ""])
                #expect(back.status == 303)
            }
            #expect(try await address(school) == "sis@home.example")
            let after = try await ruth.text(of: office)
            #expect(after.contains("went back to the school system’s address") && !after.contains("Given here"))
        }
    }

    @Test func `takes the bad mark and the failed mail away`() async throws {
        try await Schoolhouse.open { school in
            try await school.write {
                try $0.execute(
                    """
                    UPDATE account SET mail_state = 'failed', mail_at = 1, mail_reason = '550 no such mailbox',
                      address_is_bad = TRUE WHERE id = \(Cast.ben.id)
                    """)
            }
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            #expect(try await ruth.text(of: office).contains("the mail was refused"))
            _ = try await correct(office, to: "new@home.example", by: ruth)
            let page = try await ruth.text(of: office)
            #expect(page.contains("there was no mail and no card so far") && !page.contains("550"))
        }
    }

    @Test func `is a teacher's to give only where the district lets them`() async throws {
        try await Schoolhouse.open { school in
            let ada = try await school.visitor(signedInAs: Cast.ada)
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            #expect(try await !ada.text(of: people).contains("Correct address"))
            let refused = try await correct(people, to: "new@home.example", by: ada)
            #expect(refused.status == 403)
            #expect(refused.text.contains("In your district only administrators correct addresses."))
            #expect(try await ada.get("\(people)/address").status == 403)
            #expect(try await address(school) == "ben@home.example")
            for _ in 0..<2 {
                let switched = try await ruth.post("/admin/addresses/rule", ["act": "\(act)", "teachers": "on"])
                #expect(switched.location == "/admin/addresses?rule=set")
            }
            #expect(
                try await school.count("SELECT count(*) AS value FROM audit WHERE act = 'address-rule-changed'") == 1)
            #expect(try await ada.text(of: people).contains("Correct address"))
            #expect(try await correct(people, to: "new@home.example", by: ada).status == 303)
            #expect(try await address(school) == "new@home.example")
            #expect(try await ada.text(of: people).contains("Ada Moss changed an address"))
            try await ruth.post("/admin/addresses/rule", ["act": "\(act)", "teachers": "off"])
            #expect(try await correct(people, from: "new@home.example", to: "x@home.example", by: ada).status == 403)
            #expect(try await ruth.post("/admin/addresses/rule", ["act": "\(act)", "teachers": "maybe"]).status == 400)
        }
    }

    @Test func `of somebody else's student does not exist`() async throws {
        try await Schoolhouse.open { school in
            try await school.makeAdministrator(Cast.dov, of: Cast.birch)
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            try await ruth.post("/admin/addresses/rule", ["act": "\(act)", "teachers": "on"])
            let dov = try await school.visitor(signedInAs: Cast.dov)
            for page in [office, people] {
                #expect(try await dov.get("\(page)/address").status == 404)
                #expect(try await correct(page, to: "new@home.example", by: dov).status == 404)
                let unpin = try await dov.post("\(page)/roster-address", ["act": "\(act)", "before": ""])
                #expect(unpin.status == 404)
            }
            #expect(try await address(school) == "ben@home.example")
        }
    }
}
