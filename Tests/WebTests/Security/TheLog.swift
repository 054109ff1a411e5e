import Core
import Storage
import TestSupport
import Testing

@Suite struct TheLog {
    @Test func `names routes, never what stood in the address or in a form`() async throws {
        try await Schoolhouse.open { school in
            let link = try await school.mailedLink(to: Cast.ben)
            let slip = try await school.printedSlip(for: Cast.dina)
            let visitor = school.visitor()
            _ = try await visitor.get(link + "?show=1")
            _ = try await visitor.get(slip.path)
            _ = try await visitor.post(slip.path, ["password": "kurz"])
            _ = try await visitor.post(link, ["password": "lantern orbit pickle"])
            _ = try await visitor.signIn("dina.cole", slip.password)
            _ = try await visitor.get("/home")
            _ = try await visitor.get("/nowhere/\(slip.password)?name=Zo%C3%AB")
            try await school.write { try $0.execute("DROP TABLE throttle") }
            _ = try await visitor.signIn("ada.moss", "a secret of Ada's")
            let lines = school.log.lines
            #expect(lines.contains { $0.contains("route=/activate/{token}") && $0.contains("status=303") })
            let token = String(link.dropFirst("/activate/".count))
            let card = String(slip.path.dropFirst("/activate/".count))
            let session = try #require(visitor.cookies["firstbell"])
            let secrets = [
                token, card, slip.password, "lantern", session, "kurz", "ada.moss", "secret of", "dina.cole", "show=1",
                "nowhere", "Zo",
            ]
            for secret in secrets { #expect(lines.allSatisfy { !$0.contains(secret) }, "\(secret)") }
        }
    }

    @Test func `has the number that a failed page shows, and the page has nothing else`() async throws {
        try await Schoolhouse.open { school in
            try await school.write { try $0.execute("ALTER TABLE tracker RENAME TO hidden") }
            let answer = try await school.visitor(signedInAs: Cast.cleo).get("/home")
            #expect(answer.status >= 500)
            #expect(!answer.body.contains("tracker t"))
            #expect(!answer.body.contains("SELECT"))
        }
    }
}
