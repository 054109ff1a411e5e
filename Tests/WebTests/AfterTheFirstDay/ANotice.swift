import Core
import Storage
import TestSupport
import Testing

@Suite struct ANotice {
    let act: ID<Act> = Cast.id(99)

    private func reset(_ member: Member, by teacher: Member, _ school: Schoolhouse) async throws {
        let visitor = try await school.visitor(signedInAs: teacher)
        try await visitor.reset("/people/students/\(member.id)", act: act)
    }

    /// Ben chooses a password with a mailed link; the notice of it.
    func benComesIn(_ school: Schoolhouse) async throws -> SentMail {
        let link = try await school.mailedLink(to: Cast.ben)
        try await school.visitor().post(link, ["password": "lantern orbit pickle"])
        return try await school.only { $0.event == .passwordChosen }
    }

    private func isActive(_ member: Member, _ school: Schoolhouse) async throws -> Bool {
        try await school.count(
            "SELECT count(*) AS value FROM account WHERE id = \(member.id) AND active_at IS NOT NULL") == 1
    }

    @Test func `tells of each event once, to the address on file, and changes nothing on the student's row`()
        async throws
    {
        try await Schoolhouse.open { school in
            let chosen = try await benComesIn(school)
            #expect(chosen.mail.address == "ben@home.example" && chosen.mail.senderName == "Alder Creek Elementary")
            try await reset(Cast.cleo, by: Cast.ada, school)
            let reset = try await school.only { $0.event == .passwordReset }
            #expect(reset.mail.address == "cleo@home.example")
            if case .notice(let notice) = reset.mail.content { #expect(notice.actor == "Ada Moss") }
            let ada = try await school.visitor(signedInAs: Cast.ada)
            try await ada.post("/account/password", ["old": Cast.password, "password": "seventeen copper lanterns 4"])
            #expect(try await school.only { $0.event == .passwordChanged }.mail.address == "ada@alder.example")
            #expect(
                try await school.count(
                    "SELECT count(*) AS value FROM account WHERE id = \(Cast.cleo.id) AND mail_state IS NULL") == 1)
        }
    }

    @Test func `is never sent without an address, and stops nothing`() async throws {
        try await Schoolhouse.open { school in
            let slip = try await school.printedSlip(for: Cast.dina)
            let answer = try await school.visitor().post(slip.path, ["password": "lantern orbit pickle"])
            #expect(answer.location == "/home?news=first")
            #expect(try await school.count("SELECT count(*) AS value FROM mail") == 0)
        }
    }

    @Test func `is sent ten times a day at most, while what it tells of goes on`() async throws {
        try await Schoolhouse.open { school in
            let now = school.clock.now
            try await school.write { connection in
                for _ in 0..<15 {
                    try connection.queueNotice(
                        of: .passwordChanged, about: Cast.cleo.id, id: .new(at: now), at: now)
                }
            }
            #expect(try await school.emptyMailbox().count == 10)
            try await reset(Cast.cleo, by: Cast.ada, school)
            #expect(try await !isActive(Cast.cleo, school))
        }
    }

