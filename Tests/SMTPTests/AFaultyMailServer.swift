import Foundation
import Mail
import TestSupport
import Testing

@testable import SMTP

/// A scripted server over sockets: what each odd answer means on the line. What becomes of mails is in `AFaultTable`.
@Suite struct AFaultyMailServer {
    @Test func `says in the row what it said, in 500 clean bytes`() async throws {
        try await ScriptedMailServer.run { server async throws in
            let text = "550-5.1.1 No such\u{1}\u{1B}[31m child\r\n550 5.1.1 " + String(repeating: "é", count: 600)
            let open = try await server.listen(.init(script: [["RCPT", "raw:\(text)\r\n"]]))
            let fault = try await Post.plain(open.port).send(Post.parcel()).fault
            #expect(fault?.reply.enhanced == "5.1.1")
            #expect(fault?.saysBadAddress == true)
            #expect(fault?.reply.text.hasPrefix("No such [31m child ") == true)
            #expect((fault?.reply.text.utf8.count).map { $0 <= 500 } == true)
        }
    }

    @Test func `that refuses one recipient still takes the next on the same line`() async throws {
        try await ScriptedMailServer.run { server async throws in
            let open = try await server.listen(.init(script: [["RCPT", "text:550 5.1.1 No such child"]]))
            let session = try await Post.plain(open.port).open()
            #expect(try await session.deliver(Post.parcel()) {}.fault?.scope == .recipient)
            #expect(await session.isOpen)
            #expect(try await session.deliver(Post.parcel()) {}.fault == nil)
            await session.quit()
            let heard = try await server.heard()
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
        try await ScriptedMailServer.run { server async throws in
            let open = try await server.listen()
            let session = try await Post.plain(open.port).open()
            await #expect(throws: DiskFull.self) { try await session.deliver(Post.parcel()) { throw DiskFull() } }
            #expect(await session.isOpen == false)
            let heard = try await server.heard()
            #expect(heard.suffix(2) == ["DATA", "no end of body"])
        }
    }

    @Test func `that puts plain text behind its answer to STARTTLS gets nothing`() async throws {
        try await ScriptedMailServer.run { server async throws in
            let script = ScriptedMailServer.Wish(
                features: ["STARTTLS"], script: [["STARTTLS", "raw:220 Go on\r\n250-mail.test\r\n250 AUTH PLAIN\r\n"]])
            let open = try await server.listen(script)
            let transport = try SMTPTransport(
                url: "smtp://u@localhost:\(open.port)", password: "secret", helloName: "b")
            let fault = try await transport.send(Post.parcel()).fault
            #expect(fault?.scope == .server)
            #expect(fault?.reply.text == ConnectionFault.injected.text)
            let heard = try await server.heard()
            #expect(heard.allSatisfy { !$0.hasPrefix("AUTH") && !$0.hasPrefix("MAIL") })
        }
    }

    @Test func `that does not offer STARTTLS gets nothing`() async throws {
        try await ScriptedMailServer.run { server async throws in
            let open = try await server.listen(.init(features: ["AUTH PLAIN"]))
            let transport = try SMTPTransport(
                url: "smtp://u@localhost:\(open.port)", password: "secret", helloName: "b")
            #expect(try await transport.send(Post.parcel()).fault?.isPermanent == true)
            let heard = try await server.heard()
            #expect(heard == ["connection", "EHLO b"])
        }
    }

    @Test func `that offers no AUTH gets nothing when there are credentials`() async throws {
        try await ScriptedMailServer.run { server async throws in
            let open = try await server.listen(.init(features: ["AUTH XOAUTH2"]))
            let fault = try await Post.plain(open.port, user: "u").send(Post.parcel()).fault
            #expect(fault?.scope == .server)
            let heard = try await server.heard()
            #expect(heard.allSatisfy { !$0.hasPrefix("MAIL") })
        }
    }

    @Test func `that answers before it is asked is not believed`() async throws {
        try await ScriptedMailServer.run { server async throws in
            let script = ScriptedMailServer.Wish(script: [["RCPT", "raw:250 yes\r\n354 and\r\n250 taken\r\n"]])
            let open = try await server.listen(script)
            let session = try await Post.plain(open.port, timeouts: Post.impatient).open()
            #expect(try await session.deliver(Post.parcel()) {}.fault != nil)
        }
    }

    @Test func `that is not there opens the breaker`() async throws {
        let transport = try Post.plain(1)
        await #expect(throws: DeliveryFault.self) { _ = try await transport.open() }
    }

    @Test func `that takes commands in one go gets them so`() async throws {
        try await ScriptedMailServer.run { server async throws in
            // It says nothing before it has heard all three.
            let script = [["MAIL", "raw:"], ["RCPT", "raw:"], ["DATA", "text:250 a\r\n250 b\r\n354 c"]]
            let able = try await server.listen(.init(features: ["PIPELINING"], script: script, quiet: true))
            #expect(try await Post.plain(able.port).send(Post.parcel()).fault == nil)
            let unable = try await server.listen(.init(script: script, quiet: true))
            let fault = try await Post.plain(unable.port, timeouts: Post.impatient).send(Post.parcel()).fault
            #expect(fault?.reply.text == ConnectionFault.timedOut.text)
        }
    }

    @Test func `that wants the body of a mail to nobody does not get it`() async throws {
        try await ScriptedMailServer.run { server async throws in
            let open = try await server.listen(
                .init(features: ["PIPELINING"], script: [["RCPT", "text:550 5.1.1 No such child"]]))
            let session = try await Post.plain(open.port).open()
            let result = try await session.deliver(Post.parcel()) { Issue.record("no body was to be sent") }
            #expect(result.fault?.saysBadAddress == true)
            #expect(await session.isOpen == false)
            let heard = try await server.heard()
            #expect(heard.suffix(3) == ["RCPT TO:<cleo@students.example>", "DATA", "no end of body"])
        }
    }

    @Test func `that refuses one recipient in one go still takes the next on the same line`() async throws {
        try await ScriptedMailServer.run { server async throws in
            let open = try await server.listen(
                .init(
                    features: ["PIPELINING"],
                    script: [
                        ["RCPT", "text:550 5.1.1 No such child"], ["DATA", "text:554 5.5.1 No valid recipients"],
                    ]))
            let session = try await Post.plain(open.port).open()
            #expect(try await session.deliver(Post.parcel()) {}.fault?.saysBadAddress == true)
            #expect(try await session.deliver(Post.parcel()) {}.fault == nil)
            await session.quit()
            let heard = try await server.heard()
            #expect(
                heard.filter { $0 == "connection" || $0 == "RSET" || $0 == "body" } == ["connection", "RSET", "body"])
        }
    }

