import Core
import Testing

@Suite struct TheTextOfALetter {
    private func trouble(subject: String = "Hello", body: String = "Hello") -> MailText.Trouble? {
        do { _ = try MailText(typedSubject: subject, typedBody: body) } catch { return error }
        return nil
    }

    @Test func `is filled in once, and names that look like placeholders stay names`() throws {
        let text = try MailText(
            typedSubject: " {given_name}, {school} ",
            typedBody: "{sender} of {district}:\r\n{username} till {link_ends}\n")
        let values: [MailPlaceholder: String] = [
            .givenName: "{username}", .school: "{{given_name}}", .sender: "}{", .district: "", .username: "ben{school}",
            .linkEnds: "May 5",
        ]
        let filled = text.filled(values)
        #expect(filled.subject == "{username}, {{given_name}}")
        #expect(filled.body == "}{ of :\nben{school} till May 5")
    }

    @Test(arguments: [
        "{{given_name}}", "{{{username}}}", "{{#students}}{{.}}{{/students}}", "{{> mail/letter-html}}", "}}", "{{",
        "{{%TEXT}}", "%s %@ \\(name) $x", "<script>alert(1)</script>",
    ])
    func `reads no template language`(text: String) throws {
        let taken = try MailText(typedSubject: text, typedBody: text)
        #expect(taken.filled([.givenName: "Ben", .username: "ben.ames"]).body == text)
        #expect(taken.filled([.givenName: "Ben", .username: "ben.ames"]).subject == text)
    }

    @Test(arguments: [
        ("", MailText.Problem.empty), ("  \u{200B}\u{FEFF} ", .empty),
        ("Hello {name}", .unknown(placeholder: "{name}")),
        ("Hello {Given_name}", .unknown(placeholder: "{Given_name}")), ("Hello {}", .unknown(placeholder: "{}")),
        ("Hello { given_name }", .unknown(placeholder: "{ given_name }")),
        ("Hello {given_name", .brace(at: "{given_name")),
        ("Hello } you", .brace(at: "} you")), ("{user{name}", .brace(at: "{user{name}")),
        ("{given_name}}", .brace(at: "}")), ("Hi\u{0} you", .control(after: "Hi")),
        ("Hi\u{1B}[1m", .control(after: "Hi")),
        ("Hi\u{202E} you", .control(after: "Hi")), ("\u{2066}Hi", .control(after: "")),
        ("Hi\u{7F}", .control(after: "Hi")),
    ])
    func `is refused in either half for the same reasons`(text: String, problem: MailText.Problem) {
        #expect(trouble(subject: text) == MailText.Trouble(subject: problem))
        #expect(trouble(body: text) == MailText.Trouble(body: problem))
    }

    @Test(arguments: ["Hi\nyou", "Hi\ryou", "Hi\r\nBcc: x@evil.example", "Hi\u{2028}you", "Hi\u{85}you"])
    func `has a subject of one line`(subject: String) {
        #expect(trouble(subject: subject) == MailText.Trouble(subject: .lineBreak))
        #expect(trouble(body: subject) == nil)
    }

    @Test func `ends where a mail would become too long, counted in scalars`() {
        #expect(trouble(subject: String(repeating: "e\u{301}", count: 75)) == nil)
        #expect(
            trouble(subject: String(repeating: "e\u{301}", count: 76))
                == MailText.Trouble(subject: .tooLong(by: 2)))
        #expect(trouble(body: String(repeating: "😀", count: 4_000)) == nil)
        #expect(trouble(body: String(repeating: "😀", count: 4_001)) == MailText.Trouble(body: .tooLong(by: 1)))
    }

    @Test func `names a brace across lines as one that stands alone`() {
        #expect(trouble(body: "Hello {given_\nname}") == MailText.Trouble(body: .brace(at: "{given_ name}")))
    }

    @Test func `tells of both halves at once`() {
        #expect(
            trouble(subject: "", body: "{x}") == MailText.Trouble(subject: .empty, body: .unknown(placeholder: "{x}")))
    }
}

@Suite struct TheSenderOfMails {
    private func trouble(_ name: String = "", _ replyTo: String = "", _ signature: String = "") -> MailSender.Trouble? {
        do { _ = try MailSender(typedName: name, replyTo: replyTo, signature: signature) } catch { return error }
        return nil
    }

    @Test func `is a name, one address and some lines`() throws {
        let sender = try MailSender(
            typedName: " Alder Office ", replyTo: " office@alder.example ", signature: "Alder\r\nTel. 555\n\n")
        #expect(sender.name == "Alder Office" && sender.replyTo == "office@alder.example")
        #expect(sender.lines == ["Alder", "Tel. 555"])
        #expect(trouble() == nil)
    }

    @Test(arguments: ["A\r\nBcc: x@evil.example", "A\u{0}", "A\u{202E}B", "A\u{2028}B"])
    func `has a name without line ends and controls`(name: String) {
        #expect(trouble(name) == MailSender.Trouble(name: .control))
    }

    @Test(arguments: [
        "office", "a@b@c.example", "a@b.example, c@d.example", "<a@b.example>", "a@b.example\r\nBcc: c@d.example",
    ])
    func `has one plain address for answers`(address: String) {
        #expect(trouble("", address)?.replyTo != nil)
    }

    @Test func `has no more lines and letters than fit below a mail`() {
        #expect(trouble("", "", String(repeating: "a\n", count: 7) + "a") == nil)
        #expect(
            trouble("", "", String(repeating: "a\n", count: 8) + "a") == MailSender.Trouble(signature: .tooManyLines))
        #expect(trouble(String(repeating: "a", count: 101)) == MailSender.Trouble(name: .tooLong(by: 1)))
        #expect(trouble("", "", String(repeating: "a", count: 501)) == MailSender.Trouble(signature: .tooLong(by: 1)))
        #expect(trouble("", "", "a\u{202E}b") == MailSender.Trouble(signature: .control))
    }
}
