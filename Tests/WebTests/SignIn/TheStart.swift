import Core
import Storage
import TestSupport
import Testing

@Suite struct TheStart {
    @Test func `of an administrator who teaches nothing is the Overview, wherever they come in`() async throws {
        try await Schoolhouse.open { school in
            #expect(try await school.visitor().signIn("ruth.okoye", Cast.password).location == "/admin")
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            for path in ["/", "/sign-in"] { #expect(try await ruth.get(path).location == "/admin") }
            #expect(try await ruth.get("/admin").body.contains(#"class="wordmark" href="/""#))
            let empty = try await ruth.get("/trackers")
            #expect(empty.text.contains("You teach no tracker") && empty.body.contains(#"href="/admin">Go to Admin"#))
            // What was asked for before signing in still comes first.
            let asked = try await school.visitor().post(
                "/sign-in", ["username": "ruth.okoye", "password": Cast.password, "return": "/trackers"])
            #expect(asked.location == "/trackers")
        }
    }

    @Test func `of an administrator who teaches, and of a teacher, is their trackers`() async throws {
        try await Schoolhouse.open { school in
            try await school.makeAdministrator(Cast.gray, of: Cast.alder)
            for member in [Cast.gray, Cast.ada] {
                #expect(try await school.visitor().signIn(member.username, Cast.password).location == "/trackers")
            }
            // Their trackers have ended: there is nothing to teach any more.
            try await school.write { try $0.execute("UPDATE tracker SET ended_at = 1") }
            #expect(try await school.visitor().signIn("gwen.gray", Cast.password).location == "/admin")
            let ada = try await school.visitor(signedInAs: Cast.ada)
            #expect(try await ada.get("/").location == "/trackers")
            #expect(try await ada.text(of: "/trackers").contains("You have no tracker yet"))
        }
    }

    @Test func `after the first password is the same`() async throws {
        try await Schoolhouse.open { school in
            try await school.makeAdministrator(Cast.ian, of: Cast.alder)
            let link = try await school.mailedLink(to: Cast.ian)
            let answer = try await school.visitor().post(link, ["password": "umbrella cactus midnight 7"])
            #expect(answer.location == "/admin")
        }
    }
}
