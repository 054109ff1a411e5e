import Core
import Foundation
import Storage
import TestSupport
import Testing

@testable import Mail

/// Whatever people and rosters write into fields, what leaves is one mail to one person with our headers: judged by Python's
/// own parser, in its strictest mood.
@Suite struct EveryFieldOfAMail {
    private static let headers = [
        "Date", "Message-ID", "From", "To", "Subject", "Auto-Submitted", "Content-Language", "MIME-Version",
        "Content-Type",
    ]

    /// What somebody wrote, as far as a database keeps it.
    private static func text(upTo length: Int, using random: inout some RandomNumberGenerator) -> String {
        String(
            String.UnicodeScalarView(NastyText.make(upTo: length, using: &random).unicodeScalars.filter { $0 != "\0" }))
    }

    @Test func `ends in one mail to one person, with our headers and no others`() async throws {
        try await Outbox.open { outbox in
            var random = SystemRandomNumberGenerator()
            var messages: [String: String] = [:]
            for number: UInt8 in 2..<140 {
                try await outbox.queue(number, address: "n\(number)@school.example")
                messages["n\(number)@school.example"] = try await outbox.spoil(number, Self.text, using: &random)
            }
            await outbox.postman.workOff()
            #expect(outbox.server.taken.count == messages.count)
            try await judge(outbox, messages)
        }
    }

    @Test func `stays below 100,000 bytes where each is as long as can be`() async throws {
        try await Outbox.open { outbox in
            let long: [Unicode.Scalar] = ["😀", "é", "&", "\n", "x", "\u{301}"]
            var messages: [String: String] = [:]
            var random = SystemRandomNumberGenerator()
            for (number, scalar) in zip(2..., long) {
                try await outbox.queue(UInt8(number), address: "n\(number)@school.example")
                messages["n\(number)@school.example"] = try await outbox.spoil(
                    UInt8(number),
                    { length, _ in
                        String(String.UnicodeScalarView(Array(repeating: scalar, count: length > 1_000 ? 2_000 : 100)))
                    }, using: &random)
            }
            await outbox.postman.workOff()
            #expect(outbox.server.taken.count == messages.count)
            #expect(outbox.server.taken.allSatisfy { $0.message.count < 100_000 })
            try await judge(outbox, messages)
        }
    }

    @Test func `never becomes an address that could do harm`() async throws {
        try await Outbox.open { outbox in
            var random = SystemRandomNumberGenerator()
            for number: UInt8 in 2..<120 {
                try await outbox.queue(number, address: Self.text(upTo: 20, using: &random) + "@school.example")
            }
            await outbox.postman.workOff()
            let left = outbox.server.taken.count
            #expect(
                try await outbox.count("SELECT count(*) AS value FROM mail WHERE reason = 'badAddress'") == 118 - left)
            for mail in outbox.server.taken {
                #expect(
                    mail.recipient.description.unicodeScalars.allSatisfy { !" <>\"\r\n,;".unicodeScalars.contains($0) })
            }
            for read in try await StrictParser.read(outbox.server.taken.map(\.message)) {
                #expect(read.headers.map { $0[0] } == Self.headers)
            }
        }
    }

    /// A check that compares characters does not see CR LF, which is one: the parser does.
    @Test func `would be caught here if a check of characters let it through`() async throws {
        let evil = "Hello\r\nBcc: x@evil.example"
        #expect(!evil.contains("\n" as Character) && evil.filter { $0 != "\n" && $0 != "\r" } == evil)
        let mail = Array("Subject: \(evil)\r\nMIME-Version: 1.0\r\n\r\nHello\r\n".utf8)
        let read = try #require(try await StrictParser.readHeaders([mail]).first)
        #expect(read.map { $0[0] }.contains("Bcc"))
        #expect(HeaderText(evil) == nil)
    }

    private func judge(_ outbox: Outbox, _ messages: [String: String]) async throws {
        let mails = outbox.server.taken
        for (mail, read) in zip(mails, try await StrictParser.read(mails.map(\.message))) {
            #expect(read.headers.map { $0[0] } == Self.headers)
            let values = Dictionary(uniqueKeysWithValues: read.headers.map { ($0[0], $0[1]) })
            #expect(values["To"] == mail.recipient.description)
            #expect(values["Message-ID"] == "<\(mail.name)@district.example>")
            #expect(values["From"]?.hasSuffix("<bell@district.example>") == true)
            #expect(values["Auto-Submitted"] == "auto-generated")
            #expect(read.types == ["multipart/alternative", "text/plain", "text/html"])
            #expect(read.longestLine <= 76 && read.defects.isEmpty)
            #expect(mail.message.allSatisfy { $0 < 0x80 })
            // Nothing from elsewhere, and one link, which is ours.
            #expect(read.html.ranges(of: "<a ").count == 1)
            #expect(read.html.contains("<a href=\"https://bell.district.example/"))
            for remote in ["<img", "<script", "<link", "<iframe", "<style", "url(", "@import", " src=", "background="] {
                #expect(!read.html.contains(remote) || messages.values.contains { $0.contains(remote) }, "\(remote)")
            }
            let message = messages[mail.recipient.description] ?? ""
            #expect(
                seen(message).isEmpty || seen(read.text).range(of: seen(message)) != nil,
                "\(Array(message.unicodeScalars))")
        }
    }

    /// What is left of a text when line ends, blanks and controls are gone.
    private func seen(_ text: String) -> Data { Data(text.utf8.filter { $0 > 0x20 && $0 != 0x7f }) }
}

extension Outbox {
    /// Puts odd text into all that a mail is made of; returns the Additional Message.
    fileprivate func spoil<Random: RandomNumberGenerator>(
        _ number: UInt8, _ text: (Int, inout Random) -> String, using random: inout Random
    ) async throws -> String {
        let (student, mail): (ID<Account>, ID<Mailing>) = (Self.id(number), Self.id(number))
        let (name, sender, place, message, language) = (
            text(30, &random), text(30, &random), text(30, &random), text(2_000, &random), text(5, &random)
        )
        let username = text(20, &random)
        try await database.write { connection in
            try connection.execute(
                """
                UPDATE account SET given_name = \(name), username = \(username + " \(number)") WHERE id = \(student)
                """)
            try connection.execute(
                """
                UPDATE mailing SET sender_name = \(sender), sender_place = \(place), message = \(message) WHERE id = \(mail)
                """)
            try connection.execute("UPDATE mail SET language = \(language) WHERE mailing_id = \(mail)")
        }
        return message
    }
}
