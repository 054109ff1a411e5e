import Core
import Foundation
import TestSupport
import Testing

@testable import Mail
@testable import SMTP

/// Certificates of others, of yesterday and of nobody, and what somebody between us and the server may try.
@Suite(.timeLimit(.minutes(5))) struct ALineThatNobodyCanTrust {
    private struct Fault {
        let name: String
        var tls: ScriptedMailServer.Wish.Security
        var certificate = ScriptedMailServer.Wish.Certificate.good
        var script: [[String]] = []
        var trusts = true
    }

    private static func faults(_ tls: ScriptedMailServer.Wish.Security) -> [Fault] {
        var faults = [
            Fault(name: "of another name", tls: tls, certificate: .elsewhere),
            Fault(name: "expired", tls: tls, certificate: .expired),
            Fault(name: "of an authority that nobody knows", tls: tls, trusts: false),
        ]
        for act in ["silence", "reset", "cut", "raw:220 mail.test\r\n", "raw:\u{16}\u{3}\u{1}\u{FF}\u{FF}\u{0}"] {
            faults.append(Fault(name: act, tls: tls, script: [["TLS", act]]))
        }
        guard tls == .starttls else { return faults }
        return faults + [
            Fault(
                name: "plain text behind the answer to STARTTLS", tls: tls,
                script: [["STARTTLS", "raw:220 Go on\r\n250-mail.test\r\n250 AUTH PLAIN\r\n"]]),
            Fault(name: "no encryption offered", tls: .none),
        ]
    }

    @Test(arguments: [ScriptedMailServer.Wish.Security.implicit, .starttls])
    func `keeps all mail back, charges none, and hears no password`(
        _ tls: ScriptedMailServer.Wish.Security
    ) async throws {
        try await ScriptedMailServer.run { server async throws in
            try await Outbox.open { outbox in
                try await outbox.queue(2)
                for fault in Self.faults(tls) {
                    let open = try await server.listen(
                        .init(
                            features: ["AUTH PLAIN"], script: fault.script, tls: fault.tls,
                            certificate: fault.certificate, quiet: tls == .implicit))
                    var timeouts = SMTPTimeouts()
                    if fault.name == "silence" { timeouts.reply = .seconds(1) }
                    let transport = try SMTPTransport(
                        url: "\(tls == .implicit ? "smtps" : "smtp")://bell@localhost:\(open.port)",
                        password: "do not tell", helloName: "bell.district.example",
                        caFile: fault.trusts ? open.ca : nil, timeouts: timeouts)
                    let postman = outbox.postmanBy(transport)
                    await postman.workOff()
                    let mail = try await outbox.mail(2)
                    #expect(mail.state == .queued && mail.attempts == 0, "\(fault.name)")
                    #expect(postman.status.complaint != nil, "\(fault.name)")
                    #expect(postman.status.nextTryAt == outbox.clock.now + .seconds(30), "\(fault.name)")
                    let heard = tls == .implicit ? [] : try await server.heard()
                    #expect(
                        heard.allSatisfy { !$0.hasPrefix("AUTH") && !$0.hasPrefix("MAIL") }, "\(fault.name): \(heard)")
                }
            }
        }
    }
}
