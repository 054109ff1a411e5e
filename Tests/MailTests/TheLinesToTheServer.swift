import Core
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Mail

@Suite struct TheLinesToTheServer {
    private static let busy = DeliveryResult.deferred(.said(421, "4.7.0 Too many connections", .server))

    @Test func `begin with one, and become one more with every 20 mails that it took`() async throws {
        let lines = LineCount(first: 1, most: 3)
        var allowed: [Int] = []
        for _ in 1...70 {
            _ = lines.noteTaken()
            allowed.append(lines.allowed)
        }
        #expect(
            allowed == Array(repeating: 1, count: 19) + Array(repeating: 2, count: 20) + Array(repeating: 3, count: 31))
        #expect(lines.allows(2) && !lines.allows(3))
    }

    @Test func `are open at the same time where the program runs, up to the most that is set`() async throws {
        try await Outbox.open(settings: { settings, _ in (settings.connections, settings.firstConnections) = (3, 1) }) {
            outbox in
            outbox.server.whenAsked { for _ in 0..<20 { await Task.yield() } }
            try await outbox.queueMailing("oak", to: 120)
            try await outbox.atWork { try await outbox.eventually("all have left") { outbox.taken.count == 120 } }
            #expect(outbox.server.mostOpen == 3)
            #expect(outbox.postman.status.lines == 3)
            #expect(Set(outbox.taken).count == 120)
        }
    }

    @Test func `are halved when the server is busy, and no mail pays for it`() async throws {
        try await Outbox.open(connections: 4) { outbox in
            try await outbox.queueMailing("oak", to: 12)
            outbox.server.answer(.early(Self.busy))
            await outbox.postman.workOff()
            #expect(outbox.postman.status.lines == 2)
            #expect(outbox.postman.status.complaint == nil)
            #expect(Set(outbox.taken).count == 12)
            #expect(try await outbox.count("SELECT max(attempts) AS value FROM mail") == 1)
        }
    }

    @Test func `wait for a server that is busy with a single one`() async throws {
        try await Outbox.open { outbox in
            try await outbox.queueMailing("oak", to: 2)
            outbox.server.refuse(.said(421, "4.3.2 Come back later", .server))
            await outbox.postman.workOff()
            #expect(outbox.server.refused == 1)
            #expect(outbox.postman.status.complaint == "421 4.3.2 Come back later")
            #expect(outbox.postman.status.troubledSince == outbox.clock.now)
        }
    }

    @Test func `are renewed after a while, however few mails they took`() async throws {
        try await Outbox.open(settings: { settings, _ in settings.mailsPerSession = 4 }) { outbox in
            try await outbox.queueMailing("oak", to: 9)
            await outbox.postman.workOff()
            #expect(outbox.server.sessions == 3)
        }
        try await Outbox.open { outbox in
            outbox.server.whenAsked { outbox.clock.advance(.minutes(2)) }
            try await outbox.queueMailing("oak", to: 6)
            await outbox.postman.workOff()
            #expect(outbox.server.sessions == 2)
        }
    }
}

@Suite struct TurnsOfMailings {
    @Test func `are taken mail by mail, so that none waits for another's end`() async throws {
        try await Outbox.open { outbox in
            try await outbox.queueMailing("oak", to: 5)
            outbox.clock.advance(.seconds(1))
            try await outbox.queueMailing("elm", to: 3)
            outbox.clock.advance(.seconds(1))
            try await outbox.queueMailing("fir", to: 1)
            await outbox.postman.workOff()
            #expect(outbox.turns == ["oak", "elm", "fir", "oak", "elm", "oak", "elm", "oak", "oak"])
        }
    }

    @Test func `go to a class before a district`() async throws {
        try await Outbox.open { outbox in
            try await outbox.queueMailing("district", to: 3, priority: 2)
            try await outbox.queueMailing("class", to: 2, priority: 1)
            await outbox.postman.workOff()
            #expect(outbox.turns == ["class", "class", "district", "district", "district"])
        }
    }

    @Test func `pass over a mailing whose mails are not due yet`() async throws {
        try await Outbox.open { outbox in
            try await outbox.queueMailing("later", to: 3)
            try await outbox.change("UPDATE mail SET due_at = due_at + 3600000")
            outbox.clock.advance(.seconds(1))
            try await outbox.queueMailing("now", to: 2)
            await outbox.postman.workOff()
            #expect(outbox.turns == ["now", "now"])
            outbox.clock.advance(.hours(1))
            await outbox.postman.workOff()
            #expect(outbox.turns == ["now", "now", "later", "later", "later"])
        }
    }

    @Test func `let a single mail overtake a mailing of 5,000 within seconds`() async throws {
        try await Outbox.open(connections: 4) { outbox in
            try await outbox.queueMailing("mass", to: 5_000, priority: 2)
            try await outbox.atWork {
                try await outbox.eventually("the mailing is under way") { outbox.taken.count > 40 }
                try await outbox.queue(2, address: "cleo@single.example", priority: 0)
                let (before, began) = (outbox.taken.count, ContinuousClock.now)
                outbox.postman.nudge()
                try await outbox.eventually("it has left") { outbox.taken.contains("cleo@single") }
                let place = try #require(outbox.taken.firstIndex(of: "cleo@single"))
                #expect(place <= before + 8, "\(place - before) mails went before it")
                #expect(began.duration(to: .now) < .seconds(10))
            }
            #expect(outbox.taken.count < 5_000)
        }
    }
}
