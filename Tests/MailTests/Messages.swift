import Core
import Foundation
import Testing

@testable import Mail

@Suite struct Messages {
    private func address(_ text: String) throws -> MailAddress { try #require(MailAddress(text)) }

    private func message(
        id: ID<OutgoingMail> = .new(at: Timestamp(milliseconds: 0)),
        from: String = "Ana Beltrán, Alder Creek Elementary",
        subject: String = "Jean-Luc, your school account is ready", text: String = "Hello\n",
        html: String = "<p>Hello</p>\n",
        date: Timestamp = Timestamp(milliseconds: 1_788_177_722_000)
    ) throws -> MailMessage {
        MailMessage(
            id: id, date: date,
            sender: Mailbox(name: HeaderText(cleaning: from), address: try address("bell@district.example")),
            replyTo: Mailbox(name: HeaderText(cleaning: from), address: try address("office@district.example")),
            recipient: try address("cleo@school.example"),
            letter: Letter(subject: HeaderText(cleaning: subject), text: text, html: html, language: "en"))
    }

    @Test func `carry what a mail must carry`() async throws {
        let id = try #require(ID<OutgoingMail>("0192d3a0-0000-7000-8000-000000000001"))
        let read = try #require(try await StrictParser.read([try message(id: id).bytes]).first)
        #expect(
            read.headers.dropLast(1) == [
                ["Date", "Mon, 31 Aug 2026 12:02:02 +0000"],
                ["Message-ID", "<0192d3a0-0000-7000-8000-000000000001@district.example>"],
                ["From", "\"Ana Beltrán, Alder Creek Elementary\" <bell@district.example>"],
                ["Reply-To", "\"Ana Beltrán, Alder Creek Elementary\" <office@district.example>"],
                ["To", "cleo@school.example"],
                ["Subject", "Jean-Luc, your school account is ready"],
                ["Auto-Submitted", "auto-generated"],
                ["Content-Language", "en"],
                ["MIME-Version", "1.0"],
            ])
        #expect(read.types == ["multipart/alternative", "text/plain", "text/html"])
        #expect(read.text == "Hello\n" && read.html == "<p>Hello</p>\n")
        #expect(read.defects.isEmpty)
    }

    @Test func `have the same Message-ID for a second copy`() throws {
        let id = ID<OutgoingMail>.new(at: Timestamp(milliseconds: 0))
        let first = try message(id: id).bytes
        let second = try message(id: id, date: Timestamp(milliseconds: 1_788_999_999_000)).bytes
        let line = Array("Message-ID: <\(id)@district.example>\r\n".utf8)
        #expect(first.firstRange(of: line) != nil && second.firstRange(of: line) != nil)
    }

    @Test func `are read as they were written, whatever names, subjects and texts hold`() async throws {
        var random = SystemRandomNumberGenerator()
        var texts: [(name: String, subject: String, text: String)] = [
            ("\"Quoted\" \\ back", " leading and trailing ", "trailing \nblank\t\n.\n..\nFrom here\n=3D=\n"),
            ("=?utf-8?B?eA==?=", "=?utf-8?Q?x?=", String(repeating: "x", count: 5_000)),
            (
                String(repeating: "n", count: 300), String(repeating: "ñ", count: 300),
                String(repeating: "é ", count: 500)
            ),
            ("李小龍", "🎒" + String(repeating: "e\u{301}", count: 80), String(repeating: "日本語", count: 300)), ("", "", ""),
        ]
        for _ in 0..<1_500 {
            texts.append(
                (
                    NastyText.make(upTo: 30, using: &random), NastyText.make(upTo: 80, using: &random),
                    NastyText.make(upTo: 300, using: &random)
                ))
        }
        let mails = try texts.map { try message(from: $0.name, subject: $0.subject, text: $0.text, html: $0.text) }
        let all = try await StrictParser.read(mails.map(\.bytes))
        #expect(all.count == mails.count)
        for (mail, read) in zip(mails, all) {
            #expect(read.headers.map { $0[0] }.count { $0.lowercased() == "bcc" } == 0)
            #expect(read.headers.count == 10)
            #expect(read.types == ["multipart/alternative", "text/plain", "text/html"])
            #expect(read.longestLine <= 76)
            #expect(read.text == lines(mail.text), "\(Array(mail.text.unicodeScalars))")
            let subject = read.headers.first { $0[0] == "Subject" }?[1]
            #expect(subject.map(squeezed) == squeezed(mail.subject.description), "\(mail.subject)")
        }
    }

    /// What a receiver has of a text: LF for each line end, one at the end, no controls.
    private func lines(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var previous: Unicode.Scalar = "a"
        for scalar in text.unicodeScalars {
            if scalar == "\r" || scalar == "\n" && previous != "\r" {
                result.append("\n")
            } else if scalar.value >= 32 && scalar.value != 127 || scalar == "\t" {
                result.append(scalar)
            }
            previous = scalar
        }
        if result.last != "\n" { result.append("\n") }
        return String(result)
    }

    /// Python's header parser squeezes blanks at folds; the words must be the same.
    private func squeezed(_ text: String) -> [String] {
        text.unicodeScalars.split { $0 == " " }.map { String($0) }
    }

    @Test func `refuse headers that end a line anywhere`() {
        for scalar in ["\r", "\n", "\r\n", "\0", "\u{85}", "\u{2028}", "\u{2029}", "\u{1B}", "\u{7F}", "\u{9F}"] {
            #expect(HeaderText("a\(scalar)b") == nil)
            #expect(
                HeaderText(cleaning: "a\(scalar)b").description.unicodeScalars.allSatisfy {
                    !HeaderText.isForbidden($0)
                })
        }
        #expect(HeaderText("Zoë, Grade 4")?.description == "Zoë, Grade 4")
    }
}
