import Core
import Foundation
import Storage
import Testing

@testable import Mail

@Suite struct ThePostman {
    @Test func `carries a mail and says so on mail and student`() async throws {
        try await Outbox.open { outbox in
            try await outbox.queue(2)
            await outbox.postman.workOff()
            let mail = try await outbox.mail(2)
            #expect(mail.state == .accepted && mail.attempts == 1)
            let facts = try await outbox.facts(2)
            #expect(facts.mail == .accepted && facts.link == "mailed")
            #expect(facts.linkEndsAt == outbox.clock.now + .days(14))
            let parcel = try #require(outbox.server.taken.first)
            let read = try #require(try await StrictParser.read([parcel.message]).first)
            #expect(read.headers.contains(["From", "\"Ana Beltrán, Alder Creek\" <bell@district.example>"]))
            #expect(read.headers.contains(["Subject", "Cleo, your school account is ready"]))
            #expect(read.text.contains("https://bell.district.example/activate/"))
            #expect(read.text.contains("Bring your tablet!"))
            #expect(outbox.postman.status.lastAcceptedAt == outbox.clock.now)
        }
    }

    @Test func `notes that the server takes the body before the body ends`() async throws {
        try await Outbox.open { outbox in
            try await outbox.queue(2)
            outbox.server.whenAsked {
                let state = try await outbox.mail(2).state
                let facts = try await outbox.facts(2).mail
                #expect(state == .inData && facts == .inData)
            }
            await outbox.postman.workOff()
            #expect(try await outbox.mail(2).state == .accepted)
        }
    }

    @Test func `tells those who look of each state once it is written`() async throws {
        try await Outbox.open { outbox in
            try await outbox.queue(2)
            let mailing: ID<Mailing> = Outbox.id(2)
            outbox.server.whenAsked { #expect(outbox.told.all == [mailing, mailing], "claimed, and in hand") }
            await outbox.postman.workOff()
            #expect(outbox.told.all == [mailing, mailing, mailing])
        }
    }

    @Test func `sends nothing of a mailing that was cancelled between its mails`() async throws {
        try await Outbox.open { outbox in
            try await outbox.queue(2)
            try await outbox.queue(3, address: "other@school.example")
            let mailing: ID<Mailing> = Outbox.id(3)
            outbox.server.whenAsked {
                try await outbox.change("UPDATE mailing SET cancelled_at = \(outbox.clock.now) WHERE id = \(mailing)")
            }
            await outbox.postman.workOff()
            #expect(try await outbox.mail(2).state == .accepted)
            #expect(try await outbox.mail(3).state == .cancelled)
            #expect(try await outbox.mail(3).reason == "stopped")
            #expect(outbox.server.taken.count == 1)
        }
    }

    @Test func `leaves no link and no text in the database`() async throws {
        try await Outbox.open { outbox in
            try await outbox.queue(2)
            await outbox.postman.workOff()
            let message = String(decoding: try #require(outbox.server.taken.first).message, as: UTF8.self)
            let token = try #require(
                message.replacing("=\r\n", with: "").firstMatch(of: /activate\/([A-Za-z0-9_-]+)/)?.output.1)
            #expect(token.count == 43)
            let link = try #require(ActivationToken.parse(String(token)))
            #expect(link.id.description == (try await outbox.mail(2).link))
        }
    }

    @Test(arguments: ["active", "suspended", "noAddress"])
    func `mails nobody who has no use for it any more`(_ reason: String) async throws {
        try await Outbox.open { outbox in
            try await outbox.queue(2)
            let student: ID<Account> = Outbox.id(2)
            switch reason {
            case "active":
                try await outbox.change("UPDATE account SET active_at = 1, password_hash = 'x' WHERE id = \(student)")
            case "suspended":
                try await outbox.change(
                    "UPDATE account SET suspended_at = 1, suspended_for = 'hand' WHERE id = \(student)")
            default:
                try await outbox.change("UPDATE account SET address = NULL, address_key = NULL WHERE id = \(student)")
            }
            await outbox.postman.workOff()
            let mail = try await outbox.mail(2)
            #expect(mail.state == .cancelled && mail.reason == reason)
            #expect(outbox.server.taken.isEmpty)
            #expect(try await outbox.facts(2).mail == .cancelled)
        }
    }

    @Test func `uses the address of the moment in which it sends`() async throws {
        try await Outbox.open { outbox in
            try await outbox.queue(2)
            let student: ID<Account> = Outbox.id(2)
            try await outbox.change("UPDATE account SET address = 'new@home.example' WHERE id = \(student)")
            await outbox.postman.workOff()
            #expect(outbox.server.taken.first?.recipient.description == "new@home.example")
        }
    }

    @Test func `tries again later, with the same link that lives anew`() async throws {
        try await Outbox.open { outbox in
            try await outbox.queue(2)
            outbox.server.answer(.early(.deferred(.said(450, "4.2.1 Busy", .recipient))))
            await outbox.postman.workOff()
            let first = try await outbox.mail(2)
            #expect(first.state == .deferred && first.reason == "450 4.2.1 Busy" && first.attempts == 1)
            #expect(first.dueAt == outbox.clock.now + .minutes(5))
            await outbox.postman.workOff()
            #expect(outbox.server.taken.isEmpty)
            outbox.clock.advance(.minutes(5))
            await outbox.postman.workOff()
            let second = try await outbox.mail(2)
            #expect(second.state == .accepted && second.link == first.link && second.reason == nil)
            #expect(try await outbox.facts(2).linkEndsAt == outbox.clock.now + .days(14))
        }
    }

    @Test func `makes a new link where the key of the old one is gone`() async throws {
        try await Outbox.open { outbox in
            try await outbox.queue(2)
            outbox.server.answer(.early(.deferred(.said(450, "4.2.1 Busy", .recipient))))
            await outbox.postman.workOff()
            let old = try await outbox.mail(2).link
            try await outbox.change("UPDATE activation_link SET key_id = 'k9'")
            outbox.clock.advance(.hours(1))
            await outbox.postman.workOff()
            let mail = try await outbox.mail(2)
            #expect(mail.state == .accepted)
            #expect(mail.link != nil && mail.link != old)
        }
    }

    @Test func `gives up after five days`() async throws {
        try await Outbox.open { outbox in
            try await outbox.queue(2)
            for _ in 0..<100 where try await outbox.mail(2).state != .failed {
                outbox.server.answer(.early(.deferred(.said(450, "Busy", .recipient))))
                await outbox.postman.workOff()
                outbox.clock.advance(.hours(4))
            }
            let mail = try await outbox.mail(2)
            #expect(mail.state == .failed && mail.reason == "450 Busy")
            #expect((25...36).contains(mail.attempts))
        }
    }

    @Test func `marks an address bad and closes the links that went there`() async throws {
        try await Outbox.open { outbox in
            try await outbox.queue(2)
            outbox.server.answer(.early(.failed(.said(550, "5.1.1 No such mailbox", .recipient))))
            await outbox.postman.workOff()
            #expect(try await outbox.mail(2).state == .failed)
            let facts = try await outbox.facts(2)
            #expect(facts.isBad && facts.link == nil && facts.mailReason == "550 5.1.1 No such mailbox")
            #expect(
                try await outbox.count("SELECT count(*) AS value FROM activation_link WHERE voided_at IS NULL") == 0)
        }
    }

