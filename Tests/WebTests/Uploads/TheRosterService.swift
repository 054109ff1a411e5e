import Core
import Storage
import TestSupport
import Testing
import Web

@Suite struct TheRosterService {
    private static let path = "/admin/roster-service"
    private static let act = "\(Cast.id(71) as ID<Act>)"
    private static let secret = "s3cret-of-the-sis"

    private func form(
        way: String = "1.2", address: String = "https://sis.example/ims/oneroster/rostering/v1p2",
        token: String = "https://sis.example/token", client: String = "birch", secret: String = Self.secret,
        scope: String = "", nightly: String = "2", changes: String = "4"
    ) -> KeyValuePairs<String, String> {
        [
            "act": Self.act, "way": way, "address": address, "token": token, "client": client, "secret": secret,
            "scope": scope, "nightly": nightly, "changes": changes, "applies": "yes",
        ]
    }

    private func saved(_ school: Schoolhouse) async throws -> RosterService? {
        try await school.services.database.read { try $0.rosterService() }
    }

    @Test func `is saved, shown without its secret, changed without it, and removed`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            #expect(try await ruth.get(Self.path).body.contains("Roster service"))
            #expect(try await ruth.post(Self.path, form()).status == 303)
            let service = try #require(try await saved(school))
            #expect(service.nightlyAt == 120 && service.changesEvery == 240 && service.appliesItself)
            #expect(service.scope == RosterService.usualScope(of: "1.2"))
            let page = try await ruth.get(Self.path).body
            #expect(page.contains("A secret is saved.") && page.contains("Read by itself next"))
            #expect(!page.contains(Self.secret))
            #expect(try await ruth.post(Self.path, form(secret: "", nightly: "", changes: "")).status == 303)
            #expect(try await saved(school)?.nightlyAt == nil)
            #expect(try await ruth.get(Self.path).body.contains("read only when somebody asks"))
            #expect(try await ruth.post("\(Self.path)/removal", ["act": Self.act]).status == 303)
            #expect(try await saved(school) == nil)
            #expect(
                try await school.count("SELECT COUNT(*) AS value FROM audit WHERE act LIKE 'roster-service-%'") == 3)
        }
    }

    @Test(arguments: [
        ("1.2", "http://sis.example/v1p2", "https://sis.example/token", "x", "does not begin with https"),
        ("1.2", "https://sis.example/v1p2", "", "x", "no web address of a service"),
        ("1.2", "https://user:pass@sis.example/v1p2", "https://sis.example/token", "x", "no web address of a service"),
        ("1.2", "https://sis.example/v1p2", "https://sis.example/token", "", "Enter the secret"),
    ])
    func `that cannot be is told in a sentence, and nothing is saved or said again of the secret`(
        way: String, address: String, token: String, secret: String, says: String
    ) async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let answer = try await ruth.post(
                Self.path, form(way: way, address: address, token: token, secret: secret))
            #expect(answer.status == 422 && answer.body.contains(says))
            #expect(answer.body.contains(#"value="birch""#))
            #expect(try await saved(school) == nil)
        }
    }

    @Test func `wants its secret anew where it would go elsewhere`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            #expect(try await ruth.post(Self.path, form()).status == 303)
            let moved = try await ruth.post(Self.path, form(token: "https://thief.example/token", secret: ""))
            #expect(moved.status == 422)
            #expect(try await saved(school)?.tokenAddress == "https://sis.example/token")
        }
    }

    @Test func `signs its requests where OAuth 1.0a is chosen, and asks for no scope where none is wanted`()
        async throws
    {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            #expect(try await ruth.post(Self.path, form(way: "1.1-signed", token: "")).status == 303)
            #expect(try await saved(school)?.tokenAddress == nil)
            #expect(try await ruth.post(Self.path, form(way: "1.1", scope: "none")).status == 303)
            #expect(try await saved(school)?.scope == nil)
            #expect(try await ruth.get(Self.path).body.contains(#"name="scope" value="none""#))
        }
    }

    @Test func `is not read where none is saved`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let answer = try await ruth.post("\(Self.path)/reading", ["act": Self.act, "pull": "whole"])
            #expect(answer.status == 303 && answer.location == Self.path)
            #expect(try await ruth.post("\(Self.path)/reading", ["act": Self.act, "pull": "x"]).status == 400)
            #expect(try await school.count("SELECT COUNT(*) AS value FROM roster_plan") == 0)
        }
    }

    @Test func `is the district's administrators' alone`() async throws {
        try await Schoolhouse.open { school in
            for member in [Cast.ada, Cast.gray] {
                let visitor = try await school.visitor(signedInAs: member)
                #expect(try await visitor.get(Self.path).status == 403)
                #expect(try await visitor.post(Self.path, form()).status == 403)
                #expect(try await visitor.post("\(Self.path)/removal", ["act": Self.act]).status == 403)
                let reading = try await visitor.post("\(Self.path)/reading", ["act": Self.act, "pull": "whole"])
                #expect(reading.status == 403)
            }
            #expect(try await saved(school) == nil)
        }
    }
}
