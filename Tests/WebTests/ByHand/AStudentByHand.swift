import Core
import Storage
import TestSupport
import Testing

@Suite struct AStudentByHand {
    private let new = "/admin/students/new"

    @Test func `is saved in one act, pressed twice is there once, and is named on the page that follows`() async throws
    {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            #expect(try await ruth.text(of: new).contains("Add a student"))
            let zoe = try await school.addZoe(ruth)
            #expect(try await school.addZoe(ruth) == zoe)
            #expect(try await school.count("SELECT count(*) AS value FROM account WHERE number = '1234'") == 1)
            #expect(try await school.count("SELECT count(*) AS value FROM audit WHERE act = 'student-added'") == 1)
            let page = try await ruth.text(of: "/admin/students/\(zoe)")
            #expect(page.contains("Zoë Lund") && page.contains("zoe.l") && page.contains("Homeroom 4B"))
            let ada = try await school.visitor(signedInAs: Cast.ada)
            #expect(try await ada.text(of: "/people/students").contains("Zoë Lund"))
            let origin = try await school.text(
                "SELECT e.origin || ' ' || a.origin AS value FROM enrollment e JOIN account a ON a.id = e.account_id WHERE a.id = \(zoe)"
            )
            #expect(origin == "hand hand")
        }
    }

    @Test func `gets a card in the same press, and the same card when pressed twice`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            var sheets: Set<String> = []
            for _ in 0..<2 {
                let answer = try await ruth.post(
                    new,
                    [
                        "act": "\(Cast.id(90) as ID<Act>)", "given": "Zoë", "family": "Lund",
                        "school": "\(Cast.alder)", "tracker": "\(Cast.class4B)", "then": "print",
                    ])
                sheets.insert(try #require(answer.location))
            }
            #expect(sheets.count == 1)
            let sheet = try #require(sheets.first)
            #expect(sheet.hasPrefix("/card-sheets/"))
            #expect(try await ruth.text(of: sheet).contains("zoe.l"))
        }
    }

    @Test func `with another name under the same form is the next one`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let zoe = try await school.addZoe(ruth)
            let answer = try await ruth.post(
                new, ["act": "\(Cast.id(90) as ID<Act>)", "given": "Kai", "family": "Tan", "school": "\(Cast.alder)"])
            let kai = try #require(try await school.account(named: "kai.t"))
            #expect(kai != zoe && answer.location == "/admin/students/\(kai)")
        }
    }

    @Test func `goes from Save to the printed card`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let fields: KeyValuePairs = [
                "act": "\(Cast.id(90) as ID<Act>)", "given": "Zoë", "family": "Lund", "school": "\(Cast.alder)",
                "then": "print",
            ]
            let first = try await ruth.post(new, fields)
            let second = try await ruth.post(new, fields)
            #expect(first.location?.hasPrefix("/card-sheets/") == true && first.location == second.location)
            let card = try await ruth.text(of: try #require(first.location))
            #expect(card.contains("Zoë Lund") && card.contains("zoe.l"))
        }
    }

    @Test func `that cannot be saved gets a sentence at each field, and nothing typed is lost`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let long = String(repeating: "x", count: 300)
            let answer = try await ruth.post(
                new,
                [
                    "act": "\(Cast.id(90) as ID<Act>)", "given": "Bell\u{7}", "family": long, "number": long,
                    "grade": "thirty-third grade of all", "address": "zoe@home\r\nBcc: all", "username": "two words",
                    "school": "",
                ])
            #expect(answer.status == 422)
            #expect(answer.text.contains("Nothing is saved yet."))
            #expect(answer.body.contains("value=\"\(long)\"") && answer.body.contains("value=\"two words\""))
            for sentence in [
                "A name has at most 100 characters", "A number has at most 64", "A grade has at most 20",
                "This is no email address.", "A username has 1 to 128 characters", "Choose a school.",
            ] { #expect(answer.text.contains(sentence), "\(sentence)") }
            let nameless = try await ruth.post(
                new, ["act": "\(Cast.id(90) as ID<Act>)", "given": " \t", "school": "\(Cast.alder)"])
            #expect(nameless.text.contains("Type a given name or a family name."))
            #expect(try await school.count("SELECT count(*) AS value FROM account WHERE origin = 'hand'") == 0)
        }
    }

    @Test func `has line breaks in the name read as blanks, and a username that is free`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            func add(_ act: UInt8, _ username: String) async throws -> Answer {
                try await ruth.post(
                    new,
                    [
                        "act": "\(Cast.id(act) as ID<Act>)", "given": " Mary\r\nAnn ", "family": "Lund\u{2028}Roy",
                        "school": "\(Cast.alder)", "username": username,
                    ])
            }
            #expect(try await add(90, "BEN.ames").text.contains("Somebody has or had this username."))
            #expect(try await add(90, "Hal@Home.example").text.contains("another person’s email address"))
            #expect(try await add(90, "mary").status == 303)
            #expect(
                try await school.text(
                    "SELECT given_name || '|' || family_name AS value FROM account WHERE username = 'mary'")
                    == "Mary Ann|Lund Roy")
        }
    }

    @Test func `who may be there already is shown first, and saved only when said so`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let zoe = try await school.addZoe(ruth)
            func add(_ given: String, _ number: String, others: [ID<Account>] = []) async throws -> Answer {
                let seen = others.map { "&other=\($0)" }.joined()
                return try await ruth.post(
                    new,
                    body:
                        "act=\(Cast.id(91) as ID<Act>)&given=\(given)&family=Lund&number=\(number)&school=\(Cast.alder)"
                        + seen)
            }
            let sameNumber = try await add("Ida", "1234")
            #expect(sameNumber.status == 409)
            #expect(sameNumber.text.contains("Zoë Lund, number 1234, is already there. Look"))
            #expect(sameNumber.body.contains("href=\"/admin/students/\(zoe)\""))
            #expect(sameNumber.body.contains("value=\"Ida\""))
            #expect(try await add("zoe", "9").text.contains("Zoë Lund, number 1234, is already there."))
            #expect(try await add("Ida", "1234", others: [Cast.ben.id]).status == 409)
            #expect(try await add("Ida", "1234", others: [zoe]).status == 303)
            #expect(try await school.count("SELECT count(*) AS value FROM account WHERE number = '1234'") == 2)
        }
    }

    @Test func `cannot be put into a school or tracker outside the scope`() async throws {
        try await Schoolhouse.open { school in
            let gray = try await school.scopedAdministrator()
            #expect(!(try await gray.text(of: new)).contains("Birch"))
            #expect(try await gray.text(of: new).contains("Homeroom 4B"))
            func add(_ place: ID<School>, _ tracker: ID<Tracker>) async throws -> Answer {
                try await gray.post(
                    new,
                    [
                        "act": "\(Cast.id(90) as ID<Act>)", "given": "Kai", "family": "Tan", "school": "\(place)",
                        "tracker": "\(tracker)",
                    ])
            }
            #expect(try await add(Cast.birch, Cast.class5A).status == 404)
            #expect(try await add(Cast.alder, Cast.class5A).status == 404)
            #expect(try await add(Cast.id(200), Cast.class4B).status == 404)
            #expect(try await add(Cast.alder, Cast.class4B).status == 303)
            for path in ["", "/edit", "/username"] {
                #expect(try await gray.get("/admin/students/\(Cast.hal.id)\(path)").status == 404)
                #expect(try await gray.get("/admin/students/\(Cast.ben.id)\(path)").status == 200)
            }
            for act in ["edit", "username", "suspend", "revive"] {
                let fields: KeyValuePairs =
                    act == "edit"
                    ? ["act": "\(Cast.id(92) as ID<Act>)", "stamp": "0"]
                    : act == "username" ? ["before": "hal.frost", "username": "hal"] : [:]
                #expect(try await gray.post("/admin/students/\(Cast.hal.id)/\(act)", fields).status == 404)
            }
            #expect(try await school.count("SELECT count(*) AS value FROM account WHERE suspended_at IS NOT NULL") == 0)
        }
    }

    @Test func `is offered the trackers of the school that was chosen, and of no other`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let act = "\(Cast.id(90) as ID<Act>)"
            let shown = try await ruth.post(
                new, ["act": act, "given": "Kai", "family": "Tan", "school": "\(Cast.birch)", "count": "again"])
            #expect(shown.status == 200)
            #expect(shown.text.contains("Trackers of Birch Hill Middle Homeroom 5A"))
            #expect(!shown.text.contains("Homeroom 4B") && shown.body.contains("value=\"Kai\""))
            #expect(shown.text.contains("Left empty, it is kai.t."))
            let mixed = try await ruth.post(
                new,
                [
                    "act": act, "given": "Kai", "family": "Tan", "school": "\(Cast.birch)",
                    "tracker": "\(Cast.class4B)",
                ])
            #expect(mixed.status == 422 && mixed.text.contains("You chose trackers of another school."))
        }
    }
}
