import Core
import Foundation
import Storage
import TestSupport
import Testing

@Suite struct TheLivePage {
    /// Ms. Ada has pressed Send for all of 4B: Ben, Eve and Finn get a mail.
    private func sent(by ada: Visitor, _ school: Schoolhouse) async throws -> String {
        let answer = try await ada.post(
            "/people/students/send", ["act": "\(ID<Act>.new(at: school.clock.now))", "all": "on", "additional": ""])
        return try #require(answer.location)
    }

    private func press(_ wish: String, at page: String, by visitor: Visitor, act: ID<Act>) async throws -> Answer {
        try await visitor.post("\(page)/\(wish)", ["act": "\(act)"])
    }

    @Test func `offers Undo for ten seconds, in which nothing leaves, and stops all that was pressed`() async throws {
        try await Schoolhouse.open { school in
            let ada = try await school.visitor(signedInAs: Cast.ada)
            let page = try await sent(by: ada, school)
            let shown = try await ada.get(page)
            #expect(shown.text.contains("3 mails are about to leave."))
            #expect(shown.text.contains("Nothing has left yet. Seconds left to undo: 10"))
            #expect(shown.body.contains("http-equiv=\"refresh\" content=\"5\""))
            school.clock.advance(by: .seconds(9))
            #expect(try await school.emptyMailbox().isEmpty)
            #expect(try await ada.text(of: page).contains("Seconds left to undo: 1"))
            let act = try #require(shown.hidden("act"))
            let answer = try await ada.post("\(page)/cancel", ["act": act])
            #expect(answer.status == 303 && answer.location == page)
            let after = try await ada.get(page)
            #expect(after.text.contains("No mail left."))
            #expect(after.text.contains("Undone in time by you at 10:00: 3 mails were stopped, and nothing has left."))
            #expect(after.text.contains("Cancelled"))
            #expect(!after.body.contains("data-live") && !after.body.contains("http-equiv"))
            school.clock.advance(by: .minutes(5))
            #expect(try await school.emptyMailbox().isEmpty)
            // Whoever was undone may be mailed at once.
            let again = try await ada.post(
                "/people/students/\(Cast.ben.id)/activation-email", ["act": "\(ID<Act>.new(at: school.clock.now))"])
            #expect(again.location?.contains("mailed=") == true)
            #expect(try await school.emptyMailbox().count == 1)
        }
    }

