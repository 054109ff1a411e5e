import Core
import Mail
import Storage
import TestSupport
import Testing
import Web

@Suite struct AnAdditionalMessage {
    private func send(_ message: String, _ school: Schoolhouse) async throws -> Answer {
        let ada = try await school.visitor(signedInAs: Cast.ada)
        return try await ada.post(
            "/people/students/send",
            ["act": "\(Cast.id(71) as ID<Act>)", "tracker": "\(Cast.class4B)", "additional": message])
    }

    /// The mail to Ben.
    private func bens(_ school: Schoolhouse) async throws -> MailMessage {
        // Nobody undoes it.
        school.clock.advance(by: .seconds(10))
        let mails = try await school.emptyMailbox()
        let mail = try #require(mails.first { $0.mail.account == Cast.ben.id }).mail
        return try #require(try school.services.mailroom.composer.message(for: mail, at: school.clock.now))
    }

    @Test(arguments: [
        "<script>alert(1)</script>", "{{given_name}} {{{username}}} {{> letter}}",
        "{given_name} {username} {link_ends}",
        "%s %n %@ \\(name) ${x} \\r\\n", "https://elsewhere.example/?a=1&b=2 mailto:x@y.example www.a.example",
        "K7P-2XM-H4J", ".\r\n.\r\nBcc: x@evil.example",
    ])
    func `is read as it was written, and never as anything else`(message: String) async throws {
        try await Schoolhouse.open { school in
            #expect(try await send(message, school).location?.hasPrefix("/mailings/") == true)
            let mail = try await bens(school)
            let lines = message.replacing("\r\n", with: "\n")
            #expect(mail.text.contains("\n\n\(lines)\n\nYour username is ben.ames."))
            #expect(mail.html.ranges(of: "<a ").count == 1 && !mail.html.contains("<script"))
            let seen = mail.html.replacing("<span>", with: "").replacing("</span>", with: "")
                .replacing("<br>\n", with: "\n").replacing("&lt;", with: "<").replacing("&gt;", with: ">")
                .replacing("&amp;", with: "&")
            #expect(seen.contains("\(lines)</p>"))
            // No word of it looks like an address to a program that reads the text between two tags.
            for word in mail.html.split(whereSeparator: { "<> \n".contains($0) }) where word.contains("elsewhere") {
                #expect(!word.contains("://") && !word.contains(".example"))
            }
        }
    }

    @Test func `loses the marks that would turn its writing direction`() async throws {
        try await Schoolhouse.open { school in
            _ = try await send("Pay \u{202E}elpmaxe.live\u{202C} \u{2066}now\u{2069}\u{0001E}", school)
            #expect(try await bens(school).text.contains("\n\nPay elpmaxe.live now\n\n"))
        }
    }

    @Test func `is 2,000 scalars long at most, and kept where it is longer`() async throws {
        try await Schoolhouse.open { school in
            // A letter and its accent are two, and one character.
            let long = String(repeating: "e\u{301}", count: 1_000)
            let refused = try await send(long + "!", school)
            #expect(refused.status == 422 && refused.text.contains("Shorten it by 1 character: 2000 fit."))
            #expect(refused.body.contains("\n\(long)!</textarea>"))
            #expect(try await school.count("SELECT count(*) AS value FROM mail") == 0)
            #expect(try await send(long, school).status == 303)
            #expect(try await bens(school).text.contains(long))
        }
    }
}
