import Core
import Foundation
import Logging
import ServiceLifecycle
import Storage
import TestSupport
import Testing

@testable import Mail

@Suite struct TroubleWithTheServer {
    private let refusal = DeliveryFault.said(535, "5.7.8 Wrong password", .server)

    @Test func `charges no mail and keeps all of them back`() async throws {
        try await Outbox.open { outbox in
            try await outbox.queue(2)
            try await outbox.queue(3)
            outbox.server.refuse(refusal)
            await outbox.postman.workOff()
            for number: UInt8 in [2, 3] {
                let mail = try await outbox.mail(number)
                #expect(mail.state == .queued && mail.attempts == 0)
            }
            let status = outbox.postman.status
            #expect(status.complaint == "535 5.7.8 Wrong password")
            #expect(status.nextTryAt == outbox.clock.now + .seconds(30))
            #expect(try await outbox.facts(2).mail == .queued)
        }
    }

    @Test func `is tried with one mail after waits that grow`() async throws {
        try await Outbox.open(connections: 4) { outbox in
            for number: UInt8 in 2..<8 { try await outbox.queue(number) }
            outbox.server.refuse(refusal)
            await outbox.postman.workOff()
            let first = outbox.server.refused
            #expect((1...4).contains(first))
            outbox.clock.advance(.seconds(29))
            await outbox.postman.workOff()
            #expect(outbox.server.refused == first)
            outbox.clock.advance(.seconds(1))
            await outbox.postman.workOff()
            #expect(outbox.server.refused == first + 1)
            #expect(outbox.postman.status.nextTryAt == outbox.clock.now + .minutes(1))
            outbox.clock.advance(.minutes(1))
            outbox.server.refuse(nil)
            await outbox.postman.workOff()
            #expect(outbox.postman.status.complaint == nil)
            await outbox.postman.workOff()
            #expect(outbox.server.taken.count == 6)
        }
    }

    @Test func `after the server asked for the body puts the mail back too`() async throws {
        try await Outbox.open { outbox in
            try await outbox.queue(2)
            outbox.server.answer(.late(.deferred(.said(421, "4.3.2 Closing down", .server))))
            await outbox.postman.workOff()
            let mail = try await outbox.mail(2)
            #expect(mail.state == .queued && mail.attempts == 0)
        }
    }

    @Test func `is what three refusals by policy in a row mean`() async throws {
        try await Outbox.open { outbox in
            for number: UInt8 in 2..<6 { try await outbox.queue(number, address: "n\(number)@school.example") }
            let policy = DeliveryResult.failed(.said(550, "5.7.1 Not from you", .recipient))
            outbox.server.answer(.early(policy), .early(policy), .early(policy))
            await outbox.postman.workOff()
            #expect(try await outbox.count("SELECT count(*) AS value FROM mail WHERE state = 'failed'") == 2)
            #expect(try await outbox.count("SELECT count(*) AS value FROM mail WHERE state = 'queued'") == 2)
            #expect(outbox.postman.status.complaint == "550 5.7.1 Not from you")
        }
    }

    @Test func `is not a line that the server closed while it was idle`() async throws {
        try await Outbox.open { outbox in
            try await outbox.queue(2)
            try await outbox.queue(3)
            outbox.server.answer(.late(.accepted(ServerReply(code: 250, lines: ["ok"]))), .stale)
            await outbox.postman.workOff()
            #expect(try await outbox.mail(3).state == .accepted)
            #expect(outbox.server.sessions == 2)
            #expect(outbox.postman.status.complaint == nil)
        }
    }

    @Test func `is not a line that has brought as many mails as one may`() async throws {
        try await Outbox.open { outbox in
            for number: UInt8 in 2..<5 { try await outbox.queue(number) }
            let enough = ObedientServer.Answer.goodbye(.said(421, "4.7.0 Enough on this line", .server))
            outbox.server.answer(.late(.accepted(ServerReply(code: 250, lines: ["ok"]))), enough)
            await outbox.postman.workOff()
            #expect(try await outbox.count("SELECT count(*) AS value FROM mail WHERE state = 'accepted'") == 3)
            #expect(outbox.server.sessions == 2)
            #expect(outbox.postman.status.complaint == nil)
        }
    }

    @Test func `because there is none holds the mails, and a server lets them go`() async throws {
        try await Outbox.open(hasServer: false) { outbox in
            try await outbox.queue(2)
            await outbox.postman.workOff()
            let mail = try await outbox.mail(2)
            #expect(mail.state == .held && mail.reason == "noServer")
            #expect(try await outbox.facts(2).mail == .held)
            let now = outbox.clock.now
            try await outbox.database.write { try $0.recoverOutbox(hasServer: true, by: .new(at: now), at: now) }
            #expect(try await outbox.mail(2).state == .queued)
            #expect(try await outbox.facts(2).mail == .queued)
        }
    }

    @Test func `does not let go what is held for another reason`() async throws {
        try await Outbox.open { outbox in
            let mail = try await outbox.queue(2)
            try await outbox.change("UPDATE mail SET state = 'held', reason = 'restored' WHERE id = \(mail)")
            try await outbox.postman.recover()
            await outbox.postman.workOff()
            #expect(try await outbox.mail(2).state == .held)
        }
    }

    @Test func `left by an end at work is put right at the start`() async throws {
        try await Outbox.open { outbox in
            let (sending, inData) = (try await outbox.queue(2), try await outbox.queue(3))
            let (now, keyring, gone) = (
                outbox.clock.now, outbox.keyring, MailClaim(of: .new(at: outbox.clock.now), at: outbox.clock.now)
            )
            try await outbox.database.write { connection in
                _ = try connection.claimMails(
                    limit: 2, newLinks: [.random(), .random()], keyring: keyring, by: gone, at: now)
                _ = try connection.markInData(inData, by: gone, at: now)
            }
            #expect(try await outbox.mail(2).state == .sending)
            try await outbox.postman.recover()
            #expect(try await outbox.mail(2).state == .queued)
            let unknown = try await outbox.mail(3)
            #expect(unknown.state == .unknown && unknown.reason == "interrupted")
            #expect(try await outbox.facts(3).link == "maybe")
            await outbox.postman.workOff()
            #expect(outbox.server.taken.map(\.name) == [sending.description])
            // What comes too late from a life before changes nothing.
            try await outbox.database.write { try $0.settle(inData, .accepted, by: gone, at: now) }
            #expect(try await outbox.mail(3).state == .unknown)
        }
    }

    @Test func `ends with the program, after the mail under way`() async throws {
        try await Outbox.open { outbox in
            let group = ServiceGroup(
                configuration: .init(
                    services: [.init(service: outbox.postman)],
                    logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
            outbox.server.whenAsked {
                await group.triggerGracefulShutdown()
                while !outbox.postman.isStopping { await Task.yield() }
            }
            try await outbox.queue(2)
            try await outbox.queue(3)
            try await group.run()
            #expect(outbox.server.taken.count == 1)
            #expect(try await outbox.count("SELECT count(*) AS value FROM mail WHERE state = 'accepted'") == 1)
            #expect(try await outbox.count("SELECT count(*) AS value FROM mail WHERE state = 'queued'") == 1)
            #expect(outbox.postman.status.isRunning == false)
        }
    }
}
