import Foundation
import Mail
import TestSupport
import Testing

@testable import SMTP

/// aiosmtpd, over sockets, with certificates of its own authority.
@Suite struct ARealMailServer {
    private func withServer(
        _ wish: Post.MailServer, _ body: (PythonScript, Post.Open) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "firstbell-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try await PythonScript.run("mail_server", beside: ScriptedMailServer.place) { server in
            var wish = wish
            wish.folder = folder.path(percentEncoded: false)
            try await body(server, try await server.ask(wish))
        }
        try FileManager.default.removeItem(at: folder)
    }

    private func transport(_ url: String, _ open: Post.Open, _ wish: Post.MailServer, trusting: Bool = true) throws
        -> SMTPTransport
    {
        try SMTPTransport(
            url: url, password: wish.auth.isEmpty ? nil : wish.password, helloName: "bell.district.example",
            caFile: trusting ? open.ca : nil)
    }

    @Test(arguments: [["PLAIN"], ["LOGIN"], ["LOGIN", "PLAIN"]])
    func `takes mail after STARTTLS and AUTH`(_ mechanisms: [String]) async throws {
        let wish = Post.MailServer(auth: mechanisms)
        try await withServer(wish) { server, open async throws in
            let transport = try transport("smtp://firstbell%40mail.test@localhost:\(open.port)", open, wish)
            guard case .accepted(let reply) = try await transport.send(Post.parcel()) else {
                Issue.record("not accepted")
                return
            }
            #expect(reply == ServerReply(code: 250, lines: ["2.0.0 Taken"]))
            let mail = try await server.next(Post.Mail.self)
            #expect(mail.sender == "firstbell@district.example")
            #expect(mail.recipients == ["cleo@students.example"])
            #expect(Array(mail.content) == Post.message)
            #expect(mail.encrypted && mail.authenticated)
            #expect(mail.hello == "bell.district.example")
        }
    }

    @Test func `takes mail over TLS from the first byte`() async throws {
        let wish = Post.MailServer(tls: "implicit", auth: ["PLAIN"])
        try await withServer(wish) { server, open async throws in
            let transport = try transport("smtps://firstbell%40mail.test@localhost:\(open.port)", open, wish)
            #expect(try await transport.send(Post.parcel()).fault == nil)
            #expect(Array(try await server.next(Post.Mail.self).content) == Post.message)
        }
    }

    @Test func `is known by its IP address when that stands on the certificate`() async throws {
        let wish = Post.MailServer(name: "127.0.0.1")
        try await withServer(wish) { _, open async throws in
            #expect(try await transport("smtp://127.0.0.1:\(open.port)", open, wish).send(Post.parcel()).fault == nil)
        }
    }

    @Test func `takes many mails on one line`() async throws {
        let wish = Post.MailServer()
        try await withServer(wish) { server, open async throws in
            let session = try await transport("smtp://localhost:\(open.port)", open, wish).open()
            var peers: Set<Int> = []
            for _ in 0..<5 {
                #expect(try await session.deliver(Post.parcel()) {}.fault == nil)
                peers.insert(try await server.next(Post.Mail.self).peer)
            }
            await session.quit()
            #expect(peers.count == 1)
            #expect(await session.isOpen == false)
        }
    }

    @Test func `with another name gets nothing`() async throws {
        let wish = Post.MailServer(name: "elsewhere.example")
        try await withServer(wish) { _, open async throws in
            let fault = try await transport("smtp://localhost:\(open.port)", open, wish).send(Post.parcel()).fault
            #expect(fault?.scope == .server)
            #expect(fault?.reply.text.hasPrefix("No trusted encryption") == true)
        }
    }

    @Test func `with an expired certificate gets nothing`() async throws {
        let wish = Post.MailServer(expired: true)
        try await withServer(wish) { _, open async throws in
            let fault = try await transport("smtp://localhost:\(open.port)", open, wish).send(Post.parcel()).fault
            #expect(fault?.reply.text.hasPrefix("No trusted encryption") == true)
        }
    }

    @Test(arguments: ["smtp", "smtps"])
    func `of an authority that nobody trusts gets nothing`(_ scheme: String) async throws {
        let wish = Post.MailServer(tls: scheme == "smtp" ? "starttls" : "implicit")
        try await withServer(wish) { _, open async throws in
            let transport = try transport("\(scheme)://localhost:\(open.port)", open, wish, trusting: false)
            let fault = try await transport.send(Post.parcel()).fault
            #expect(fault?.scope == .server)
            #expect(fault?.reply.text.hasPrefix("No trusted encryption") == true)
        }
    }

    @Test func `that refuses the password gets nothing`() async throws {
        let wish = Post.MailServer(auth: ["PLAIN"])
        try await withServer(wish) { _, open async throws in
            let transport = try SMTPTransport(
                url: "smtp://firstbell%40mail.test@localhost:\(open.port)", password: "wrong", helloName: "b",
                caFile: open.ca)
            let fault = try await transport.send(Post.parcel()).fault
            #expect(fault?.scope == .server)
            #expect(fault?.reply.code == 535)
        }
    }

    @Test func `that offers SMTPUTF8 takes an address with letters beyond ASCII`() async throws {
        let wish = Post.MailServer(smtputf8: true)
        try await withServer(wish) { server, open async throws in
            let parcel = Post.parcel(to: Post.address("josé@bücher.example"))
            #expect(try await transport("smtp://localhost:\(open.port)", open, wish).send(parcel).fault == nil)
            let mail = try await server.next(Post.Mail.self)
            #expect(mail.recipients == ["josé@xn--bcher-kva.example"])
            #expect(mail.options.contains("SMTPUTF8"))
        }
    }

    @Test func `that does not offer SMTPUTF8 costs only that recipient`() async throws {
        let wish = Post.MailServer()
        try await withServer(wish) { _, open async throws in
            let session = try await transport("smtp://localhost:\(open.port)", open, wish).open()
            let fault = try await session.deliver(Post.parcel(to: Post.address("josé@school.example"))) {}.fault
            #expect(fault?.scope == .recipient && fault?.isPermanent == true)
            #expect(try await session.deliver(Post.parcel()) {}.fault == nil)
            await session.quit()
        }
    }

    @Test func `is not bothered with a mail that is too big for it`() async throws {
        let wish = Post.MailServer(size: 30)
        try await withServer(wish) { _, open async throws in
            let fault = try await transport("smtp://localhost:\(open.port)", open, wish).send(Post.parcel()).fault
            #expect(fault?.scope == .message && fault?.isPermanent == true)
        }
    }
}
