import Core
import Mail
import Storage
import TestSupport
import Testing
import Web

@Suite struct TheSenderOfASchool {
    private static let alder = "/admin/mail/senders/\(Cast.alder)"

    private func press(
        _ visitor: Visitor, _ path: String = alder, name: String = "Alder Office",
        replyTo: String = "office@alder.example", signature: String = "Alder\r\nTel. 555", base: Int = 1,
        act: UInt8 = 71
    ) async throws -> Answer {
        try await visitor.post(
            path,
            [
                "act": "\(Cast.id(act) as ID<Act>)", "base": "\(base)", "name": name, "reply-to": replyTo,
                "signature": signature,
            ])
    }

    @Test func `is set by its administrator, stands in the mail, and leaves the address alone`() async throws {
        try await Schoolhouse.open { school in
            try await school.makeAdministrator(Cast.gray, of: Cast.alder)
            let gray = try await school.visitor(signedInAs: Cast.gray)
            #expect(try await gray.get("/admin").body.contains("href=\"/admin/mail/senders\""))
            for _ in 0..<2 { #expect(try await press(gray).location == Self.alder + "?saved=1") }
            #expect(try await school.count("SELECT count(*) AS value FROM mail_sender") == 1)
            #expect(try await gray.text(of: "/admin/mail/senders").contains("Alder Office"))
            _ = try await (try await school.visitor(signedInAs: Cast.ada)).post(
                "/people/students/\(Cast.ben.id)/activation-email", ["act": "\(Cast.id(73) as ID<Act>)"])
            let mail = try await school.only(\.isActivation).mail
            let parcel = try #require(try school.services.mailroom.composer.parcel(for: mail, at: school.clock.now))
            let bytes = String(decoding: parcel.message, as: UTF8.self)
            #expect(bytes.contains("\r\nFrom: \"Alder Office\" <bell@district.example>\r\n"))
            #expect(bytes.contains("\r\nReply-To: \"Alder Office\" <office@alder.example>\r\n"))
            let message = try #require(try school.services.mailroom.composer.message(for: mail, at: school.clock.now))
            #expect(message.text.hasSuffix("\n\nAda Moss\nAlder\nTel. 555\n"))
        }
    }

    @Test func `is not another school's administrator's, nor a teacher's, to see or set`() async throws {
        try await Schoolhouse.open { school in
            try await school.makeAdministrator(Cast.gray, of: Cast.alder)
            let gray = try await school.visitor(signedInAs: Cast.gray)
            #expect(try await !gray.text(of: "/admin/mail/senders").contains("Birch Hill"))
            for path in ["/admin/mail/senders/\(Cast.birch)", "/admin/mail/senders/district", "/admin/mail/senders/x"] {
                #expect(try await gray.get(path).status == 404)
                #expect(try await press(gray, path).status == 404)
                // Who asks is looked at before what was sent.
                #expect(try await gray.post(path, ["junk": "1"]).status == 404)
            }
            let ada = try await school.visitor(signedInAs: Cast.ada)
            #expect(try await ada.get(Self.alder).status == 403)
            #expect(try await press(ada).status == 403)
            #expect(try await school.count("SELECT count(*) AS value FROM mail_sender") == 0)
            #expect(
                try await school.count("SELECT count(*) AS value FROM audit WHERE act = 'mail-sender-changed'") == 0)
        }
    }

    @Test(arguments: [
        ("A\r\nBcc: x@evil.example", "", "", "nobody sees"), ("", "office", "", "That is no email address."),
        ("", "a@b.example\r\nBcc: c@d.example", "", "That is no email address."),
        ("", "", String(repeating: "x\n", count: 9) + "x", "A signature has 8 lines or fewer."),
        (String(repeating: "n", count: 103), "", "", "Shorten it by 3 characters: 100 fit."),
        ("", "", "a\u{202E}b", "nobody sees"),
    ])
    func `that cannot be is told in a sentence, and what was typed stays`(
        name: String, replyTo: String, signature: String, says: String
    ) async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let answer = try await press(ruth, name: name, replyTo: replyTo, signature: signature)
            #expect(answer.status == 422 && answer.text.contains(says), "\(answer.text)")
            #expect(answer.body.contains("name=\"name\" value=\"\(name)\""))
            #expect(answer.body.contains("name=\"reply-to\" value=\"\(replyTo)\""))
            #expect(answer.body.contains("\n\(signature)</textarea>"))
            #expect(try await school.count("SELECT count(*) AS value FROM mail_sender") == 0)
        }
    }

    @Test func `is nobody's loss when two set it at once`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            #expect(try await press(ruth, name: "Theirs").status == 303)
            let late = try await press(ruth, name: "Mine", act: 72)
            #expect(late.status == 409 && late.text.contains("Theirs") && late.body.contains("value=\"Mine\""))
            #expect(try await press(ruth, name: "Mine", base: 2, act: 73).status == 303)
            #expect(try await ruth.get(Self.alder).body.contains("value=\"Mine\""))
        }
    }
}
