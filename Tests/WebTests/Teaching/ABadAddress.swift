import Core
import Foundation
import Storage
import TestSupport
import Testing

@testable import Web

@Suite struct ABadAddress {
    /// Ben's mail has left, and a report about it came back.
    private func afterReport(
        _ report: MailReport, _ body: @Sendable (Schoolhouse) async throws -> Void
    ) async throws {
        try await Schoolhouse.open { school in
            let ada = try await school.visitor(signedInAs: Cast.ada)
            let act = ID<Act>.new(at: school.clock.now)
            let pressed = try await ada.post("/people/students/\(Cast.ben.id)/activation-email", ["act": "\(act)"])
            #expect(pressed.status == 303)
            let mail = try #require(try await school.emptyMailbox().first?.mail)
            let (keyring, now) = (school.keyring, school.clock.now)
            let token = try ReturnToken(
                mail: mail.id, address: mail.address, keyID: keyring.current, keyring: keyring)
            let outcome = try await school.write { try $0.take(report, for: token, keyring: keyring, at: now) }
            #expect(outcome == .bounced)
            #expect(try await school.database.recountStudents(at: now) == [])
            try await body(school)
        }
    }

    private static let hard = MailReport.failed(.address, reason: "550 5.1.1 No such mailbox")

    @Test func `stands on the student's row with what to do, for whoever has the student`() async throws {
        try await afterReport(Self.hard) { school in
            let ada = try await school.visitor(signedInAs: Cast.ada)
            for page in ["/people/students", "/people/students/\(Cast.ben.id)"] {
                let text = try await ada.text(of: page)
                #expect(text.contains("Nothing arrives here: ask the office to correct the address."), "\(page)")
                #expect(text.contains("there is no such mailbox: the address may be mistyped"), "\(page)")
            }
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let office = try await ruth.text(of: "/admin/students/\(Cast.ben.id)")
            #expect(office.contains("Nothing arrives here: correct the address."))
            #expect(
                office.contains("there is no such mailbox: the address may be mistyped “550 5.1.1 No such mailbox”"))
            let dov = try await school.visitor(signedInAs: Cast.dov)
            #expect(try await !dov.text(of: "/people/students").contains("Nothing arrives here"))
            #expect(try await dov.get("/people/students/\(Cast.ben.id)").status == 404)
        }
    }

    @Test func `is said of no address to which mail came back for another reason`() async throws {
        try await afterReport(.failed(.soft, reason: "552 5.2.2 Over quota")) { school in
            let text = try await school.visitor(signedInAs: Cast.ada).text(of: "/people/students/\(Cast.ben.id)")
            #expect(text.contains("the mailbox is full") && text.contains("the mail came back"))
            #expect(!text.contains("Nothing arrives here"))
        }
    }

    @Test func `is none any more once it was corrected`() async throws {
        try await afterReport(Self.hard) { school in
            let now = school.clock.now
            try await school.write { connection in
                try connection.changeAddress(
                    AddressChange(
                        of: Cast.ben.id, to: "ben@right.example", isPinned: true, by: Cast.ruth.id,
                        entry: .new(at: now),
                        at: now))
            }
            let text = try await school.visitor(signedInAs: Cast.ada).text(of: "/people/students")
            #expect(!text.contains("Nothing arrives here"))
        }
    }
}

@Suite struct TheWordsForMail {
    @Test(arguments: MailState.allCases)
    func `never say that a mail was delivered`(_ state: MailState) throws {
        let room = try Homeroom(path: "/mailings/x")
        let report = room.report([room.fate(1, "Priya", state, reason: state == .failed ? "550 5.7.1 No" : nil)])
        let page = Homeroom.text(
            try room.draw(MailingPage(report: report, mint: room.mint, visit: room.visit)))
        #expect(!page.lowercased().contains("deliver"))
    }

    @Test(arguments: [
        ("550 5.1.1 User unknown", "there is no such mailbox: the address may be mistyped"),
        ("5.1.10", "there is no such mailbox: the address may be mistyped"),
        ("552 5.2.2 Mailbox full", "the mailbox is full"), ("450 4.2.2 Full", "the mailbox is full"),
        ("550 5.2.1 Disabled", "the mailbox is switched off"),
        ("550 5.7.1 Spam", "the mail server takes it for unwanted mail: tell your administrator"),
        ("4.4.1 timed out", "their mail server could not be reached"),
        ("451 4.7.1 Greylisted", "the mail server asked us to come back later"),
        ("no such mailbox", "“no such mailbox”"), ("550 host 5.1.1.7 says no", "the mail server refused it"),
    ])
    func `are a teacher's where the status tells, else the mail server's`(_ said: String, _ words: String) throws {
        let room = try Homeroom()
        #expect(MailReasonText.text(said, room.visit.words) == words)
    }
}
