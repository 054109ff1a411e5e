import Core
import Storage
import TestSupport
import Testing

@Suite struct TheMailToPendingStaff {
    private let act: ID<Act> = Cast.id(99)

    private func send(_ visitor: Visitor) async throws -> String {
        let answer = try await visitor.post("/admin/staff/send", ["act": "\(act)"])
        return try #require(answer.location)
    }

    @Test func `is shown as it will be read, before anything leaves`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let page = try await ruth.text(of: "/admin/staff/send")
            #expect(page.contains("Nothing leaves before you press Send."))
            #expect(page.contains("To Ian Brook Subject Ian, your staff account is ready"))
            #expect(page.contains("Hello Ian,") && page.contains("With it you help your students to sign in."))
            #expect(page.contains("Your username is ian.brook."))
            #expect(try await school.count("SELECT count(*) AS value FROM mail") == 0)
        }
    }

    @Test func `is shown in the language of its first reader, and not where nobody gets one`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            try await school.write {
                try $0.execute("UPDATE account SET roster_language = 'es' WHERE id = \(Cast.ian.id)")
            }
            #expect(try await ruth.text(of: "/admin/staff/send").contains("Hola, Ian:"))
            try await school.write {
                try $0.execute("UPDATE account SET address = NULL, address_key = NULL WHERE id = \(Cast.ian.id)")
            }
            let page = try await ruth.text(of: "/admin/staff/send")
            #expect(page.contains("Nobody gets a mail, so there is none to show."))
            // A form that is older than that leads back to the page, which says why.
            #expect(try await send(ruth) == "/admin/staff/send")
        }
    }

    @Test func `leads to a live page of its own that shows each one's fate`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let path = try await send(ruth)
            #expect(path.hasPrefix("/mailings/"))
            #expect(try await ruth.text(of: path).contains("Seconds left to undo"))
            school.clock.advance(by: Mailing.undo)
            let page = try await ruth.get(path)
            #expect(page.text.contains("To staff, sent by you") && page.text.contains("0 of 1 mails are accepted"))
            #expect(page.body.contains("data-live") && page.body.contains(#"href="/admin/staff/\#(Cast.ian.id)""#))
            #expect(page.body.contains(#"<a href="/admin/staff" aria-current="page">"#))
            #expect(!page.text.contains("Students page") && !page.text.contains("Print"))
            #expect(try await school.emptyMailbox().map(\.mail.username) == ["ian.brook"])
            let after = try await ruth.get(path)
            #expect(after.text.contains("The mail is accepted.") && !after.body.contains("data-live"))
            #expect(after.text.contains("The Staff page tells you who is in."))
        }
    }

    @Test func `offers another way where the mail was refused`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let path = try await send(ruth)
            try await school.write { try $0.execute("UPDATE mail SET state = 'failed', reason = '550 Unknown'") }
            let page = try await ruth.get(path)
            #expect(page.text.contains("1 needs you") && page.text.contains("Look for another way"))
            #expect(!page.body.contains("/card"))
        }
    }

    @Test func `is nobody else's to look at, nor of whoever administers nothing any more`() async throws {
        try await Schoolhouse.open { school in
            try await school.makeAdministrator(Cast.gray, of: Cast.alder)
            try await school.makeAdministrator(Cast.dov, of: Cast.birch)
            let gray = try await school.visitor(signedInAs: Cast.gray)
            let path = try await send(gray)
            #expect(try await gray.text(of: path).contains("@alder.example"))
            for member in [Cast.ada, Cast.dov] {
                #expect(try await school.visitor(signedInAs: member).get(path).status == 404, "\(member.given)")
            }
            try await school.write { connection in
                try connection.execute("DELETE FROM administrator_school WHERE account_id = \(Cast.gray.id)")
                try connection.execute("DELETE FROM administrator WHERE account_id = \(Cast.gray.id)")
            }
            #expect(try await gray.get(path).status == 404)
        }
    }
}
