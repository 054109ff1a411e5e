import Core
import Storage
import TestSupport
import Testing

@Suite struct TheEndOfASession {
    @Test func `is announced on every page, and moves with a press of Stay signed in`() async throws {
        try await Schoolhouse.open { school in
            let visitor = try await school.visitor(signedInAs: Cast.cleo)
            let page = try await visitor.get("/home")
            #expect(page.body.contains(#"data-seconds="1800""#))
            #expect(page.text.contains("You stay signed in until 10:30, and longer with each page."))
            school.clock.advance(by: .seconds(1_700))
            let byItself = ["sec-fetch-dest": "empty"]
            #expect(try await visitor.get("/session", headers: byItself).body == "100")
            #expect(try await visitor.get("/session", headers: byItself).body == "100")
            #expect(try await visitor.post("/session", headers: byItself).body == "1800")
            school.clock.advance(by: .seconds(1_799))
            #expect(try await visitor.get("/session", headers: byItself).body == "1")
            let back = try await visitor.post("/session", ["return": "/home"])
            #expect(back.location == "/home")
            #expect(try await visitor.post("/session", ["return": "https://elsewhere.example/"]).location == nil)
        }
    }

    @Test func `comes nearer when a page looks something up by itself`() async throws {
        try await Schoolhouse.open { school in
            let visitor = try await school.visitor(signedInAs: Cast.ada)
            school.clock.advance(by: .minutes(29))
            #expect(try await visitor.get("/trackers", headers: ["sec-fetch-dest": "empty"]).status == 200)
            school.clock.advance(by: .minutes(1))
            #expect(try await visitor.get("/trackers").status == 303)
        }
    }

    @Test func `of the whole session is announced as what nothing moves`() async throws {
        try await Schoolhouse.open { school in
            let visitor = try await school.visitor(signedInAs: Cast.cleo)
            for _ in 0..<19 {
                school.clock.advance(by: .minutes(25))
                #expect(try await visitor.get("/home").status == 200)
            }
            let page = try await visitor.get("/home")
            #expect(page.body.contains(#"data-seconds="300""#))
            #expect(page.text.contains("You stay signed in until 18:00."))
            #expect(!page.text.contains("Stay signed in"))
            #expect(try await visitor.post("/session").body == "300")
        }
    }

    @Test func `is told, and leads back to where one was`() async throws {
        try await Schoolhouse.open { school in
            let visitor = try await school.visitor(signedInAs: Cast.ada)
            school.clock.advance(by: .minutes(31))
            let door = try #require(try await visitor.get("/people/students?sort=name").location)
            #expect(door == "/sign-in?return=%2Fpeople%2Fstudents%3Fsort%3Dname&ended=1")
            #expect(try await visitor.text(of: door).contains("You were signed out. That happens after a pause"))
            let again = try await visitor.post(
                "/sign-in",
                ["username": "ada.moss", "password": Cast.password, "return": "/people/students?sort=name"])
            #expect(again.location == "/people/students?sort=name")
            #expect(try await school.visitor().get("/trackers").location == "/sign-in?return=%2Ftrackers")
        }
    }

    @Test func `loses nothing that was typed`() async throws {
        try await Schoolhouse.open { school in
            let ada = try await school.visitor(signedInAs: Cast.ada)
            let act: ID<Act> = .new(at: school.clock.now)
            school.clock.advance(by: .minutes(31))
            let typed = "act=\(act)&all=on&additional=" + "Bring+%22it%22+%26+come%21%0D%0AMs.+Moss"
            let late = try await ada.post(
                "/people/students/send", body: typed, headers: ["referer": "http://localhost/people/students/send"])
            #expect(late.status == 403)
            #expect(late.text.contains("what you typed is kept"))
            let kept = try #require(late.hidden("kept"))
            let action = try #require(late.hidden("kept-action"))
            let person = try #require(late.hidden("kept-person"))
            #expect(kept == typed && action == "/people/students/send" && person == "\(Cast.ada.id)")

            let wrong = try await ada.post(
                "/sign-in",
                [
                    "username": "ada.moss", "password": "wrong", "kept": kept, "kept-action": action,
                    "kept-person": person,
                ])
            #expect(wrong.status == 422 && wrong.hidden("kept") == typed)

            let again = try await ada.post(
                "/sign-in",
                [
                    "username": "ada.moss", "password": Cast.password, "return": "/people/students/send", "kept": kept,
                    "kept-action": action, "kept-person": person,
                ])
            #expect(again.status == 200)
            #expect(again.hidden("additional") == "Bring \"it\" & come!\r\nMs. Moss")
            #expect(again.body.contains(#"action="/people/students/send""#))
            #expect(try await school.count("SELECT count(*) AS value FROM mailing") == 0)
            let sent = try await ada.post("/people/students/send", body: typed)
            #expect(sent.status == 303 && sent.location?.hasPrefix("/mailings/") == true)
            #expect(try await school.count("SELECT count(*) AS value FROM mailing") == 1)
        }
    }

