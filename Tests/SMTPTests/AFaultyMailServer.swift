import Foundation
import Mail
import TestSupport
import Testing

@testable import SMTP

/// A scripted server over sockets: what each answer at each step means for the mail.
@Suite struct AFaultyMailServer {
    private static let answers = [
        "421", "450", "451", "452", "454", "530", "535", "550", "552", "554", "250", "354", "garbage", "endless",
        "silence",
        "reset", "cut", "half",
    ]

    /// One letter for the state (d deferred, f failed, u unknown, a accepted), one for the scope (s server, m message,
    /// r recipient), in the order of `answers`; `--` where the answer is the good one.
    private static let table: [(step: String, expected: String)] = [
        ("greeting", "ds ds ds ds ds fs fs fs fs fs ds ds ds ds ds ds ds ds"),
        ("EHLO", "ds ds ds ds ds fs fs fs fs fs -- ds ds ds ds ds ds ds"),
        ("AUTH", "ds ds ds ds ds fs fs fs fs fs ds ds ds ds ds ds ds ds"),
        ("MAIL", "ds ds ds ds ds fs fs fs fm fs -- ds ds ds ds ds ds ds"),
        ("RCPT", "ds dr dr dr ds fs fs fr fr fr -- ds ds ds dm dm dm dm"),
        ("DATA", "ds dm dm dm ds fs fs fm fm fm ds -- ds ds dm dm dm dm"),
        ("body", "ds dm dm dm ds fs fs fm fm fm -- um um um um um um um"),
    ]

    private static func act(_ answer: String) -> String {
        switch answer {
        case "garbage": "text:Hello! ¿Qué?"
        case "endless", "silence", "reset", "cut", "half": answer
        default: "text:\(answer) \(answer == "550" ? "5.1.1 " : "")because"
        }
    }

    private static func short(_ result: DeliveryResult) -> String {
        let scope = result.fault.map { String($0.scope.rawValue.prefix(1)) } ?? ""
        return switch result {
        case .accepted: "a"
        case .deferred: "d" + scope
        case .failed: "f" + scope
        case .unknown: "u" + scope
        }
    }

    @Test(arguments: table.indices)
    func `means at this step what the table says`(_ index: Int) async throws {
        let (step, expected) = Self.table[index]
        try await PythonScript.run("scripted_server") { server async throws in
            for (answer, expected) in zip(Self.answers, expected.split(separator: " ")) where expected != "--" {
                let script = Post.Script(features: ["AUTH PLAIN"], script: [[step, Self.act(answer)]])
                let open: Post.Open = try await nextOpen(server, script)
                // Only where nothing comes is the end of patience what is tried.
                let waits = answer == "silence" || answer == "half"
                let transport = try Post.plain(
                    open.port, user: "u", timeouts: waits ? Post.impatient : SMTPTimeouts())
                let result = try await transport.send(Post.parcel())
                #expect(Self.short(result) == expected, "\(step) \(answer): \(result)")
            }
        }
    }

    /// What other servers of this process still say comes in between.
    private func nextOpen(_ server: PythonScript, _ script: Post.Script) async throws -> Post.Open {
        struct Line: Decodable { let port: Int? }
        var line: Line = try await server.ask(script)
        while line.port == nil { line = try await server.next() }
        return Post.Open(port: line.port ?? 0, ca: nil)
    }

    @Test func `says in the row what it said, in 500 clean bytes`() async throws {
        try await PythonScript.run("scripted_server") { server async throws in
            let text = "550-5.1.1 No such\u{1}\u{1B}[31m child\r\n550 5.1.1 " + String(repeating: "é", count: 600)
            let open = try await nextOpen(server, Post.Script(script: [["RCPT", "raw:\(text)\r\n"]]))
            let fault = try await Post.plain(open.port).send(Post.parcel()).fault
            #expect(fault?.reply.enhanced == "5.1.1")
            #expect(fault?.saysBadAddress == true)
            #expect(fault?.reply.text.hasPrefix("No such [31m child ") == true)
            #expect((fault?.reply.text.utf8.count).map { $0 <= 500 } == true)
        }
    }

