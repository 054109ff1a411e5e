import Core
import Foundation
import Storage
import Testing

@testable import Mail

@Suite struct ABounce {
    private func sent(_ body: @Sendable (Outbox) async throws -> Void) async throws {
        try await Outbox.open(returns: Outbox.returns) { outbox async throws in
            try await outbox.queue(2)
            await outbox.postman.workOff()
            try await body(outbox)
        }
    }

    private func plainState(_ outbox: Outbox, _ number: UInt8 = 2) async throws -> String? {
        let (student, now): (ID<Account>, Timestamp) = (Outbox.id(number), outbox.clock.now)
        return try await outbox.database.read { connection in
            try connection.value("SELECT \(StudentState.sql(at: now)) AS value FROM account a WHERE a.id = \(student)")
        }
    }

    private func worksStill(_ outbox: Outbox) async throws -> Bool {
        try await outbox.count("SELECT count(*) AS value FROM activation_link WHERE voided_at IS NULL") > 0
    }

    /// Another mail to the same student, as one more press of Send makes it.
    private func mailAgain(_ outbox: Outbox, _ number: UInt8) async throws {
        let (mail, student): (ID<OutgoingMail>, ID<Account>) = (Outbox.id(number), Outbox.id(2))
        let now = outbox.clock.now
        try await outbox.change(
            """
            INSERT INTO mail (id, kind, account_id, state, state_at, priority, due_at, language)
            VALUES (\(mail), 'activation', \(student), 'queued', \(now), 0, \(now), 'en')
            """)
        await outbox.postman.workOff()
    }

    @Test func `of a hard kind marks the address and closes the links that went there`() async throws {
        try await sent { outbox async throws in
            #expect(try await plainState(outbox) == "mailed")
            #expect(try await outbox.take("postfix-no-such-user", about: 2) == .noted(.bounced))
            #expect(try await outbox.facts(2).isBad)
            #expect(try await plainState(outbox) == "bounced")
            #expect(try await !worksStill(outbox))
            #expect(try await outbox.database.read { try $0.lastBounce() } == outbox.clock.now)
        }
    }

    @Test func `of a soft kind says so and leaves address and link`() async throws {
        try await sent { outbox async throws in
            try await outbox.take("postfix-mailbox-full", about: 2)
            #expect(try await !outbox.facts(2).isBad)
            #expect(try await plainState(outbox) == "bounced")
            // Even a bounce is no proof that nothing arrived.
            #expect(try await worksStill(outbox))
        }
    }