    @Test func `gives what was typed to nobody else`() async throws {
        try await Schoolhouse.open { school in
            let ada = try await school.visitor(signedInAs: Cast.ada)
            school.clock.advance(by: .minutes(31))
            let typed = "message=hello"
            let late = try await ada.post("/people/students/send", body: typed)
            let fields = [
                "username": "dov.lund", "password": Cast.password, "kept": typed,
                "kept-action": "/people/students/send",
                "kept-person": try #require(late.hidden("kept-person")),
            ]
            let body = fields.map { "\($0)=\($1.replacing(" ", with: "+"))" }.joined(separator: "&")
            let other = try await ada.post("/sign-in", body: body)
            #expect(other.status == 303 && other.location == "/trackers")
            // A stranger's form is not repeated, nor one to elsewhere, nor one with a password.
            #expect(try await school.visitor().post("/people/students/send", body: typed).status == 303)
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            school.clock.advance(by: .minutes(16))
            let secret = try await ruth.post("/account/password", ["old": Cast.password, "password": "new words 77"])
            #expect(secret.status == 303 && !secret.body.contains("new words 77"))
            let long = try await ruth.post(
                "/people/students/send", body: "message=" + String(repeating: "a", count: 17_000))
            #expect(long.status == 303)
            let strange = try await school.visitor().post(
                "/sign-in",
                [
                    "username": "ada.moss", "password": Cast.password, "kept": typed,
                    "kept-action": "https://elsewhere.example/", "kept-person": "\(Cast.ada.id)",
                ])
            #expect(strange.location == "/trackers")
        }
    }

    @Test func `is as the settings were when it began`() async throws {
        let short = SessionLimits.Limit(idle: .minutes(5), whole: .minutes(8))
        let limits = SessionLimits(student: short, staff: short, administrator: short)
        try await Schoolhouse.open(sessions: limits) { school in
            let visitor = try await school.visitor(signedInAs: Cast.ada)
            school.clock.advance(by: .seconds(299))
            #expect(try await visitor.get("/trackers").status == 200)
            school.clock.advance(by: .seconds(180))
            #expect(try await visitor.get("/trackers").status == 200)
            school.clock.advance(by: .seconds(1))
            #expect(try await visitor.get("/trackers").status == 303)
        }
    }
}

@Suite struct AnOldHash {
    @Test func `is made anew at the next sign-in, for good`() async throws {
        try await Schoolhouse.open { school in
            let stored: @Sendable () async throws -> String = {
                try await school.read { connection in
                    try connection.rows("SELECT password_hash AS h FROM account WHERE id = \(Cast.cleo.id)").first?
                        .text("h") ?? ""
                }
            }
            // Argon2id of the cast's password with 8 MiB and one pass, by libsodium.
            let old =
                "$argon2id$v=19$m=8192,t=1,p=1$esV+yJD+yAFN0G2a/9AuDQ$"
                + "K79HK20eDtb1JVrnn5FBDw94adgnJdk7BfRUTtIcVoA"
            try await school.write {
                try $0.execute("UPDATE account SET password_hash = \(old) WHERE id = \(Cast.cleo.id)")
            }
            #expect(try await school.visitor().signIn("cleo.bell", "wrong").status == 422)
            #expect(try await stored() == old)
            #expect(try await school.visitor().signIn("cleo.bell", Cast.password).status == 303)
            let fresh = try await stored()
            #expect(fresh != old && fresh.contains("m=19456,t=2,p=1"))
            #expect(try await school.visitor().signIn("cleo.bell", Cast.password).status == 303)
            #expect(try await stored() == fresh)
        }
    }
}