    @Test func `turns a late Undo into Cancel of the rest, and says so`() async throws {
        try await Schoolhouse.open { school in
            let ada = try await school.visitor(signedInAs: Cast.ada)
            let page = try await sent(by: ada, school)
            let undo = try #require(try await ada.get(page).hidden("act"))
            school.clock.advance(by: .seconds(10))
            try await school.write { try $0.execute("UPDATE mail SET due_at = due_at + 60000 WHERE position > 0") }
            #expect(try await school.emptyMailbox().count == 1)
            let rest = try await ada.get(page)
            #expect(rest.text.contains("Pause") && rest.text.contains("Cancel the rest"))
            try await ada.post("\(page)/cancel", ["act": undo])
            let text = try await ada.text(of: page)
            #expect(text.contains("1 of 3 mails is accepted, 2 were cancelled."))
            #expect(
                text.contains(
                    "Cancelled by you at 10:00: 2 mails were stopped and do not leave. "
                        + "1 had left before, or was just being handed over."))
            #expect(text.contains("Send Student Activation Email to"))
        }
    }

    @Test func `pauses and goes on, in words`() async throws {
        try await Schoolhouse.open { school in
            let ada = try await school.visitor(signedInAs: Cast.ada)
            let page = try await sent(by: ada, school)
            school.clock.advance(by: .seconds(10))
            #expect(try await press("pause", at: page, by: ada, act: Cast.id(90)).status == 303)
            let paused = try await ada.get(page)
            #expect(paused.text.contains("0 of 3 mails are accepted, 3 are paused."))
            #expect(paused.text.contains("Paused by you at 10:00."))
            #expect(paused.text.contains("keeps its place in line") && paused.text.contains("Waits for Resume"))
            // A page of a paused mailing without script looks again now and then.
            #expect(paused.body.contains("http-equiv=\"refresh\" content=\"60\""))
            #expect(try await school.emptyMailbox().isEmpty)
            #expect(try await press("resume", at: page, by: ada, act: Cast.id(91)).status == 303)
            #expect(school.nudges.count == 3)
            #expect(try await school.emptyMailbox().count == 3)
            #expect(try await ada.text(of: page).contains("All 3 mails are accepted."))
        }
    }

    @Test func `is no business of anybody else, who change nothing`() async throws {
        try await Schoolhouse.open { school in
            let ada = try await school.visitor(signedInAs: Cast.ada)
            let page = try await sent(by: ada, school)
            for other in [Cast.dov, Cast.gray, Cast.ruth] {
                let visitor = try await school.visitor(signedInAs: other)
                for wish in ["pause", "resume", "cancel"] {
                    #expect(try await press(wish, at: page, by: visitor, act: Cast.id(90)).status == 404)
                    #expect(try await visitor.post("\(page)/\(wish)").status == 404)
                }
                let events = try await visitor.get("\(page)/events")
                #expect(events.status == 404 && !events.body.contains("Ames"))
            }
            // Without an act of a form of ours nothing is done.
            #expect(try await ada.post("\(page)/cancel").status == 400)
            #expect(try await school.count("SELECT count(*) AS value FROM mail WHERE state = 'queued'") == 3)
            #expect(try await school.count("SELECT count(*) AS value FROM mailing_act") == 0)
        }
    }

    @Test func `takes the act of somebody else for none of one's own`() async throws {
        try await Schoolhouse.open { school in
            let ada = try await school.visitor(signedInAs: Cast.ada)
            let dov = try await school.visitor(signedInAs: Cast.dov)
            let hers = try await sent(by: ada, school)
            let his = try await sent(by: dov, school)
            #expect(try await press("cancel", at: hers, by: ada, act: Cast.id(90)).status == 303)
            #expect(try await press("cancel", at: his, by: dov, act: Cast.id(90)).status == 409)
            #expect(try await school.count("SELECT count(*) AS value FROM mail WHERE state = 'queued'") == 1)
        }
    }

    @Test func `is stopped by an administrator of all of its schools, whose name the sender reads`() async throws {
        try await Schoolhouse.open { school in
            try await school.write {
                try $0.execute("INSERT INTO administrator (account_id, scope) VALUES (\(Cast.gray.id), 'district')")
            }
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let gray = try await school.visitor(signedInAs: Cast.gray)
            let answer = try await ruth.post(
                "/admin/students/send", ["act": "\(ID<Act>.new(at: school.clock.now))", "all": "on", "additional": ""])
            let page = try #require(answer.location)
            #expect(try await press("cancel", at: page, by: gray, act: Cast.id(90)).status == 303)
            #expect(try await ruth.text(of: page).contains("by Gwen Gray at 10:00"))
            let told: SQL =
                "SELECT count(*) AS value FROM audit WHERE act = 'mailing-cancelled' AND actor_id = \(Cast.gray.id)"
            #expect(try await school.count(told) == 1)
            #expect(try await ruth.text(of: "/admin/audit").contains("cancelled 4 mails"))
        }
    }

    @Test func `says in a teacher's words why a mail failed, and what to do`() async throws {
        try await Schoolhouse.open { school in
            let ada = try await school.visitor(signedInAs: Cast.ada)
            let page = try await sent(by: ada, school)
            try await school.write { connection in
                try connection.execute(
                    """
                    UPDATE mail SET state = 'failed', reason = '550 5.1.1 User unknown', address = \(Cast.ben.address)
                    WHERE account_id = \(Cast.ben.id)
                    """)
                try connection.execute("UPDATE account SET address_is_bad = TRUE WHERE id = \(Cast.ben.id)")
                try connection.execute(
                    "UPDATE mail SET state = 'failed', reason = '552 5.2.2 Over quota' WHERE account_id = \(Cast.eve.id)"
                )
            }
            let text = try await ada.text(of: page)
            #expect(text.contains("there is no such mailbox: the address may be mistyped “550 5.1.1 User unknown”"))
            #expect(text.contains("Print Username/Password of Ben Ames"))
            #expect(text.contains("Ask the office for the right address"))
            #expect(text.contains("the mailbox is full “552 5.2.2 Over quota” Send again to Eve Dunn"))
            try await school.write {
                try $0.execute(
                    "UPDATE mail SET state = 'bounced', reason = '552 5.2.2 Full' WHERE account_id = \(Cast.eve.id)")
            }
            let full = try await ada.text(of: page)
            #expect(full.contains("“552 5.2.2 Full” Print Username/Password of Eve Dunn"))
            #expect(
                full.ranges(of: "Ask the office for the right address").count == 1, "a full mailbox is no wrong address"
            )
            try await school.write { try $0.execute("UPDATE district SET teachers_correct_addresses = TRUE") }
            #expect(try await ada.text(of: page).contains("Correct the address of Ben Ames"))
        }
    }
}
