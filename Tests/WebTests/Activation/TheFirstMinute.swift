import Core
import Storage
import TestSupport
import Testing

@Suite struct TheFirstMinute {
    static let own = "lantern orbit pickle"

    @Test func `leads from the mailed link to the student's own page`() async throws {
        try await Schoolhouse.open { school in
            let link = try await school.mailedLink(to: Cast.ben)
            let visitor = school.visitor()
            let page = try await visitor.get(link)
            #expect(page.status == 200)
            #expect(page.text.contains("Hello Ben! Choose your own password."))
            #expect(page.text.contains("ben.ames"))
            let entered = try await visitor.post(link, ["username": "ben.ames", "password": Self.own])
            #expect(entered.location == "/home?news=first")
            #expect(try await visitor.text(of: "/home?news=first").contains("Homeroom 4B"))
            #expect(try await school.visitor().signIn("ben.ames", Self.own).location == "/home")
        }
    }

    @Test func `leads there from the QR code of a card, which names the teacher`() async throws {
        try await Schoolhouse.open { school in
            let slip = try await school.printedSlip(for: Cast.dina)
            let visitor = school.visitor()
            let page = try await visitor.text(of: slip.path)
            #expect(page.contains("This is from Ada Moss, your teacher at Alder Creek Elementary."))
            #expect(try await visitor.post(slip.path, ["password": Self.own]).location == "/home?news=first")
        }
    }

    @Test func `leads staff to their trackers, by rules of their own`() async throws {
        try await Schoolhouse.open { school in
            let link = try await school.mailedLink(to: Cast.ian)
            let visitor = school.visitor()
            #expect(try await visitor.text(of: link).contains("12 characters or more."))
            #expect(try await visitor.post(link, ["password": "kite pond"]).status == 422)
            #expect(try await visitor.post(link, ["password": "umbrella cactus midnight 7"]).location == "/trackers")
        }
    }

    @Test func `kills every other way in, and tells the teacher`() async throws {
        try await Schoolhouse.open { school in
            let slip = try await school.printedSlip(for: Cast.ben)
            let first = try await school.mailedLink(to: Cast.ben)
            let second = try await school.mailedLink(to: Cast.ben)
            let typed = school.visitor()
            _ = try await typed.signIn("ben.ames", slip.password)
            _ = try await school.visitor().post(first, ["password": Self.own])
            for path in [first, second, slip.path] {
                #expect(try await school.visitor().get(path).status == 404)
                #expect(try await school.visitor().post(path, ["password": "another try at it"]).status == 404)
            }
            #expect(try await typed.get("/choose-password").status == 303)
            #expect(try await school.visitor().signIn("ben.ames", slip.password).status == 422)
            let ada = try await school.visitor(signedInAs: Cast.ada)
            let row = try #require(try await ada.text(of: "/people/students?q=ames").firstRange(of: "Active"))
            #expect(!row.isEmpty)
            #expect(try await school.count("SELECT count(*) AS value FROM audit WHERE act = 'password-chosen'") == 1)
        }
    }

    @Test func `works with an older mail while a newer one is on its way`() async throws {
        try await Schoolhouse.open { school in
            let first = try await school.mailedLink(to: Cast.ben)
            _ = try await school.mailedLink(to: Cast.ben)
            #expect(try await school.visitor().post(first, ["password": Self.own]).status == 303)
        }
    }

    @Test func `says what is wrong with a password, spends nothing and keeps no password on the page`() async throws {
        try await Schoolhouse.open { school in
            let slip = try await school.printedSlip(for: Cast.ben)
            let tries: [(String, String)] = [
                ("", "The box is empty."), ("kurz", "too short"), ("password", "too easy to guess"),
                ("benames11", "Your name and your school"), (slip.password, "That is the password from your card."),
                (String(repeating: "ab cd ", count: 60), "too long"),
            ]
            for (password, words) in tries {
                let answer = try await school.visitor().post(slip.path, ["password": password])
                #expect(answer.status == 422)
                #expect(answer.text.contains(words), "\(password)")
                #expect(!answer.body.contains(#"name="password" value="#))
            }
            #expect(try await school.visitor().post(slip.path, ["password": Self.own, "again": "other"]).status == 422)
            #expect(
                try await school.visitor().post(slip.path, ["password": Self.own, "again": Self.own]).status == 303)
        }
    }

    @Test func `shows what is typed, and ideas, without script`() async throws {
        try await Schoolhouse.open { school in
            let link = try await school.mailedLink(to: Cast.ben)
            #expect(try await school.visitor().get(link + "?show=1").body.contains(#"id="password" type="text""#))
            let idea = try await school.visitor().get(link + "?idea=1")
            #expect(idea.text.contains("Here is an idea!"))
            let value = try #require(idea.body.firstMatch(of: /name="password" value="([a-z ]+)"/)).1
            #expect(try await school.visitor().post(link, ["password": String(value)]).status == 303)
        }
    }

    @Test func `is in the child's language, unless another is chosen on the page`() async throws {
        try await Schoolhouse.open { school in
            try await school.write {
                try $0.execute("UPDATE account SET roster_language = 'es' WHERE id = \(Cast.ben.id)")
            }
            let link = try await school.mailedLink(to: Cast.ben)
            let visitor = school.visitor()
            #expect(try await visitor.get(link).body.contains(#"<html lang="es""#))
            let back = try await visitor.post(
                "/language", ["language": "en", "return": ""], headers: ["referer": "http://localhost\(link)"])
            #expect(back.location == link)
            #expect(try await visitor.get(link).body.contains(#"<html lang="en""#))
        }
    }

    @Test func `settles a mail of which nobody knew whether it was sent`() async throws {
        try await Schoolhouse.open { school in
            let id: ID<ActivationLink> = .random()
            let link = try await school.mailedLink(to: Cast.ben, id: id)
            let now = school.clock.now
            try await school.write { connection in
                try connection.execute(
                    """
                    INSERT INTO mailing (id, act_id, kind, made_by, made_at, sender_name, sender_place, all_trackers,
                      message, template_version)
                    VALUES ('m', 'a', 'student', \(Cast.ada.id), \(now), 'Ada Moss', 'Alder Creek', TRUE, '', 1)
                    """)
                try connection.execute(
                    """
                    INSERT INTO mail (id, mailing_id, account_id, state, state_at, priority, due_at, language, link_id)
                    VALUES ('o', 'm', \(Cast.ben.id), 'unknown', \(now), 0, \(now), 'en', \(id))
                    """)
                try connection.execute("UPDATE account SET mail_state = 'unknown' WHERE id = \(Cast.ben.id)")
            }
            #expect(
                try await school.visitor().text(of: link).contains(
                    "This is from Ada Moss, your teacher at Alder Creek."))
            _ = try await school.visitor().post(link, ["password": Self.own])
            #expect(try await school.count("SELECT count(*) AS value FROM mail WHERE state = 'accepted'") == 1)
            #expect(
                try await school.count("SELECT count(*) AS value FROM account WHERE mail_state = 'accepted'") == 1)
        }
    }
}
