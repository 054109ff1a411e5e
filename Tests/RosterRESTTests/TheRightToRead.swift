import Core
import Foundation
import RosterSources
import TestSupport
import Testing

@testable import RosterREST

@Suite struct TheRightToRead {
    @Test func `is had with OAuth 1.0a, where every request is signed anew`() async throws {
        let pulled = try await MockService.run(Behaviour(auth: "oauth1", more: 9)) { try await $0.pulled() }
        #expect(pulled.people.count == 12)
    }

    @Test func `is had for changes with OAuth 1.0a, whose filter is full of signs`() async throws {
        let pulled = try await MockService.run(Behaviour(auth: "oauth1")) {
            try await $0.pulled(since: Timestamp(Date(timeIntervalSince1970: 1_795_163_400)))
        }
        #expect(pulled.people.map(\.sourceID) == ["u6"])
    }

    @Test(arguments: ["oauth1", "oauth2"])
    func `is not had with a wrong secret`(auth: String) async throws {
        let refusal = try await refusal(of: Behaviour(auth: auth)) { try await $0.pulled(secret: "guessed") }
        #expect(refusal?.reason.contains("does not accept the id and the secret") == true)
        #expect(refusal.map { "\($0)".contains("guessed") } == false)
    }

    @Test func `is not had with a nonce that was used before`() async throws {
        let refusal = try await refusal(of: Behaviour(auth: "oauth1")) { mock in
            var delivered = Delivered()
            _ = try await mock.service(nonce: "again").pull(into: &delivered)
        }
        #expect(refusal?.value == "orgs: HTTP 401" || refusal?.value == "academicSessions: HTTP 401")
    }

    @Test func `is not had with the clock an hour away`() async throws {
        var behaviour = Behaviour(auth: "oauth1")
        behaviour.now += 3_600
        #expect(try await refusal(of: behaviour) { try await $0.pulled() } != nil)
    }

    @Test func `is not had with another scope`() async throws {
        let refusal = try await refusal(of: Behaviour(scope: "roster-core.readonly")) { mock in
            let connection = try OneRosterConnection(
                base: "http://127.0.0.1:\(mock.port)/ims/oneroster/v1p1", version: .v1_1,
                authorization: .oauth2(
                    token: "http://127.0.0.1:\(mock.port)/token", id: mock.behaviour.id,
                    secret: Redacted(mock.behaviour.secret), scope: "everything"))
            var delivered = Delivered()
            _ = try await mock.service(with: connection).pull(into: &delivered)
        }
        #expect(refusal?.reason.contains("mind the scope") == true)
    }

    @Test func `is renewed when a token is used up before its time`() async throws {
        var behaviour = Behaviour(more: 9)
        behaviour.requestsPerToken = 3
        let (pulled, asked) = try await MockService.run(behaviour) { service in
            (try await service.pulled(), try await service.log())
        }
        #expect(pulled.people.count == 12)
        #expect(asked.filter { $0.path == "/token" }.count > 2)
    }

    @Test func `is renewed when a token's time is over, before the server says so`() async throws {
        var behaviour = Behaviour()
        behaviour.expiresIn = 100
        let asked = try await MockService.run(behaviour) { service in
            var delivered = Delivered()
            _ = try await service.service().pull(into: &delivered) { done in
                if done.collection == "orgs" { service.world.pass(.seconds(91)) }
            }
            return try await service.log()
        }
        #expect(asked.filter { $0.path == "/token" }.count == 2)
    }

    @Test func `is lost midway where a new token does not help`() async throws {
        var behaviour = Behaviour()
        behaviour.requestsPerToken = 2
        behaviour.tokens = 1
        let refusal = try await refusal(of: behaviour) { try await $0.pulled() }
        #expect(refusal?.value == "users: HTTP 401")
    }

    @Test func `has signatures that another program computes alike`() async throws {
        let address = try ServiceAddress("HTTPS://SIS.Example:443/ims/oneroster/v1p1/users/")
        var query = Query()
        query["filter"] = "dateLastModified>'2026-11-01T00:00:00.000Z' AND a=b+c&d é"
        query["limit"] = "10"
        query["a"] = ""
        let signature = OAuth1Signature(key: "key & co", secret: Redacted("s3cret/&+ü"))
        let header = signature.header(of: address, query, nonce: "n0nce", at: World.start)
        let pairs =
            query.items.flatMap { [$0.name, $0.value] } + [
                "oauth_consumer_key", "key & co", "oauth_nonce", "n0nce", "oauth_signature_method", "HMAC-SHA256",
                "oauth_timestamp", "1795780800", "oauth_version", "1.0",
            ]
        let expected = try await PythonScript.run(
            "oauth", ["GET", "https://sis.example/ims/oneroster/v1p1/users", "s3cret/&+ü"] + pairs, isQuiet: true
        ) { String(decoding: try await $0.line(), as: UTF8.self) }
        #expect(header.contains("oauth_signature=\"\(expected.percentEncoded)\""))
        #expect(!header.contains("s3cret"))
    }

    @Test func `is told nobody: descriptions hold no secret`() throws {
        let connection = try OneRosterConnection(
            base: "https://sis.example/ims/oneroster/v1p1", version: .v1_1,
            authorization: .oauth1(key: "birch", secret: Redacted("sesame-1999")))
        #expect(!"\(connection)".contains("sesame") && !String(reflecting: connection).contains("sesame"))
    }
}
