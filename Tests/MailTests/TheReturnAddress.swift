import Core
import Foundation
import Testing

@testable import Mail

@Suite struct TheReturnAddress {
    @Test func `is another for each mail, and fits an envelope`() async throws {
        try await Outbox.open(returns: "twenty-plain-letters@mail.district.example") { outbox in
            try await outbox.queue(2)
            try await outbox.queue(3)
            await outbox.postman.workOff()
            let senders = outbox.server.taken.map(\.sender)
            #expect(Set(senders).count == 2)
            for sender in senders {
                #expect(sender.local.utf8.count == 64 && sender.domain == "mail.district.example")
                #expect(sender.local.hasPrefix("twenty-plain-letters+"))
            }
            let tokens = senders.flatMap { ReturnToken.all(in: $0.description) }
            #expect(Set(tokens.map(\.mail)) == [Outbox.id(2), Outbox.id(3)])
            // From, what the reader sees, is the same for all.
            for parcel in outbox.server.taken {
                #expect(String(decoding: parcel.message, as: UTF8.self).contains("<bell@district.example>"))
            }
        }
    }

    @Test func `is the sender's where nothing is set`() async throws {
        try await Outbox.open { outbox async throws in
            try await outbox.queue(2)
            await outbox.postman.workOff()
            #expect(outbox.server.taken.map(\.sender.description) == ["bell@district.example"])
        }
    }

    @Test func `leaves room for what each mail adds`() throws {
        func address(_ text: String) throws -> ReturnAddress? { ReturnAddress(try #require(MailAddress(text))) }
        #expect(try address("bounces@mail.district.example") != nil)
        #expect(try address("twenty-plain-letters@mail.district.example") != nil)
        #expect(try address("twenty-one-or-so-more@mail.district.example") == nil)
        #expect(try address("büro@mail.district.example") == nil)
    }

    @Test func `is found wherever it stands, in any case, and means the same`() async throws {
        try await Outbox.open { outbox async throws in
            let token = try outbox.token(2)
            #expect(token.description.utf8.count == 43)
            for text in [
                "bounces+\(token)@mail.district.example", "<BOUNCES+\(token.description.uppercased())@MAIL.EXAMPLE>",
                "\"Bounces\" <bounces+\(token)@mail.district.example>, other@school.example",
                "prvs=1234abcd=bounces+\(token)@mail.district.example", "rfc822; x+\(token)",
            ] {
                #expect(ReturnToken.all(in: text) == [token], "\(text)")
            }
            for text in [
                "", "bounces@mail.district.example", "bounces-\(token)@mail.district.example", "\(token)",
                "bounces+\(token)a@mail.district.example", "bounces+\(token.description.dropLast())@mail.example",
                "bounces+\(token.description.replacing(".", with: "@"))", "bounces+a\(token)@mail.district.example",
            ] {
                #expect(ReturnToken.all(in: text).isEmpty, "\(text)")
            }
            let many = (0..<100).map { _ in "+\(token)@x" }.joined(separator: ",")
            #expect(ReturnToken.all(in: many) == [token])
        }
    }

    @Test func `is genuine for its mail, its address and our keys alone`() async throws {
        try await Outbox.open { outbox async throws in
            let (token, cleo) = (try outbox.token(2), "cleo@school.example")
            #expect(try token.isGenuine(for: cleo, keyring: outbox.keyring))
            #expect(try !token.isGenuine(for: "cleo@home.example", keyring: outbox.keyring))
            let others = try Keyring(keys: [Array(repeating: 8, count: 32)])
            #expect(try !token.isGenuine(for: cleo, keyring: others))
            // A key that is older than the newest still counts.
            var more = outbox.keyring
            try more.addKey()
            #expect(try token.isGenuine(for: cleo, keyring: more))
            let forged = try #require(ReturnToken.all(in: "x+\(Bounces.forged(token))").first)
            #expect(forged.mail == token.mail)
            #expect(try !forged.isGenuine(for: cleo, keyring: outbox.keyring))
            let other = try outbox.token(3)
            let mixed = "\(token.description.prefix(26)).\(other.description.suffix(16))"
            let swapped = try #require(ReturnToken.all(in: "x+\(mixed)").first)
            #expect(try !swapped.isGenuine(for: cleo, keyring: outbox.keyring))
        }
    }
}