    @Test func `that refuses one recipient still takes the next on the same line`() async throws {
        try await PythonScript.run("scripted_server") { server async throws in
            let open = try await nextOpen(server, Post.Script(script: [["RCPT", "text:550 5.1.1 No such child"]]))
            let session = try await Post.plain(open.port).open()
            #expect(try await session.deliver(Post.parcel()) {}.fault?.scope == .recipient)
            #expect(await session.isOpen)
            #expect(try await session.deliver(Post.parcel()) {}.fault == nil)
            await session.quit()
            let heard = try await heard(server)
            #expect(
                heard == [
                    "connection", "EHLO bell.district.example", "MAIL FROM:<firstbell@district.example>",
                    "RCPT TO:<cleo@students.example>", "RSET", "MAIL FROM:<firstbell@district.example>",
                    "RCPT TO:<cleo@students.example>", "DATA", "body", "QUIT",
                ])
        }
    }

    @Test func `gets no body when the state could not be kept`() async throws {
        struct DiskFull: Error {}
        try await PythonScript.run("scripted_server") { server async throws in
            let open = try await nextOpen(server, Post.Script())
            let session = try await Post.plain(open.port).open()
            await #expect(throws: DiskFull.self) { try await session.deliver(Post.parcel()) { throw DiskFull() } }
            #expect(await session.isOpen == false)
            let heard = try await heard(server)
            #expect(heard.suffix(2) == ["DATA", "no end of body"])
        }
    }

    @Test func `that puts plain text behind its answer to STARTTLS gets nothing`() async throws {
        try await PythonScript.run("scripted_server") { server async throws in
            let script = Post.Script(
                features: ["STARTTLS"], script: [["STARTTLS", "raw:220 Go on\r\n250-mail.test\r\n250 AUTH PLAIN\r\n"]])
            let open = try await nextOpen(server, script)
            let transport = try SMTPTransport(
                url: "smtp://u@localhost:\(open.port)", password: "secret", helloName: "b")
            let fault = try await transport.send(Post.parcel()).fault
            #expect(fault?.scope == .server)
            #expect(fault?.reply.text == ConnectionFault.injected.text)
            let heard = try await heard(server)
            #expect(heard.allSatisfy { !$0.hasPrefix("AUTH") && !$0.hasPrefix("MAIL") })
        }
    }

    @Test func `that does not offer STARTTLS gets nothing`() async throws {
        try await PythonScript.run("scripted_server") { server async throws in
            let open = try await nextOpen(server, Post.Script(features: ["AUTH PLAIN"]))
            let transport = try SMTPTransport(
                url: "smtp://u@localhost:\(open.port)", password: "secret", helloName: "b")
            #expect(try await transport.send(Post.parcel()).fault?.isPermanent == true)
            let heard = try await heard(server)
            #expect(heard == ["connection", "EHLO b"])
        }
    }

    @Test func `that offers no AUTH gets nothing when there are credentials`() async throws {
        try await PythonScript.run("scripted_server") { server async throws in
            let open = try await nextOpen(server, Post.Script(features: ["AUTH XOAUTH2"]))
            let fault = try await Post.plain(open.port, user: "u").send(Post.parcel()).fault
            #expect(fault?.scope == .server)
            let heard = try await heard(server)
            #expect(heard.allSatisfy { !$0.hasPrefix("MAIL") })
        }
    }

    @Test func `that answers before it is asked is not believed`() async throws {
        try await PythonScript.run("scripted_server") { server async throws in
            let script = Post.Script(script: [["RCPT", "raw:250 yes\r\n354 and\r\n250 taken\r\n"]])
            let open = try await nextOpen(server, script)
            let session = try await Post.plain(open.port, timeouts: Post.impatient).open()
            #expect(try await session.deliver(Post.parcel()) {}.fault != nil)
        }
    }

    @Test func `that is not there opens the breaker`() async throws {
        let transport = try Post.plain(1)
        await #expect(throws: DeliveryFault.self) { _ = try await transport.open() }
    }

    private func heard(_ server: PythonScript) async throws -> [String] {
        var heard: [String] = []
        while case let line = try await server.next(Post.Heard.self).heard, line != "end" { heard.append(line) }
        return heard
    }
}
