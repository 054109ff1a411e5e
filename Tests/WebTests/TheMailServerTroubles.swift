import Core
import Foundation
import Mail
import Storage
import Synchronization
import TestSupport
import Testing
import Web

/// The mail server takes no mail: who is told, where, and what can be found out there.
@Suite struct TheMailServerTroubles {
    private let trouble = Mailroom.Condition(
        isRunning: true, complaint: "535 5.7.8 <b>Wrong</b> password", since: Schoolhouse.tuesday,
        nextTryAt: Schoolhouse.tuesday + .minutes(2), lines: 1)
    private let server = MailOverview.Server.smtp(host: "mail.school.example", port: 587, security: "STARTTLS")

    @Test func `are told at once on every page of the district's administrators, and to nobody else`() async throws {
        let holder = Holder(Mailroom.Condition(isRunning: true, complaint: nil))
        try await Schoolhouse.open(
            mailroom: { Mailroom(server: server, composer: $0, condition: { holder.condition }) }
        ) { school in
            let (ruth, ada) = (
                try await school.visitor(signedInAs: Cast.ruth), try await school.visitor(signedInAs: Cast.ada)
            )
            for page in ["/admin", "/admin/students", "/admin/staff"] {
                #expect(try await !ruth.get(page).body.contains("bar-note"))
            }
            holder.set(trouble)
            for page in ["/admin", "/admin/students", "/admin/staff", "/account"] {
                let body = try await ruth.get(page).body
                #expect(body.contains("bar-note") && body.contains(#"href="/admin/mail""#), "\(page)")
            }
            for page in ["/trackers", "/people/students"] {
                #expect(try await !ada.get(page).body.contains("bar-note"), "\(page)")
            }
            let mail = try await ruth.get("/admin/mail").body
            #expect(!mail.contains("bar-note"))
            #expect(mail.contains("535 5.7.8 &lt;b&gt;Wrong&lt;/b&gt; password"))
            #expect(mail.contains("Sep 1, 10:00") && mail.contains("Sep 1, 10:02"))
            #expect(mail.contains("Nothing is lost"))
            holder.set(Mailroom.Condition(isRunning: true, complaint: nil))
            #expect(try await !ruth.get("/admin").body.contains("bar-note"))
        }
    }

    @Test func `are looked into by a press, which writes nothing`() async throws {
        let checkup = ServerCheckup(
            passed: [.connection, .greeting, .encryption],
            ended: .init(step: .signIn, reply: ServerReply(code: 535, lines: ["5.7.8 <i>No</i>"])),
            encryption: "TLSv1.3")
        let sender = try #require(MailAddress("bell@school.example"))
        let room: @Sendable (MailComposer) -> Mailroom = { composer in
            Mailroom(
                server: server, composer: composer, condition: { trouble },
                advice: SenderAdvice(sender: sender, linkHost: "localhost", relay: "mail.school.example"),
                check: { checkup })
        }
        try await Schoolhouse.open(mailroom: room) { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let before = try await school.count("SELECT count(*) AS value FROM audit")
            let page = try await ruth.post("/admin/mail/check")
            #expect(page.status == 200)
            #expect(page.body.contains("The line is encrypted with TLSv1.3"))
            #expect(page.body.contains("It does not take our user and password."))
            #expect(page.body.contains("535 5.7.8 &lt;i&gt;No&lt;/i&gt;"))
            #expect(page.body.contains("v=spf1 a:mail.school.example -all"))
            #expect(page.body.contains("_dmarc.school.example"))
            #expect(page.body.contains("Links in it lead to localhost"))
            #expect(try await school.count("SELECT count(*) AS value FROM audit") == before)
            let ada = try await school.visitor(signedInAs: Cast.ada)
            #expect(try await ada.post("/admin/mail/check").status == 403)
        }
    }

    @Test func `are nothing to look into where no mail server is set`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            #expect(try await !ruth.get("/admin/mail").body.contains("/admin/mail/check"))
            #expect(try await ruth.post("/admin/mail/check").location == "/admin/mail")
        }
    }

    private final class Holder: Sendable {
        private let kept: Mutex<Mailroom.Condition>
        init(_ condition: Mailroom.Condition) { kept = Mutex(condition) }
        var condition: Mailroom.Condition { kept.withLock { $0 } }
        func set(_ condition: Mailroom.Condition) { kept.withLock { $0 = condition } }
    }
}

@Suite struct TheDaysMail {
    private func draw(_ volume: MailVolume, _ quota: MailQuota = MailQuota()) throws -> String {
        let office = try Office(Office.ruth)
        return try office.draw(
            AdminMailPage(
                MailOverview(
                    server: .smtp(host: "mail.school.example", port: 587, security: "STARTTLS"),
                    condition: Mailroom.Condition(isRunning: true, complaint: nil, lines: 3), counts: [:],
                    volume: volume, quota: quota),
                visit: office.visit))
    }

    @Test func `is counted beside what may leave`() throws {
        let html = try draw(MailVolume(total: 1_234, busiest: nil), MailQuota(perDay: 2_000))
        #expect(html.contains("1234 mails left. 2000 may."))
        #expect(!html.contains("is near") && !html.contains("DMARC"))
        #expect(html.contains("Lines at the same time"))
    }

    @Test func `warns before a limit`() throws {
        #expect(try draw(MailVolume(total: 1_800, busiest: nil), MailQuota(perDay: 2_000)).contains("is near"))
        let large = MailVolume(total: 9_000, busiest: .init(domain: "gmail.com", count: 4_000))
        #expect(try draw(large).contains("4000 of them to gmail.com."))
        #expect(
            try !draw(MailVolume(total: 9_000, busiest: .init(domain: "a.example", count: 3_999))).contains("DMARC"))
    }
}