    @Test func `marks no address bad for what a mail says`() async throws {
        try await Outbox.open { outbox in
            try await outbox.queue(2)
            outbox.server.answer(.late(.failed(.said(554, "5.6.0 Not liked", .message))))
            await outbox.postman.workOff()
            #expect(try await outbox.facts(2).isBad == false)
            #expect(try await outbox.mail(2).state == .failed)
        }
    }

    @Test func `never sends again by itself what was maybe sent`() async throws {
        try await Outbox.open { outbox in
            try await outbox.queue(2)
            let fault = DeliveryFault(scope: .message, reply: ServerReply(ours: "lost"), isLostLine: true)
            outbox.server.answer(.late(.unknown(fault)))
            await outbox.postman.workOff()
            outbox.clock.advance(.days(1))
            await outbox.postman.workOff()
            try await outbox.postman.recover()
            await outbox.postman.workOff()
            let mail = try await outbox.mail(2)
            #expect(mail.state == .unknown && mail.reason == "lineLost")
            #expect(try await outbox.facts(2).link == "maybe")
            #expect(outbox.server.taken.isEmpty)
        }
    }

    @Test func `fails a mail to what is no address, and goes on`() async throws {
        try await Outbox.open { outbox in
            try await outbox.queue(2, address: "a b@c\r\nRCPT TO:<x@y>")
            try await outbox.queue(3)
            await outbox.postman.workOff()
            #expect(try await outbox.mail(2).reason == "badAddress")
            #expect(try await outbox.mail(3).state == .accepted)
        }
    }

    @Test func `sends a single mail before a mailing of many`() async throws {
        try await Outbox.open { outbox in
            for number in 2..<8 { try await outbox.queue(UInt8(number), address: "bulk\(number)@school.example") }
            try await outbox.queue(9, address: "single@school.example", priority: 0)
            await outbox.postman.workOff()
            #expect(outbox.server.taken.first?.recipient.description == "single@school.example")
            #expect(outbox.server.taken.count == 7 && outbox.server.sessions == 1)
        }
    }

    @Test func `sends each mail once with several lines`() async throws {
        try await Outbox.open(connections: 4) { outbox in
            for number in 2..<42 { try await outbox.queue(UInt8(number), address: "n\(number)@school.example") }
            await outbox.postman.workOff()
            #expect(Set(outbox.server.taken.map(\.recipient)).count == 40)
            #expect(outbox.server.taken.count == 40)
            #expect(try await outbox.count("SELECT count(*) AS value FROM mail WHERE state = 'accepted'") == 40)
        }
    }
}
