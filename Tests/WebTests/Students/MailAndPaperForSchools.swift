import Core
import Storage
import TestSupport
import Testing

/// Administrators do for schools what teachers do for trackers.
@Suite struct MailAndPaperForSchools {
    private let act: ID<Act> = Cast.id(99)

    /// Ms. Gray becomes administrator of Alder Creek alone.
    private func open(
        _ body: @Sendable (_ school: Schoolhouse, _ ruth: Visitor, _ gray: Visitor) async throws -> Void
    ) async throws {
        try await Schoolhouse.open { school in
            try await school.write { connection in
                try connection.execute(
                    "INSERT INTO administrator (account_id, scope) VALUES (\(Cast.gray.id), 'schools')")
                try connection.execute(
                    "INSERT INTO administrator_school (account_id, school_id) VALUES (\(Cast.gray.id), \(Cast.alder))")
            }
            try await body(
                school, try await school.visitor(signedInAs: Cast.ruth), try await school.visitor(signedInAs: Cast.gray)
            )
        }
    }

    @Test func `offers the schools of one's scope, and begins with nobody or the school it was asked for`() async throws
    {
        try await open { _, ruth, gray in
            let all = try await ruth.get("/admin/students/send")
            #expect(all.status == 200)
            for words in ["All Schools", "Alder Creek Elementary", "Birch Hill Middle", "Nobody is chosen yet."] {
                #expect(all.text.contains(words), "\(words)")
            }
            #expect(!all.body.contains("checked"))
            let own = try await gray.get("/admin/students/send?school=\(Cast.alder)&school=\(Cast.birch)")
            #expect(own.body.contains("value=\"\(Cast.alder)\" checked"))
            #expect(!own.body.contains("\(Cast.birch)\" checked") && !own.text.contains("Birch Hill"))
            // Ben and the twins; Dina has no address, Cleo is active; nobody of Birch Hill.
            #expect(own.text.contains("3 get a mail, 1 has no address, 1 is already active."))
            #expect(own.body.contains("/admin/students/print?school=\(Cast.alder)"))
        }
    }

    @Test func `sends once however often it is pressed, and shows the mailing to its sender`() async throws {
        try await open { school, ruth, _ in
            for _ in 0..<2 {
                let sent = try await ruth.post(
                    "/admin/students/send", ["act": "\(act)", "all": "on", "additional": "See you!"])
                #expect(sent.status == 303)
                let page = try await ruth.get(try #require(sent.location))
                #expect(page.text.contains("All Schools, with an Additional Message, sent by you"))
                #expect(page.body.contains("href=\"/admin/students\""))
            }
            #expect(try await school.count("SELECT count(*) AS value FROM mail") == 4)
            let sender = try await school.read {
                try $0.rows("SELECT sender_place FROM mailing").first?.text("sender_place")
            }
            #expect(sender == "Juniper Valley" || sender == "Alder Creek Elementary")
        }
    }

    @Test func `takes a school outside the scope for one that is not there`() async throws {
        try await open { school, _, gray in
            let foreign = try await gray.post(
                "/admin/students/send", ["act": "\(act)", "school": "\(Cast.birch)", "additional": "Keep me"])
            #expect(foreign.status == 422)
            #expect(foreign.text.contains("Nobody of those chosen gets a mail, so nothing was sent."))
            #expect(foreign.body.contains("Keep me"))
            let broken = try await gray.post("/admin/students/send", ["act": "\(act)", "school": "x"])
            #expect(broken.status == 400)
            let none = try await gray.post("/admin/students/send", ["act": "\(act)"])
            #expect(none.status == 422 && none.text.contains("Tick All Schools or one of the schools."))
            let mixed = try await gray.post(
                "/admin/students/send", body: "act=\(act)&school=\(Cast.birch)&school=\(Cast.alder)")
            #expect(mixed.status == 303)
            #expect(
                try await school.count(
                    "SELECT count(*) AS value FROM mail WHERE account_id = \(Cast.hal.id)") == 0)
            #expect(try await school.count("SELECT count(*) AS value FROM mail") == 3)
            let cards = try await gray.post(
                "/admin/students/print", ["act": "\(act)", "school": "\(Cast.birch)"])
            #expect(cards.status == 422)
            #expect(cards.text.contains("Nobody of those chosen gets a card, so nothing was printed."))
        }
    }

    @Test func `queues a large choice after the press, with its progress on the page`() async throws {
        try await open { school, ruth, _ in
            try await school.enroll(1_000, in: Cast.birch)
            let sent = try await ruth.post("/admin/students/send", ["act": "\(act)", "all": "on"])
            let page = try #require(sent.location)
            #expect(try await school.count("SELECT count(*) AS value FROM mail") == 0)
            #expect(school.nudges.count == 1)
            let begun = try await ruth.get(page)
            #expect(begun.text.contains("Queued 0 of 1004 mails.") || begun.text.contains("Queued 0 of 1,004 mails."))
            #expect(begun.body.contains("data-live"))
            let now = school.clock.now
            while try await school.write({ try $0.fillOutbox(limit: 300, mint: IDMint(at: now), at: now) }) != nil {}
            let done = try await ruth.get(page)
            #expect(!done.text.contains("Queued 0"))
            #expect(done.text.contains("mails are about to leave"))
            #expect(done.body.contains("rel=\"next\""))
            let next = try #require(done.body.firstMatch(of: /href="([^"]*after=[^"]*)" rel="next"/)?.output.1)
            #expect(try await ruth.get(String(next)).status == 200)
        }
    }

