import Core
import Storage
import StorageSQLite
import Testing

@testable import Mail

@Suite struct ARefusalAtAFormerAddress {
    private let refusal = DeliveryResult.failed(.said(550, "5.1.1 No such mailbox", .recipient))

    /// The address is corrected while the mail server has the mail in hand.
    private func correct(_ outbox: Outbox, to address: String?) {
        let (database, server, now) = (outbox.database, outbox.server, outbox.clock.now)
        server.whenAsked {
            // Only for this mail, and not for the notice of the change.
            server.whenAsked {}
            try await database.write { connection in
                try connection.changeAddress(
                    AddressChange(
                        of: Outbox.id(2), to: address, isPinned: true, by: Outbox.teacher, entry: .new(at: now), at: now
                    ))
            }
        }
    }

    @Test(arguments: ["right@school.example", nil])
    func `leaves the row and the new address as they are`(_ address: String?) async throws {
        try await Outbox.open { outbox in
            try await outbox.queue(2)
            correct(outbox, to: address)
            outbox.server.answer(.late(refusal))
            await outbox.postman.workOff()
            #expect(try await outbox.mail(2).state == .failed, "the mail itself failed")
            let facts = try await outbox.facts(2)
            #expect(facts.mail == nil && facts.mailReason == nil && !facts.isBad)
            let now = outbox.clock.now
            let state: String? = try await outbox.database.read { connection in
                try connection.value(
                    "SELECT \(StudentState.sql(at: now)) AS value FROM account a WHERE a.id = \(Outbox.id(2) as ID<Account>)"
                )
            }
            #expect(state == (address == nil ? "noAddress" : "notMailed"))
        }
    }

    @Test func `hides no mail that was asked for to the new one`() async throws {
        try await Outbox.open { outbox in
            try await outbox.queue(2)
            let (database, server, now) = (outbox.database, outbox.server, outbox.clock.now)
            server.whenAsked {
                server.whenAsked {}
                try await database.write { connection in
                    try connection.changeAddress(
                        AddressChange(
                            of: Outbox.id(2), to: "right@school.example", isPinned: true, by: nil, entry: .new(at: now),
                            at: now))
                    let again: ID<OutgoingMail> = Outbox.id(3)
                    // Held for another hour, so that it is still to leave when the refusal comes.
                    try connection.execute(
                        """
                        INSERT INTO mail (id, kind, account_id, state, state_at, priority, due_at, language)
                        VALUES (\(again), 'activation', \(Outbox.id(2) as ID<Account>), 'queued', \(now), 1,
                          \(now + .hours(1)), 'en')
                        """)
                }
            }
            outbox.server.answer(.late(refusal))
            await outbox.postman.workOff()
            #expect(try await outbox.mail(2).state == .failed)
            #expect(try await outbox.facts(2).mail == .queued)
            outbox.clock.advance(.hours(1))
            await outbox.postman.workOff()
            let facts = try await outbox.facts(2)
            #expect(facts.mail == .accepted && facts.link == "mailed")
            // The notice of the change went to the address of before, and nothing else.
            #expect(
                outbox.server.taken.map(\.recipient.description).sorted() == [
                    "cleo@school.example", "right@school.example",
                ])
        }
    }

    @Test func `is told when the address is still the account's`() async throws {
        try await Outbox.open { outbox in
            try await outbox.queue(2)
            outbox.server.answer(.late(refusal))
            await outbox.postman.workOff()
            let facts = try await outbox.facts(2)
            #expect(facts.mail == .failed && facts.isBad)
        }
    }
}
