import Core
import Storage
import TestSupport
import Testing

/// The button on the page of every link and card that opens nothing any more.
@Suite struct SendMeANewOne {
    private func ask(_ path: String, _ school: Schoolhouse) async throws -> Answer {
        try await school.visitor().post(path, ["ask": "new"])
    }

    private func requests(_ school: Schoolhouse) async throws -> Int {
        try await school.count("SELECT count(*) AS value FROM account WHERE asked_at IS NOT NULL")
    }

    @Test func `mails the address on file, wherever the old mail went`() async throws {
        try await Schoolhouse.open { school in
            let old = try await school.mailedLink(to: Cast.ben)
            school.clock.advance(by: .days(15))
            try await school.write {
                try $0.execute("UPDATE account SET address = 'now@home.example' WHERE id = \(Cast.ben.id)")
            }
            #expect(try await ask(old, school).location == "\(old)?asked=1")
            let said = try await school.visitor().get("\(old)?asked=1")
            #expect(said.status == 404 && said.text.contains("We have passed it on."))
            #expect(!said.body.contains("Send me a new one"))
            #expect(school.nudges.count == 1)
            let mail = try await school.only { $0.isActivation }
            #expect(mail.mail.address == "now@home.example" && mail.path != old)
            #expect(try await school.visitor().get(mail.path).status == 200)
            #expect(try await requests(school) == 0)
        }
    }

    @Test func `mails who forgot a password the way to a new one again`() async throws {
        try await Schoolhouse.open { school in
            _ = try await school.visitor().post("/forgot-password", ["username": "cleo.bell"])
            let old = try await school.only { $0.isRenewal }
            school.clock.advance(by: .days(2))
            _ = try await ask(old.path, school)
            #expect(try await school.only { $0.isRenewal }.mail.account == Cast.cleo.id)
        }
    }

    @Test func `asks the teacher where no mail can go, who gives a card with one press`() async throws {
        try await Schoolhouse.open { school in
            let slip = try await school.printedSlip(for: Cast.dina)
            school.clock.advance(by: .days(31))
            #expect(try await ask(slip.path, school).status == 303)
            #expect(try await school.emptyMailbox().isEmpty)
            let ada = try await school.visitor(signedInAs: Cast.ada)
            let board = try await ada.text(of: "/people/students")
            #expect(board.contains("1 student asks for a new way in"))
            #expect(try await ada.text(of: "/people/students/\(Cast.dina.id)").contains("asked for a new link or card"))
            let act: ID<Act> = Cast.id(99)
            let card = try await ada.post("/people/students/\(Cast.dina.id)/card", ["act": "\(act)"])
            #expect(card.location?.hasPrefix("/card-sheets/") == true)
            #expect(try await !ada.text(of: "/people/students").contains("asks for a new way in"))
        }
    }

    @Test func `tells only those who see the student, and any of them may leave it aside`() async throws {
        try await Schoolhouse.open { school in
            let slip = try await school.printedSlip(for: Cast.dina)
            school.clock.advance(by: .days(31))
            _ = try await ask(slip.path, school)
            let dov = try await school.visitor(signedInAs: Cast.dov)
            #expect(try await !dov.text(of: "/people/students").contains("asks for a new way in"))
            let aside = "/people/students/\(Cast.dina.id)/not-now"
            #expect(try await dov.post(aside, ["act": "\(Cast.id(99) as ID<Act>)"]).status == 404)
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            #expect(try await ruth.text(of: "/admin/students").contains("1 student asks for a new way in"))
            let ada = try await school.visitor(signedInAs: Cast.ada)
            for _ in 0..<2 {
                let answer = try await ada.post(
                    aside, ["act": "\(Cast.id(99) as ID<Act>)", "return": "/people/students"])
                #expect(answer.status == 303)
            }
            #expect(try await requests(school) == 0)
            #expect(try await school.count("SELECT count(*) AS value FROM audit WHERE act = 'new-way-put-off'") == 1)
            #expect(try await !ruth.text(of: "/admin/students").contains("asks for a new way in"))
        }
    }

    @Test func `answers everybody with the same bytes, and does nothing for whom it may not`() async throws {
        try await Schoolhouse.open { school in
            let noAddress = try await school.printedSlip(for: Cast.dina).path
            let address = try await school.mailedLink(to: Cast.ben)
            let suspended = try await school.mailedLink(to: Cast.hal)
            school.clock.advance(by: .days(31))
            try await school.suspend(Cast.hal)
            let ring = try Keyring(keys: [Array(2...33)])
            let foreign = try ActivationToken(id: .random(), keyID: ring.current, keyring: ring).text.value
            var pages: Set<String> = []
            for path in [noAddress, address, suspended, "/activate/\(foreign)", "/activate/x"] {
                let before = try await school.visitor().get(path)
                #expect(before.text.contains("Send me a new one"))
                let asked = try await ask(path, school)
                #expect(asked.status == 303 && asked.location == "\(path)?asked=1")
                pages.insert(try await before.body + school.visitor().get("\(path)?asked=1").body)
            }
            #expect(pages.count == 1)
            #expect(try await school.emptyMailbox().map(\.mail.account) == [Cast.ben.id])
            #expect(try await requests(school) == 1)
        }
    }

    @Test func `mails once in two minutes, and knows when a whole school presses`() async throws {
        try await Schoolhouse.open { school in
            let old = try await school.mailedLink(to: Cast.ben)
            school.clock.advance(by: .days(15))
            for _ in 0..<3 { _ = try await ask(old, school) }
            #expect(try await school.emptyMailbox().count == 1)
            _ = try await ask(old, school)
            #expect(try await school.emptyMailbox().isEmpty)
            for _ in 0..<296 { _ = try await ask("/activate/x", school) }
            let refused = try await ask(old, school)
            #expect(refused.status == 429 && refused.text.contains("Press the button again in 10 minutes"))
        }
    }

    @Test func `is over once it was answered, and a mail that came back is no answer`() async throws {
        try await Schoolhouse.open { school in
            let slip = try await school.printedSlip(for: Cast.dina)
            school.clock.advance(by: .days(31))
            _ = try await ask(slip.path, school)
            let later = school.clock.now + .minutes(10)
            try await school.write {
                try $0.execute(
                    "UPDATE account SET mail_state = 'bounced', mail_at = \(later) WHERE id = \(Cast.dina.id)")
            }
            let ada = try await school.visitor(signedInAs: Cast.ada)
            #expect(try await ada.text(of: "/people/students").contains("asks for a new way in"))
            let fresh = try await school.printedSlip(for: Cast.dina)
            _ = try await school.visitor().post(fresh.path, ["password": "lantern orbit pickle"])
            #expect(try await requests(school) == 0)
            // Months later her password is reset: nothing of it comes back.
            try await ada.reset("/people/students/\(Cast.dina.id)", act: Cast.id(98))
            #expect(try await !ada.text(of: "/people/students").contains("asks for a new way in"))
        }
    }

    @Test func `is not offered to who came with a temporary password`() async throws {
        try await Schoolhouse.open { school in
            let slip = try await school.printedSlip(for: Cast.dina)
            let child = school.visitor()
            _ = try await child.signIn(Cast.dina.username, slip.password)
            try await school.write { try $0.execute("UPDATE credential SET ended_at = 1") }
            let closed = try await child.get("/choose-password")
            #expect(!closed.body.contains("Send me a new one"))
        }
    }
}
