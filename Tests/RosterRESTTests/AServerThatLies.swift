import AsyncHTTPClient
import Core
import RosterSources
import Testing

@testable import RosterREST

@Suite struct AServerThatLies {
    @Test(arguments: [
        ("offset ignored", "gives the first page of {value} again and again", "users"),
        ("page repeated", "gave the same page of {value} twice", "users"),
        ("count changing", "The number of {value} changed while we read", "users"),
        ("count wrong", "announced another number of rows", "users: 18, 15"),
        ("count in words", "but not as a number", "users"),
        ("html", "the server sent a web page", "users"),
        ("html as json", "the server sent a web page", "users"),
        ("wrong type", "another kind of file than JSON", "users: application/octet-stream"),
        ("endless", "larger than 32 MB, or has no end", "users"),
        ("huge length", "larger than 32 MB, or has no end", "users"),
        ("huge rows", "larger than 1 MB", "users"),
        ("forbidden", "may not read this", "users: HTTP 403"),
        ("lost", "nothing at this address", "users: HTTP 404"),
        ("deep", "has not the form of OneRoster", "users"),
        ("no page", "has not the form of OneRoster", "users"),
        ("a list", "has not the form of OneRoster", "users"),
        ("rows that are none", "has not the form of OneRoster", "users"),
        ("an object of rows", "has not the form of OneRoster", "users"),
        ("cut json", "has not the form of OneRoster", "users"),
        ("more behind", "has not the form of OneRoster", "users"),
        ("empty", "The server has no {value} for us", "users"),
        ("link without end", "gives the first page of {value} again and again", "users"),
        ("empty page", "without rows and says that more follow", "users"),
        ("link elsewhere", "sends us on to another address", "http://thief.example/collect?x=1"),
    ])
    func `is found out`(lie: String, reason: String, value: String) async throws {
        var behaviour = Behaviour(more: 9)
        behaviour.lie = lie
        behaviour.paging = lie.hasPrefix("count") ? "count" : "none"
        let refusal = try await refusal(of: behaviour) { try await $0.pulled() }
        #expect(refusal?.reason.contains(reason) == true, "\(String(describing: refusal))")
        #expect(refusal?.value == value)
    }

    @Test func `about where it is gets no secret there`() async throws {
        var behaviour = Behaviour()
        behaviour.lie = "redirected"
        let asked = try await MockService.run(behaviour) { mock in
            let error = await #expect(throws: RosterRefused.self) { try await mock.pulled() }
            #expect(error?.reason.contains("sends us on to another address") == true)
            return try await mock.log()
        }
        #expect(!asked.contains { $0.path == "/stolen" })
    }

    @Test(arguments: ["garbage token", "token with a line end"])
    func `about its tokens is found out`(lie: String) async throws {
        var behaviour = Behaviour()
        behaviour.lie = lie
        let refusal = try await refusal(of: behaviour) { try await $0.pulled() }
        #expect(refusal?.reason.contains("is no token") == true)
    }

    @Test func `by breaking off each time is given up after so many tries`() async throws {
        var behaviour = Behaviour()
        behaviour.lie = "broken off"
        let slept = try await MockService.run(behaviour) { mock in
            let error = await #expect(throws: RosterRefused.self) { try await mock.pulled(tries: 3) }
            #expect(error?.reason.contains("broke off in the middle") == true)
            return mock.world.slept
        }
        #expect(slept == [.seconds(1), .seconds(2)])
    }
}

@Suite struct AServerThatStumbles {
    @Test func `is asked again for the page alone`() async throws {
        var behaviour = Behaviour(more: 9)
        behaviour.lie = "broken off once"
        let (pulled, asked, slept) = try await MockService.run(behaviour) { mock in
            (try await mock.pulled(), try await mock.log(), mock.world.slept)
        }
        #expect(pulled.people.count == 12)
        #expect(
            asked.filter { $0.path.hasSuffix("/users") }.compactMap { $0.query["offset"] } == [
                "0", "4", "4", "8", "12",
            ])
        #expect(slept == [.seconds(1)])
    }

    @Test func `is given as long as it asks for, and else twice as long each time`() async throws {
        var behaviour = Behaviour()
        behaviour.lie = "busy thrice"
        let (pulled, slept) = try await MockService.run(behaviour) { mock in
            (try await mock.pulled(tries: 6), mock.world.slept)
        }
        #expect(pulled.people.count == 3)
        #expect(slept == [.seconds(1), .seconds(17), .seconds(4)])
    }

    @Test func `is not asked for ever`() async throws {
        var behaviour = Behaviour()
        behaviour.lie = "busy"
        let (refusal, slept) = try await MockService.run(behaviour) { mock in
            let error = await #expect(throws: RosterRefused.self) { try await mock.pulled(tries: 5) }
            return (error, mock.world.slept)
        }
        #expect(refusal?.reason.contains("busy or out of order") == true)
        #expect(slept == [.seconds(1), .seconds(2), .seconds(4), .seconds(8)])
    }

    @Test func `that is not there at all is no riddle`() async throws {
        let refusal = try await refusal(of: Behaviour()) { mock in
            let nowhere = try OneRosterConnection(
                base: "http://127.0.0.1:1/v1p1", version: .v1_1,
                authorization: .oauth1(key: "birch", secret: Redacted("x")), tries: 2)
            var delivered = Delivered()
            _ = try await mock.service(with: nowhere).pull(into: &delivered)
        }
        #expect(refusal?.reason.contains("did not answer") == true)
    }

    @Test(arguments: [
        ("Fri, 27 Nov 2026 12:00:30 GMT", Duration.seconds(30)), ("0", .zero), ("86400", .seconds(600)),
        ("soon", .seconds(1)), ("Thu, 26 Nov 2026 12:00:00 GMT", .zero),
    ])
    func `may say when to come back as a number or a date`(text: String, wait: Duration) {
        let now = World.start
        #expect(Patience.wait(after: 0, retryAfter: text, now: now, random: 0.5) == wait)
    }
}
