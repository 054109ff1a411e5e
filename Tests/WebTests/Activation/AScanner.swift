import Core
import Storage
import TestSupport
import Testing

@Suite struct AScanner {
    @Test func `may look at a link as often and as oddly as it likes`() async throws {
        try await Schoolhouse.open { school in
            let link = try await school.mailedLink(to: Cast.ben)
            let slip = try await school.printedSlip(for: Cast.dina)
            let before = try await facts(school)
            for path in [link, slip.path] {
                for _ in 0..<20 { #expect(try await school.visitor().get(path).status == 200) }
                let head = try await school.visitor().send("HEAD", path)
                #expect(head.status == 200)
                #expect(head.body.isEmpty)
                _ = try await school.visitor().send("OPTIONS", path)
                for query in ["?show=1", "?idea=1", "?utm_source=mail", "?password=lantern+orbit+pickle"] {
                    #expect(try await school.visitor().get(path + query).status == 200)
                }
                let prefetch = ["sec-purpose": "prefetch", "purpose": "prefetch", "user-agent": "LinkScanner/1.0"]
                #expect(try await school.visitor().get(path, headers: prefetch).status == 200)
                // A scanner that presses the button sends an empty box.
                #expect(
                    try await school.visitor().post(path, ["username": "", "password": "", "again": ""]).status == 422)
                #expect(try await school.visitor().post(path).status == 400)
            }
            #expect(try await facts(school) == before)
            #expect(try await school.visitor().post(link, ["password": "lantern orbit pickle"]).status == 303)
            #expect(try await school.visitor().post(slip.path, ["password": "umbrella cactus moon"]).status == 303)
        }
    }

    /// All that a look could have changed.
    private func facts(_ school: Schoolhouse) async throws -> [String] {
        try await school.read { connection in
            let accounts = try connection.rows(
                "SELECT id || ':' || generation || ':' || (active_at IS NULL) AS fact FROM account ORDER BY id")
            let links = try connection.rows("SELECT id || ':' || (voided_at IS NULL) AS fact FROM activation_link")
            let audit = try connection.rows("SELECT id AS fact FROM audit ORDER BY id")
            let sessions = try connection.rows("SELECT id AS fact FROM session")
            return try (accounts + links + audit + sessions).map { try $0.text("fact") ?? "" }
        }
    }
}