    @Test func `that comes again changes nothing more`() async throws {
        try await sent { outbox async throws in
            try await outbox.take("postfix-no-such-user", about: 2)
            let first = try await outbox.mail(2)
            outbox.clock.advance(.hours(1))
            #expect(try await outbox.take("postfix-mailbox-full", about: 2) == .noted(.unchanged))
            #expect(try await outbox.mail(2) == first)
            #expect(
                try await outbox.count("SELECT count(*) AS value FROM mail WHERE state_at = \(outbox.clock.now)") == 0)
        }
    }

    @Test func `marks the address with the fifth soft one in thirty days, and not before`() async throws {
        try await sent { outbox async throws in
            try await outbox.take("postfix-mailbox-full", about: 2)
            for number: UInt8 in 3...6 {
                #expect(try await !outbox.facts(2).isBad)
                outbox.clock.advance(.days(7))
                try await mailAgain(outbox, number)
                try await outbox.take("qmail-expired", about: number)
                // The same once more is the same bounce.
                try await outbox.take("qmail-expired", about: number)
            }
            #expect(try await outbox.facts(2).isBad)
            #expect(try await !worksStill(outbox))
        }
    }

    @Test(arguments: [("postfix-mailbox-full", 8), ("postfix-policy", 1)])
    func `does not, where they lie further apart or are about the mail`(_ file: String, days: Int) async throws {
        try await sent { outbox async throws in
            try await outbox.take(file, about: 2)
            for number: UInt8 in 3...8 {
                outbox.clock.advance(.days(days))
                try await mailAgain(outbox, number)
                try await outbox.take(file, about: number)
            }
            #expect(try await !outbox.facts(2).isBad)
            #expect(try await plainState(outbox) == "bounced")
        }
    }

    @Test func `about an address that was corrected since marks nothing`() async throws {
        try await sent { outbox async throws in
            let (database, now) = (outbox.database, outbox.clock.now)
            try await database.write { connection in
                try connection.changeAddress(
                    AddressChange(
                        of: Outbox.id(2), to: "right@school.example", isPinned: true, by: nil, entry: .new(at: now),
                        at: now))
            }
            #expect(try await outbox.take("postfix-no-such-user", about: 2) == .noted(.bounced))
            #expect(try await outbox.mail(2).state == .bounced)
            let facts = try await outbox.facts(2)
            #expect(!facts.isBad && facts.mail == nil && facts.mailReason == nil)
            #expect(try await plainState(outbox) == "notMailed")
        }
    }

    @Test func `of a copy that went to another address is none of this mail's`() async throws {
        try await sent { outbox async throws in
            #expect(
                try await outbox.take("postfix-no-such-user", about: 2, address: "old@school.example")
                    == .noted(.foreign))
            #expect(try await outbox.mail(2).state == .accepted)
        }
    }

    @Test func `after activation changes only the mail's state`() async throws {
        try await sent { outbox async throws in
            let student: ID<Account> = Outbox.id(2)
            try await outbox.change("UPDATE account SET active_at = 1, password_hash = 'x' WHERE id = \(student)")
            let before = try await outbox.facts(2)
            #expect(try await outbox.take("postfix-no-such-user", about: 2) == .noted(.bounced))
            #expect(try await outbox.mail(2).state == .bounced)
            #expect(try await outbox.facts(2) == before)
            #expect(try await plainState(outbox) == "active")
        }
    }

    @Test(arguments: ["postfix-no-such-user", "postfix-mailbox-full", "postfix-passed-on"])
    func `settles a mail of which nobody knew`(_ file: String) async throws {
        try await Outbox.open(returns: Outbox.returns) { outbox async throws in
            try await outbox.queue(2)
            outbox.server.answer(.late(.unknown(DeliveryFault(scope: .message, reply: ServerReply(ours: "lost")))))
            await outbox.postman.workOff()
            #expect(try await plainState(outbox) == "maybe")
            let hasArrived = file == "postfix-passed-on"
            #expect(try await outbox.take("postfix-delayed", about: 2) == .noted(.unchanged))
            #expect(try await plainState(outbox) == "maybe")
            outbox.clock.advance(.minutes(10))
            #expect(try await outbox.take(file, about: 2) == .noted(hasArrived ? .settled : .bounced))
            #expect(try await plainState(outbox) == (hasArrived ? "mailed" : "bounced"))
            #expect(try await outbox.mail(2).state == (hasArrived ? .accepted : .bounced))
        }
    }

    @Test func `of an older mail hides no newer one, unless the address is no good`() async throws {
        try await sent { outbox async throws in
            outbox.clock.advance(.hours(13))
            try await mailAgain(outbox, 3)
            try await outbox.take("postfix-mailbox-full", about: 2)
            #expect(try await outbox.mail(2).state == .bounced)
            #expect(try await plainState(outbox) == "mailed")
            try await outbox.take("ses", about: 3)
            #expect(try await plainState(outbox) == "bounced")
        }
    }

    @Test func `that is faster than our own note of the mail counts`() async throws {
        try await Outbox.open(returns: Outbox.returns) { outbox async throws in
            try await outbox.queue(2)
            outbox.server.whenAsked { try await outbox.take("ses", about: 2) }
            await outbox.postman.workOff()
            #expect(try await outbox.mail(2).state == .bounced)
            #expect(try await plainState(outbox) == "bounced")
        }
    }

    @Test func `of a mail that has not left, or is not there, changes nothing`() async throws {
        try await Outbox.open(returns: Outbox.returns) { outbox async throws in
            try await outbox.queue(2)
            try await outbox.queue(3)
            let (student, now): (ID<Account>, Timestamp) = (Outbox.id(3), outbox.clock.now)
            try await outbox.change("UPDATE mail SET address = 'cleo@school.example', state = 'deferred'")
            #expect(try await outbox.take("ses", about: 2) == .noted(.unchanged))
            #expect(try await outbox.mail(2).state == .deferred)
            try await outbox.change("DELETE FROM mail WHERE account_id = \(student)")
            #expect(try await outbox.take("ses", about: 3) == .noted(.foreign))
            #expect(try await outbox.count("SELECT count(*) AS value FROM account WHERE mail_at > \(now)") == 0)
        }
    }

    @Test func `is believed by the address to which it came, not by what it says of itself`() async throws {
        try await sent { outbox async throws in
            let message = try Bounces.message("ses", to: outbox.token(2))
            let elsewhere = BounceIntake.Envelope(recipient: "bounces@mail.district.example", isFromNobody: true)
            #expect(try await outbox.intake.take(message, elsewhere) == .noted(.foreign))
            let here = BounceIntake.Envelope(recipient: "bounces+\(try outbox.token(2))@mail.district.example")
            #expect(try await outbox.intake.take(try Bounces.message("without-token"), here) == .noted(.bounced))
        }
    }
}