    @Test func `that reports on deliveries is asked for the headers, with the mail's name`() async throws {
        try await ScriptedMailServer.run { server async throws in
            let open = try await server.listen(.init(features: ["DSN", "SIZE 1000"]))
            let mail = Parcel(
                sender: Post.sender, recipient: Post.student, message: Post.message, name: "0192-a+b=c d")
            #expect(try await Post.plain(open.port).send(mail).fault == nil)
            let heard = try await server.heard()
            #expect(
                heard.filter { $0.hasPrefix("MAIL") || $0.hasPrefix("RCPT") } == [
                    "MAIL FROM:<firstbell@district.example> SIZE=\(Post.message.count) RET=HDRS ENVID=0192-a+2Bb+3Dc+20d",
                    "RCPT TO:<cleo@students.example> NOTIFY=FAILURE,DELAY",
                ])
        }
    }

    @Test func `that takes eight bits is told of them, and another gets no such mail`() async throws {
        try await ScriptedMailServer.run { server async throws in
            let mail = Post.parcel(Array("Subject: Hello\r\n\r\nHello José\r\n".utf8))
            let able = try await server.listen(.init(features: ["8BITMIME"]))
            #expect(try await Post.plain(able.port).send(mail).fault == nil)
            #expect(try await server.heard().contains("MAIL FROM:<firstbell@district.example> BODY=8BITMIME"))
            let unable = try await server.listen()
            #expect(try await Post.plain(unable.port).send(mail).fault?.scope == .message)
            #expect(try await !server.heard().contains { $0.hasPrefix("MAIL") })
        }
    }

    @Test func `has ten minutes after the final dot`() {
        #expect(SMTPTimeouts().afterDot == .seconds(600))
        #expect(SMTPTimeouts().reply >= .seconds(300))
    }
}
