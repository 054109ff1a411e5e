import Core
import Mail
import TestSupport
import Testing

@testable import SMTP

/// One case of the fault table: a server that is odd once, a postman who meets it, and the outbox.
struct FaultStand {
    private let outbox: Outbox
    private let postman: Postman

    init(_ row: AFaultTable.Row, act: String, _ server: ScriptedMailServer, _ outbox: Outbox) async throws {
        var script = [[row.step, act]]
        if row.step == "RSET" {
            script.append(["RCPT", "text:550 5.1.1 No such child"])
            if row.isPipelined { script.append(["DATA", "text:554 5.5.1 No valid recipients"]) }
        }
        if row.step == "secret" { script.append(["AUTH", "text:334 "]) }
        let isEncrypted = ["STARTTLS", "EHLO2"].contains(row.step)
        let signsIn = ["AUTH", "secret"].contains(row.step)
        let open = try await server.listen(
            .init(
                features: (row.isPipelined ? ["PIPELINING"] : []) + (signsIn ? ["AUTH PLAIN"] : []), script: script,
                tls: isEncrypted ? .starttls : .none, quiet: true))
        var timeouts = SMTPTimeouts()
        // Only where nothing comes is the end of patience what is tried.
        if act == "silence" {
            (timeouts.reply, timeouts.afterDot, timeouts.quit) = (.seconds(1), .seconds(1), .milliseconds(100))
        }
        let transport = try SMTPTransport(
            url: isEncrypted
                ? "smtp://localhost:\(open.port)" : "smtp://\(signsIn ? "bell@" : "")127.0.0.1:\(open.port)?tls=none",
            password: signsIn ? "do not tell" : nil, helloName: "bell.district.example", caFile: open.ca,
            timeouts: timeouts)
        self.outbox = outbox
        postman = outbox.postmanBy(transport)
    }

    /// A mail that goes first and is refused, so that the next one begins with RSET.
    func refuse(_ number: UInt8) async throws {
        try await outbox.queue(number, address: "n\(number)@school.example", priority: 0)
    }

    /// Sends the mail and compares what became of it; then goes on to the next try, where the server is well.
    func meets(_ fate: AFaultTable.Fate, _ number: UInt8, _ name: String) async throws {
        try await outbox.queue(number, address: "n\(number)@school.example")
        await postman.workOff()
        let (mail, facts, status, now) = (
            try await outbox.mail(number), try await outbox.facts(number), postman.status, outbox.clock.now
        )
        #expect(mail.attempts == (fate == .kept ? 0 : 1), "\(name)")
        #expect((status.complaint != nil) == (fate == .kept), "\(name): \(status.complaint ?? "")")
        #expect(facts.isBad == (fate == .bad), "\(name)")
        switch fate {
        case .accepted: #expect(mail.state == .accepted, "\(name)")
        case .failed, .bad: #expect(mail.state == .failed && mail.reason?.hasPrefix("55") == true, "\(name)")
        case .kept:
            #expect(mail.state == .queued && status.nextTryAt == now + .seconds(30), "\(name)")
            try await goesOn(after: .seconds(30), number, name)
        case .deferred:
            #expect(mail.state == .deferred && mail.dueAt == now + .minutes(5), "\(name)")
            try await goesOn(after: .minutes(5), number, name)
        case .unknown:
            #expect(mail.state == .unknown, "\(name)")
            outbox.clock.advance(.days(1))
            await postman.workOff()
            #expect(try await outbox.mail(number).state == .unknown, "\(name)")
        }
    }

    private func goesOn(after wait: Span, _ number: UInt8, _ name: String) async throws {
        outbox.clock.advance(.seconds(-1) + wait)
        await postman.workOff()
        #expect(try await outbox.mail(number).state != .accepted, "\(name): too early")
        outbox.clock.advance(.seconds(1))
        await postman.workOff()
        #expect(try await outbox.mail(number).state == .accepted, "\(name): again")
        #expect(postman.status.complaint == nil, "\(name): again")
    }
}

extension Span {
    fileprivate static func + (left: Span, right: Span) -> Span {
        Span(milliseconds: left.milliseconds + right.milliseconds)
    }
}