    @Test func `that an address of before got flags the account and takes nothing from it`() async throws {
        try await Schoolhouse.open { school in
            let notice = try await benComesIn(school)
            try await school.write {
                try $0.execute(
                    """
                    UPDATE account SET address = 'other@home.example', address_key = 'other@home.example'
                    WHERE id = \(Cast.ben.id)
                    """)
            }
            try await school.visitor().post(notice.path, ["answer": "not-me"])
            #expect(try await isActive(Cast.ben, school))
            #expect(
                try await school.count("SELECT count(*) AS value FROM account WHERE disowned_at IS NOT NULL") == 1)
        }
    }

    @Test func `may be looked at by scanners as often as they like`() async throws {
        try await Schoolhouse.open { school in
            let notice = try await benComesIn(school)
            for _ in 0..<10 {
                let page = try await school.visitor().get(notice.path + "?utm_source=mail")
                #expect(page.status == 200 && page.text.contains("Was this you, Ben?"))
            }
            _ = try await school.visitor().send("HEAD", notice.path)
            // Some send every form as it stands.
            #expect(try await school.visitor().post(notice.path).location == notice.path)
            let crossSite = ["sec-fetch-site": "cross-site"]
            #expect(
                try await school.visitor().post(notice.path, ["answer": "not-me"], headers: crossSite).status == 403)
            #expect(try await isActive(Cast.ben, school))
            #expect(
                try await school.count("SELECT count(*) AS value FROM account WHERE disowned_at IS NOT NULL") == 0)
        }
    }

    @Test func `that is disowned closes the account until a teacher helps, and the teacher sees it`() async throws {
        try await Schoolhouse.open { school in
            let notice = try await benComesIn(school)
            let thief = school.visitor()
            _ = try await thief.signIn("ben.ames", "lantern orbit pickle")
            #expect(try await thief.get("/home").status == 200)
            let parent = school.visitor()
            #expect(try await parent.post(notice.path, ["answer": "not-me"]).status == 303)
            #expect(try await parent.text(of: notice.path).contains("Your account is closed now"))
            #expect(try await thief.get("/home").status == 303)
            #expect(try await school.visitor().signIn("ben.ames", "lantern orbit pickle").status == 422)
            // Not even whoever reads the mails gets in alone.
            try await school.visitor().post("/forgot-password", ["username": "ben.ames"])
            #expect(try await school.emptyMailbox().isEmpty)

            let gray = try await school.visitor(signedInAs: Cast.gray)
            for path in ["/people/students", "/people/students/\(Cast.ben.id)"] {
                #expect(try await gray.text(of: path).contains("Says: this was not me"), "\(path)")
            }
            let page = try await gray.text(of: "/people/students/\(Cast.ben.id)/reset")
            #expect(page.contains("Somebody chose a password for this account. The answer to our mail came just now."))
            #expect(page.contains("All is well") && page.contains("Print Username/Password"))
            let slip = try await school.printedSlip(for: Cast.ben)
            #expect(try await school.visitor().post(slip.path, ["password": "umbrella cactus moon"]).status == 303)
            try await gray.post("/people/students/\(Cast.ben.id)/all-is-well", ["act": "\(act)"])
            #expect(try await !gray.text(of: "/people/students").contains("Says: this was not me"))
            let history = try await gray.text(of: "/people/students/\(Cast.ben.id)")
            #expect(history.contains("this was not me") && history.contains("settled that all is well"))
        }
    }

    @Test func `cannot lock anybody out for good`() async throws {
        try await Schoolhouse.open { school in
            let first = try await benComesIn(school)
            try await school.visitor().post(first.path, ["answer": "not-me"])
            #expect(try await !isActive(Cast.ben, school))
            let slip = try await school.printedSlip(for: Cast.ben)
            try await school.visitor().post(slip.path, ["password": "umbrella cactus moon"])
            let second = try await school.only { $0.event == .passwordChosen }
            // An old notice no longer closes anything, nor does a second one within a month: they only tell the teacher.
            for notice in [first, second] { try await school.visitor().post(notice.path, ["answer": "not-me"]) }
            #expect(try await school.visitor().text(of: second.path).contains("Your teacher sees it"))
            #expect(try await isActive(Cast.ben, school))
            #expect(try await school.visitor().signIn("ben.ames", "umbrella cactus moon").status == 303)
            let ada = try await school.visitor(signedInAs: Cast.ada)
            #expect(try await ada.text(of: "/people/students/\(Cast.ben.id)").contains("Says: this was not me"))
            try await reset(Cast.ben, by: Cast.ada, school)
            #expect(try await !ada.text(of: "/people/students/\(Cast.ben.id)").contains("Says: this was not me"))
        }
    }

    @Test func `to the address before tells of the new one, and takes nothing from its owner but links`() async throws {
        try await Schoolhouse.open { school in
            let now = school.clock.now
            let mailed = try await school.mailedLink(to: Cast.hal)
            for member in [Cast.hal, Cast.cleo] {
                try await school.write {
                    try $0.changeAddress(
                        AddressChange(
                            of: member.id, to: "new@home.example", isPinned: true, by: Cast.ruth.id,
                            entry: .new(at: now), at: now))
                }
            }
            #expect(try await school.visitor().get(mailed).status == 404)
            let sent = try await school.emptyMailbox()
            #expect(sent.map(\.mail.address).sorted() == ["cleo@home.example", "hal@home.example"])
            let later = try await school.mailedLink(to: Cast.hal)
            for mail in sent { try await school.visitor().post(mail.path, ["answer": "not-me"]) }
            #expect(try await school.visitor().get(later).status == 404)
            #expect(try await isActive(Cast.cleo, school))
            #expect(
                try await school.count("SELECT count(*) AS value FROM account WHERE disowned_at IS NOT NULL") == 2)
        }
    }

    @Test func `answers no forged, garbled, foreign or late address`() async throws {
        try await Schoolhouse.open { school in
            let notice = try await benComesIn(school)
            let token = notice.path.dropFirst("/not-me/".count)
            let link = try await school.mailedLink(to: Cast.hal).dropFirst("/activate/".count)
            let other = try Keyring(keys: [Array(2...33)])
            let forged = try NoticeToken(id: notice.mail.id, keyID: other.current, keyring: other).text.value
            let unsent = try NoticeToken(
                id: .new(at: school.clock.now), keyID: school.keyring.current, keyring: school.keyring)
            var bodies: Set<String> = []
            for path in [forged, unsent.text.value, String(link), "x", token.dropLast() + "", token + "A"] {
                for answer in [
                    try await school.visitor().get("/not-me/\(path)"),
                    try await school.visitor().post("/not-me/\(path)"),
                ] {
                    #expect(answer.status == 404)
                    bodies.insert(answer.body)
                }
            }
            #expect(bodies.count == 1)
            #expect(try await school.visitor().get("/activate/\(token)").status == 404)
            school.clock.advance(by: .days(30))
            #expect(try await school.visitor().post(notice.path, ["answer": "not-me"]).status == 404)
            #expect(
                try await school.count("SELECT count(*) AS value FROM account WHERE disowned_at IS NOT NULL") == 0)
        }
    }

    @Test func `is answered once, however often the button is pressed`() async throws {
        try await Schoolhouse.open { school in
            let notice = try await benComesIn(school)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<16 { group.addTask { try await school.visitor().post(notice.path, ["answer": "not-me"]) } }
                try await group.waitForAll()
            }
            #expect(try await school.count("SELECT count(*) AS value FROM audit WHERE act = 'account-disowned'") == 1)
        }
    }
}
