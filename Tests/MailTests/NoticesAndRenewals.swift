import Core
import Foundation
import Rendering
import Storage
import Testing

@testable import Mail

@Suite struct NoticesAndRenewals {
    private let link = "https://bell.district.example/not-me/k7Qd2mWx9TfR4bYhN0aVzQ"
    private let sender = LetterSender(name: "Alder Creek Elementary", place: "Juniper Valley")
    private let at = Timestamp(milliseconds: 1_789_560_000_000)

    private func renderer() throws -> Renderer { try Renderer(templateFolders: [try #require(MailTemplates.folder)]) }

    private func notice(_ event: Notice.Event, kind: AccountKind = .student, actor: String? = nil) -> NoticeMail {
        NoticeMail(
            kind: kind, event: event, givenName: "Cleo", username: "cbell", actor: actor, at: at, link: Redacted(link),
            sender: sender)
    }

    @Test func `say in plain text what happened and what to do`() throws {
        let letter = try notice(.passwordReset, actor: "Gwen Gray").letter(.english, .gmt, renderer())
        #expect(letter.subject.description == "Cleo, your password was reset")
        #expect(
            letter.text == """
                Hello Cleo,

                On Sep 16, 12:00 Gwen Gray reset the password of your account at FirstBell: the old one no longer works. Was it you, or did you know? Then there is nothing to do. If not, open this address:

                \(link)

                It is about the account with the username cbell.

                Nobody will ever ask you for your password, not even your teacher.

                Alder Creek Elementary
                Juniper Valley

                """)
    }

    @Test(arguments: Notice.Event.allCases, ["en", "es", "ar-XB"])
    func `are whole in every language`(_ event: Notice.Event, _ language: String) throws {
        let words = try Catalogs.ours().withPseudoLanguage().words(language)
        for kind in [AccountKind.student, .staff] {
            let letter = try notice(event, kind: kind, actor: "<b>Gwen</b>").letter(words, .gmt, renderer())
            #expect(letter.language == language)
            #expect(!letter.text.contains("{") && !letter.html.contains("{"))
            #expect(letter.html.ranges(of: "http").count == 2 && letter.html.contains("href=\"\(link)\""))
            #expect(!letter.html.contains("<b>Gwen"))
        }
    }

    @Test func `of a forgotten password say until when the way works`() throws {
        let mail = RenewalMail(
            kind: .student, givenName: "Cleo", username: "cbell", link: Redacted(link), worksUntil: at, sender: sender)
        let letter = try mail.letter(.english, .gmt, renderer())
        #expect(letter.subject.description == "Cleo, choose a new password")
        #expect(letter.text.contains("Your username is cbell. The address works until Sep 16, 12:00."))
        #expect(letter.text.contains("your password stays as it is"))
        let spanish = try mail.letter(try Catalogs.ours().words("es"), .gmt, renderer())
        #expect(spanish.text.contains("El nombre de usuario es cbell. La dirección funciona hasta el 16 sep, 12:00."))
    }

    @Test func `are carried like every mail, and the student's row says nothing of them`() async throws {
        try await Outbox.open { outbox in
            let (student, now): (ID<Account>, Timestamp) = (Outbox.id(2), outbox.clock.now)
            try await outbox.queue(2)
            await outbox.postman.workOff()
            try await outbox.change(
                "UPDATE account SET password_hash = 'x', active_at = \(now) WHERE id = \(student)")
            let before = try await outbox.facts(2)
            let forgotten = ForgottenPassword(name: "cleo@school.example", client: nil, mint: IDMint(at: now), now: now)
            try await outbox.database.write { connection in
                _ = try connection.ask(forgotten)
                try connection.queueNotice(of: .passwordChosen, about: student, id: Outbox.id(70), at: now)
            }
            try await outbox.change("UPDATE account SET address = 'new@home.example' WHERE id = \(student)")
            outbox.server.answer(.late(.unknown(DeliveryFault(scope: .message, reply: ServerReply(ours: "lost")))))
            await outbox.postman.workOff()
            await outbox.postman.workOff()
            #expect(try await outbox.count("SELECT count(*) AS value FROM mail WHERE state = 'unknown'") == 1)
            #expect(try await outbox.facts(2) == before)
            let parcel = try #require(outbox.server.taken.last)
            let read = try #require(try await StrictParser.read([parcel.message]).first)
            #expect(parcel.recipient.description == "cleo@school.example", "the address before the change")
            #expect(read.headers.contains(["Subject", "Cleo, your account is in use now"]))
            #expect(read.text.contains("https://bell.district.example/not-me/"))
            #expect(!read.text.contains("/activate/"))
        }
    }

    @Test func `of a forgotten password are cancelled when it was reset meanwhile`() async throws {
        try await Outbox.open { outbox in
            let (student, now): (ID<Account>, Timestamp) = (Outbox.id(2), outbox.clock.now)
            try await outbox.queue(2)
            await outbox.postman.workOff()
            try await outbox.change(
                "UPDATE account SET password_hash = 'x', active_at = \(now) WHERE id = \(student)")
            let forgotten = ForgottenPassword(name: "cleo@school.example", client: nil, mint: IDMint(at: now), now: now)
            try await outbox.database.write { _ = try $0.ask(forgotten) }
            try await outbox.change(
                "UPDATE account SET password_hash = NULL, active_at = NULL WHERE id = \(student)")
            await outbox.postman.workOff()
            #expect(
                try await outbox.count(
                    "SELECT count(*) AS value FROM mail WHERE kind = 'renewal' AND state = 'cancelled' AND reason = 'reset'"
                )
                    == 1)
            #expect(outbox.server.taken.count == 1)
        }
    }
}
