import Core
import Storage
import TestSupport
import Testing

@Suite struct TheSession {
    @Test func `is a cookie that scripts cannot read and the disk does not keep`() async throws {
        try await Schoolhouse.open { school in
            let cookie = try #require(try await school.visitor().signIn("cleo.bell", Cast.password).cookies.first)
            #expect(cookie.name == "firstbell")
            #expect(cookie.value.utf8.count == 43)
            #expect(cookie.attributes == ["path=/", "httponly", "samesite=lax"])
            let stored = try await school.read { try $0.rows("SELECT id FROM session").map { try $0.text("id") } }
            #expect(stored.count == 1)
            #expect(stored.first??.contains(cookie.value) == false)
        }
        try await Schoolhouse.open(publicURL: "https://localhost") { school in
            let cookie = try #require(try await school.visitor().signIn("cleo.bell", Cast.password).cookies.first)
            #expect(cookie.name == "__Host-firstbell")
            #expect(cookie.attributes == ["path=/", "httponly", "samesite=lax", "secure"])
        }
    }

    @Test func `ends after half an hour without a request, to the second`() async throws {
        try await Schoolhouse.open { school in
            let visitor = try await school.visitor(signedInAs: Cast.cleo)
            school.clock.advance(by: .seconds(1_799))
            #expect(try await visitor.get("/home").status == 200)
            school.clock.advance(by: .seconds(1_799))
            #expect(try await visitor.get("/home").status == 200)
            school.clock.advance(by: .seconds(1_800))
            #expect(try await visitor.get("/home").location == "/sign-in?return=%2Fhome&ended=1")
        }
    }

    @Test func `of an administrator ends after a quarter of an hour without a request`() async throws {
        try await Schoolhouse.open { school in
            let visitor = try await school.visitor(signedInAs: Cast.ruth)
            school.clock.advance(by: .seconds(899))
            #expect(try await visitor.get("/admin").status == 200)
            school.clock.advance(by: .seconds(900))
            #expect(try await visitor.get("/admin").location == "/sign-in?return=%2Fadmin&ended=1")
        }
    }

    @Test(arguments: [(Cast.cleo, 8), (Cast.ada, 12)])
    func `ends at last, however busy it is`(member: Member, hours: Int) async throws {
        try await Schoolhouse.open { school in
            let visitor = try await school.visitor(signedInAs: member)
            let path = member.kind == .student ? "/home" : "/trackers"
            for _ in 0..<(hours * 3) {
                #expect(try await visitor.get(path).status == 200)
                school.clock.advance(by: .minutes(20))
            }
            #expect(try await visitor.get(path).status == 303)
            #expect(try await visitor.post("/session").status == 303)
        }
    }

    @Test func `of a student ends everywhere else when the student says so`() async throws {
        try await Schoolhouse.open { school in
            let here = try await school.visitor(signedInAs: Cast.cleo)
            let there = try await school.visitor(signedInAs: Cast.cleo)
            #expect(try await here.text(of: "/home").contains("You are signed in here and in 1 other browser."))
            #expect(try await here.post("/account/sessions/end").location == "/home?news=sessions")
            #expect(try await here.text(of: "/home?news=sessions").contains("You are signed out everywhere else."))
            #expect(try await there.get("/home").status == 303)
        }
    }

    @Test func `for choosing a password lasts a quarter of an hour`() async throws {
        try await Schoolhouse.open { school in
            let slip = try await school.printedSlip(for: Cast.ben)
            let visitor = school.visitor()
            _ = try await visitor.signIn("ben.ames", slip.password)
            school.clock.advance(by: .seconds(899))
            #expect(try await visitor.get("/choose-password").status == 200)
            school.clock.advance(by: .seconds(1))
            #expect(try await visitor.get("/choose-password").location?.hasPrefix("/sign-in") == true)
        }
    }

    @Test func `is new at each sign-in, and the one before is over`() async throws {
        try await Schoolhouse.open { school in
            let visitor = try await school.visitor(signedInAs: Cast.ada)
            let first = try #require(visitor.cookies["firstbell"])
            _ = try await visitor.signIn("ada.moss", Cast.password)
            let second = try #require(visitor.cookies["firstbell"])
            #expect(first != second)
            visitor.keep(cookie: "firstbell", first)
            #expect(try await visitor.get("/trackers").status == 303)
        }
    }

    @Test func `ends with signing out, taking only our own cookies along`() async throws {
        try await Schoolhouse.open { school in
            let visitor = try await school.visitor(signedInAs: Cast.cleo)
            let kept = try #require(visitor.cookies["firstbell"])
            let answer = try await visitor.post("/sign-out")
            #expect(answer.location == "/sign-in?signed-out=1")
            #expect(answer["clear-site-data"] == nil)
            #expect(visitor.cookies["firstbell"] == nil)
            visitor.keep(cookie: "firstbell", kept)
            #expect(try await visitor.get("/home").status == 303)
            #expect(try await school.count("SELECT count(*) AS value FROM session") == 0)
        }
    }

    @Test func `ends with the account`() async throws {
        try await Schoolhouse.open { school in
            let visitor = try await school.visitor(signedInAs: Cast.cleo)
            try await school.suspend(Cast.cleo)
            #expect(try await visitor.get("/home").status == 303)
        }
    }

    @Test func `ends elsewhere when its owner says so, or takes a new password`() async throws {
        try await Schoolhouse.open { school in
            let here = try await school.visitor(signedInAs: Cast.ada)
            let there = try await school.visitor(signedInAs: Cast.ada)
            #expect(try await here.text(of: "/account").contains("in 1 other browser"))
            #expect(try await here.post("/account/sessions/end").location == "/account?news=sessions")
            #expect(try await there.get("/trackers").status == 303)
            #expect(try await here.get("/trackers").status == 200)

            let again = try await school.visitor(signedInAs: Cast.ada)
            let old = try #require(here.cookies["firstbell"])
            let changed = try await here.post(
                "/account/password", ["old": Cast.password, "password": "umbrella cactus midnight 7"])
            #expect(changed.location == "/account?news=password")
            #expect(here.cookies["firstbell"] != old)
            #expect(try await here.get("/trackers").status == 200)
            #expect(try await again.get("/trackers").status == 303)
            #expect(try await school.visitor().signIn("ada.moss", Cast.password).status == 422)
            #expect(try await school.visitor().signIn("ada.moss", "umbrella cactus midnight 7").status == 303)
        }
    }

    @Test func `is written down as seen at most once a minute`() async throws {
        try await Schoolhouse.open { school in
            let visitor = try await school.visitor(signedInAs: Cast.cleo)
            let start = school.clock.now.milliseconds
            let seen: @Sendable () async throws -> Int = {
                try await school.count("SELECT seen_at AS value FROM session")
            }
            school.clock.advance(by: .seconds(59))
            _ = try await visitor.get("/home")
            #expect(try await seen() == Int(start))
            school.clock.advance(by: .seconds(1))
            _ = try await visitor.get("/home")
            #expect(try await seen() == Int(start) + 60_000)
        }
    }

    @Test func `does not take garbage for a cookie`() async throws {
        try await Schoolhouse.open { school in
            for garbage in [
                "", "x", String(repeating: "A", count: 43), String(repeating: "%", count: 43), "a;b", "' OR 1=1",
            ] {
                let visitor = school.visitor()
                visitor.keep(cookie: "firstbell", garbage)
                let answer = try await visitor.get("/home")
                #expect(answer.status == 303)
            }
        }
    }
}
