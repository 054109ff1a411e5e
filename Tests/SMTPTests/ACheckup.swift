import Foundation
import Mail
import Synchronization
import TestSupport
import Testing

@testable import SMTP

/// How far a server lets us in, and every line that was said on the way.
@Suite struct ACheckup {
    private static let secret = "hunter-two-too"

    private func transport(
        _ open: ScriptedMailServer.Open, isEncrypted: Bool = true, user: String = "bell",
        listener: SMTPListener? = nil
    ) throws -> SMTPTransport {
        try SMTPTransport(
            url: isEncrypted
                ? "smtp://\(user)@localhost:\(open.port)" : "smtp://\(user)@127.0.0.1:\(open.port)?tls=none",
            password: Self.secret, helloName: "bell.district.example", caFile: open.ca, listener: listener)
    }

    @Test func `goes all the way to a mail and stops before it`() async throws {
        try await ScriptedMailServer.run { server async throws in
            let open = try await server.listen(.init(features: ["SIZE 1000", "DSN", "AUTH PLAIN"], tls: .starttls))
            let checkup = try await transport(open).checkUp(sender: Post.sender)
            #expect(checkup.passed == ServerCheckup.Step.allCases)
            #expect(checkup.ended == nil && checkup.encryption?.hasPrefix("TLSv1.") == true)
            #expect(checkup.offers == ["SIZE", "DSN", "AUTH"])
            let heard = try await server.heard()
            #expect(heard.suffix(2) == ["MAIL FROM:<firstbell@district.example>", "QUIT"])
            #expect(!heard.contains { $0.hasPrefix("RCPT") || $0.hasPrefix("DATA") })
        }
    }

    @Test(arguments: [
        (ServerCheckup.Step.greeting, "greeting", "text:554 Not you"), (.greeting, "EHLO", "text:550 Not you"),
        (.encryption, "STARTTLS", "text:454 Not now"), (.encryption, "TLS", "cut"),
        (.signIn, "AUTH", "text:535 5.7.8 Wrong"), (.sender, "MAIL", "text:550 5.7.1 Not from you"),
    ])
    func `says where the way ended`(_ step: ServerCheckup.Step, _ where: String, _ act: String) async throws {
        try await ScriptedMailServer.run { server async throws in
            let open = try await server.listen(
                .init(features: ["AUTH PLAIN"], script: [[`where`, act]], tls: .starttls, quiet: true))
            let checkup = try await transport(open).checkUp(sender: Post.sender)
            #expect(checkup.ended?.step == step)
            #expect(checkup.passed == Array(ServerCheckup.Step.allCases.prefix { $0 != step }))
            if act.hasPrefix("text:") {
                #expect(checkup.ended.map { act.hasSuffix($0.reply.description) } == true)
            }
        }
    }

    @Test func `finds nobody at a closed door`() async throws {
        let checkup = try await Post.plain(1).checkUp(sender: Post.sender)
        #expect(checkup.passed.isEmpty && checkup.ended?.step == .connection)
    }

    @Test(arguments: ["AUTH PLAIN", "AUTH LOGIN"]) func `tells every line and no secret`(_ auth: String) async throws {
        try await ScriptedMailServer.run { server async throws in
            var script = [["RCPT", "text:250 2.1.5 Fine\u{1B}[31m"]]
            if auth == "AUTH LOGIN" {
                script += [["AUTH", "text:334 VXNlcm5hbWU6"], ["secret", "text:334 UGFzc3dvcmQ6"]]
            }
            let open = try await server.listen(.init(features: [auth, "PIPELINING"], script: script, quiet: true))
            let lines = Mutex<[ConversationLine]>([])
            let transport = try transport(open, isEncrypted: false) { line in lines.withLock { $0.append(line) } }
            #expect(try await transport.send(Post.parcel()).fault == nil)
            let said = lines.withLock { $0 }
            let secret = Data(Self.secret.utf8).base64EncodedString()
            let both = Data("\0bell\0\(Self.secret)".utf8).base64EncodedString()
            for line in said.map({ "\($0)" }) {
                #expect(!line.contains(Self.secret) && !line.contains(secret) && !line.contains(both))
                #expect(!line.unicodeScalars.contains("\u{1B}"))
            }
            #expect(said.first == .note("Connected to 127.0.0.1:\(open.port)."))
            #expect(said.contains(.ours("EHLO bell.district.example")) && said.contains(.theirs("250 PIPELINING")))
            #expect(said.contains(.ours("Subject: Hello")) && said.contains(.ours("..a dot")))
            #expect(said.suffix(4) == [.ours("."), .theirs("250 2.0.0 Taken"), .ours("QUIT"), .theirs("221 Bye")])
        }
    }
}