    @Test func `mails and prints one student of the scope, back where one came from, and nobody outside it`()
        async throws
    {
        try await open { school, _, gray in
            let list = "/admin/students?state=notMailed"
            let mailed = try await gray.post(
                "/admin/students/\(Cast.ben.id)/activation-email", ["act": "\(act)", "return": list])
            #expect(mailed.location == "\(list)&mailed=\(Cast.ben.id)#s-\(Cast.ben.id)")
            let detail = try await gray.post(
                "/admin/students/\(Cast.eve.id)/activation-email",
                ["act": "\(act)", "return": "/admin/students/\(Cast.eve.id)"])
            #expect(detail.location?.hasPrefix("/admin/students/\(Cast.eve.id)?mailed=") == true)
            let again = try await gray.post(
                "/admin/students/\(Cast.ben.id)/activation-email", ["act": "\(Cast.id(98) as ID<Act>)", "return": list])
            #expect(again.status == 200 && again.text.contains("Send Ben Ames another mail?"))
            #expect(again.body.contains("action=\"/admin/students/\(Cast.ben.id)/activation-email\""))
            let card = try await gray.post("/admin/students/\(Cast.dina.id)/card", ["act": "\(act)"])
            let sheet = try await gray.get(try #require(card.location))
            #expect(sheet.text.contains("Dina Cole") && sheet.text.contains("Homeroom 4B"))
            #expect(sheet.body.contains("href=\"/admin/students\""))
            for path in ["activation-email", "card"] {
                let foreign = try await gray.post("/admin/students/\(Cast.hal.id)/\(path)", ["act": "\(act)"])
                let nobody = try await gray.post(
                    "/admin/students/\(Cast.id(250) as ID<Account>)/\(path)", ["act": "\(act)"])
                #expect(foreign.status == 404 && nobody.status == 404)
                let staff = try await gray.post("/admin/students/\(Cast.ada.id)/\(path)", ["act": "\(act)"])
                #expect(staff.status == 404)
            }
            #expect(try await school.count("SELECT count(*) AS value FROM mail") == 2)
        }
    }

    @Test func `prints the cards of schools by tracker, and nobody else sees the sheet`() async throws {
        try await open { school, ruth, gray in
            let form: KeyValuePairs = ["act": "\(act)", "all": "on", "only": "everybody"]
            let made = try await ruth.post("/admin/students/print", form)
            let twice = try await ruth.post("/admin/students/print", form)
            #expect(made.status == 303 && made.location == twice.location)
            let page = try #require(made.location)
            let sheet = try await ruth.get(page)
            for words in ["Sheet 1: 6 cards", "Homeroom 4B", "Homeroom 5A", "Birch Hill Middle"] {
                #expect(sheet.text.contains(words), "\(words)")
            }
            #expect(try await gray.get(page).status == 404)
            #expect(try await school.count("SELECT count(*) AS value FROM audit WHERE act = 'card-sheet-shown'") == 1)
            school.clock.advance(by: .minutes(16))
            let late = try await school.visitor(signedInAs: Cast.ruth).get(page)
            #expect(late.text.contains("Sheet 1 is no longer shown"))
            #expect(late.body.contains("href=\"/admin/students/print\""))
        }
    }

    @Test func `shows an administrator's sheet without the students of a scope that was lost`() async throws {
        try await open { school, _, gray in
            let made = try await gray.post("/admin/students/print", ["act": "\(act)", "all": "on"])
            try await school.write { try $0.execute("DELETE FROM administrator_school") }
            let sheet = try await gray.get(try #require(made.location))
            #expect(sheet.status == 200 && !sheet.text.contains("Ben Ames"))
        }
    }
}

extension Schoolhouse {
    /// So many more students with an address.
    fileprivate func enroll(_ count: Int, in school: ID<School>) async throws {
        let mint = IDMint(at: clock.now)
        try await write { connection in
            var mint = mint
            for number in 0..<count {
                let id: ID<Account> = mint.next()
                let name = "kid\(number)"
                try connection.execute(
                    """
                    INSERT INTO account (id, kind, origin, school_id, username, given_name, family_name, sort_name, address,
                      address_key)
                    VALUES (\(id), 'student', 'roster', \(school), \(name), \(name), 'Many', \("many \(name)"),
                      \("\(name)@home.example"), \("\(name)@home.example"))
                    """)
                try connection.execute("INSERT INTO membership (account_id, school_id) VALUES (\(id), \(school))")
            }
        }
    }
}
