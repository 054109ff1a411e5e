import Core
import Storage
import TestSupport
import Testing

@testable import Mail

@Suite struct MailOfAServerThatIsGone {
    private func announce(_ place: String, in outbox: Outbox) async throws -> MailClaim {
        let now = outbox.clock.now
        let server = RunningServer(id: .new(at: now), place: place, keys: outbox.keyring.ids)
        try await outbox.database.write { try $0.announce(server, isAlone: false, at: now) }
        return MailClaim(of: server.id, at: now)
    }

    private func claim(_ outbox: Outbox, by hand: MailClaim) async throws {
        let (now, keyring) = (outbox.clock.now, outbox.keyring)
        let claimed = try await outbox.database.write {
            try $0.claimMails(limit: 1, newLinks: [.random()], keyring: keyring, by: hand, at: now)
        }
        #expect(claimed.count == 1)
    }

    @Test func `is left alone while its lease runs`() async throws {
        try await Outbox.open { outbox in
            try await outbox.queue(2)
            try await claim(outbox, by: try await announce("oak", in: outbox))
            outbox.clock.advance(.seconds(29))
            try await outbox.postman.recover()
            #expect(try await outbox.mail(2).state == .sending)
        }
    }

    @Test func `goes back into the queue after its lease, and no body of it follows any more`() async throws {
        try await Outbox.open { outbox in
            let mail = try await outbox.queue(2)
            let gone = try await announce("oak", in: outbox)
            try await claim(outbox, by: gone)
            outbox.clock.advance(.seconds(30))
            try await outbox.postman.recover()
            #expect(try await outbox.mail(2).state == .queued)
            // It was only slow: what it had in hand is not its own any more, also when somebody else has it now.
            let now = outbox.clock.now
            let other = try await announce("elm", in: outbox)
            for _ in 1...2 {
                #expect(try await !outbox.database.write { try $0.markInData(mail, by: gone, at: now) })
                try await outbox.database.write { try $0.settle(mail, .accepted, by: gone, at: now) }
                if try await outbox.mail(2).state == .queued { try await claim(outbox, by: other) }
            }
            #expect(try await outbox.mail(2).state == .sending)
            #expect(try await outbox.database.write { try $0.markInData(mail, by: other, at: now) })
        }
    }

    @Test func `is maybe sent when its body was on the way`() async throws {
        try await Outbox.open { outbox in
            let mail = try await outbox.queue(2)
            let gone = try await announce("oak", in: outbox)
            try await claim(outbox, by: gone)
            let now = outbox.clock.now
            _ = try await outbox.database.write { try $0.markInData(mail, by: gone, at: now) }
            try await outbox.database.write { try $0.endLease(of: gone.server) }
            try await outbox.postman.recover()
            let unknown = try await outbox.mail(2)
            #expect(unknown.state == .unknown && unknown.reason == "interrupted")
        }
    }
}
