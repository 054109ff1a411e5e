import Core
import Foundation
import Mail
import Storage
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10))) struct AMailingsEvents {
    private func sent(by ada: Visitor, _ school: Schoolhouse) async throws -> String {
        let answer = try await ada.post(
            "/people/students/send", ["act": "\(ID<Act>.new(at: school.clock.now))", "all": "on", "additional": ""])
        return try #require(answer.location)
    }

    @Test func `arrive while the mails leave, each row once, and end when all have`() async throws {
        try await Schoolhouse.open { school in
            let ada = try await school.visitor(signedInAs: Cast.ada)
            let page = try await sent(by: ada, school)
            school.clock.advance(by: .seconds(10))
            try await OpenSite.open(school) { site in
                let stream = try await site.listen("\(page)/events?drawn=\(school.clock.now.milliseconds)", as: ada)
                #expect(stream.status == 200)
                #expect(stream.header("content-type") == "text/event-stream; charset=utf-8")
                #expect(stream.header("cache-control") == "no-store")
                #expect(stream.header("x-accel-buffering") == "no")
                #expect(stream.header("content-security-policy")?.contains("default-src 'none'") == true)
                try await stream.until("0 of 3 mails are accepted, 3 are under way.")
                let before = stream.heard
                #expect(!before.contains("id=\"m-"), "what was drawn with the page is not sent again")
                try await school.emptyMailbox()
                site.watch.ring()
                try await stream.untilTheEnd()
                let told = String(stream.heard.dropFirst(before.count))
                #expect(told.contains("All 3 mails are accepted."))
                #expect(told.components(separatedBy: "<tr role=\"row\" id=\"m-").count == 4)
                #expect(told.contains("event: done\n"))
                #expect(!stream.heard.contains("<script"))
            }
        }
    }

    @Test func `tell every page of one mailing, and nobody of another`() async throws {
        try await Schoolhouse.open { school in
            let ada = try await school.visitor(signedInAs: Cast.ada)
            let dov = try await school.visitor(signedInAs: Cast.dov)
            let (hers, his) = (try await sent(by: ada, school), try await sent(by: dov, school))
            try await OpenSite.open(school) { site in
                let first = try await site.listen("\(hers)/events", as: ada)
                let second = try await site.listen("\(hers)/events", as: ada)
                let other = try await site.listen("\(his)/events", as: dov)
                for stream in [first, second, other] { try await stream.until("about to leave") }
                try await ada.post("\(hers)/cancel", ["act": "\(ID<Act>.new(at: school.clock.now))"])
                try await first.until("Undone in time by you")
                try await second.until("Undone in time by you")
                #expect(!other.heard.contains("Undone") && !other.heard.contains("Cancelled"))
            }
        }
    }

    @Test func `tell what another server did, after one look for all`() async throws {
        try await Schoolhouse.open { school in
            let ada = try await school.visitor(signedInAs: Cast.ada)
            let page = try await sent(by: ada, school)
            try await OpenSite.open(school) { site in
                let stream = try await site.listen("\(page)/events", as: ada)
                try await stream.until("3 mails are about to leave.")
                await site.watch.look()
                try await school.write { try $0.execute("UPDATE mail SET state = 'unknown', reason = 'lineLost'") }
                await site.watch.look()
                try await stream.until("3 need you.")
            }
        }
    }

    @Test(arguments: ["the session is ended", "the person is suspended", "the administrator is one no more"])
    func `end at the next push once`(_ what: String) async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let answer = try await ruth.post(
                "/admin/students/send", ["act": "\(ID<Act>.new(at: school.clock.now))", "all": "on", "additional": ""])
            let page = try #require(answer.location)
            try await school.write {
                try $0.execute("UPDATE mailing SET made_by = \(Cast.gray.id)")
            }
            try await OpenSite.open(school) { site in
                let stream = try await site.listen("\(page)/events", as: ruth)
                try await stream.until("4 mails are about to leave.")
                try await school.write { connection in
                    switch what {
                    case "the session is ended": try connection.endSessions(of: Cast.ruth.id)
                    case "the person is suspended":
                        try connection.execute(
                            "UPDATE account SET suspended_at = 1, suspended_for = 'hand' WHERE id = \(Cast.ruth.id)")
                    default: try connection.execute("DELETE FROM administrator WHERE account_id = \(Cast.ruth.id)")
                    }
                    try connection.execute("UPDATE mail SET state = 'accepted'")
                }
                site.watch.ring()
                try await stream.untilTheEnd()
                #expect(!stream.heard.contains("accepted"), "nothing more is told")
            }
        }
    }

    @Test func `are for so many pages and no more; one person's newest pages are told`() async throws {
        var settings = MailingWatch.Settings()
        (settings.total, settings.each) = (3, 2)
        try await Schoolhouse.open(watch: settings) { school in
            let ada = try await school.visitor(signedInAs: Cast.ada)
            let dov = try await school.visitor(signedInAs: Cast.dov)
            let (hers, his) = (try await sent(by: ada, school), try await sent(by: dov, school))
            try await OpenSite.open(school) { site in
                let first = try await site.listen("\(hers)/events", as: ada)
                _ = try await site.listen("\(hers)/events", as: ada)
                let third = try await site.listen("\(hers)/events", as: ada)
                try await first.untilTheEnd()
                #expect(first.heard.contains("event: elsewhere\n"))
                try await third.until("about to leave")
                let his1 = try await site.listen("\(his)/events", as: dov)
                #expect(his1.status == 200)
                let his2 = try await site.listen("\(his)/events", as: dov)
                #expect(his2.status == 503)
                // Whoever closes the page makes room.
                third.close()
                try await site.until { site.watch.listeners == 2 }
                #expect(try await site.listen("\(his)/events", as: dov).status == 200)
            }
        }
    }

    @Test func `end at once when the program is told to stop`() async throws {
        try await Schoolhouse.open { school in
            let ada = try await school.visitor(signedInAs: Cast.ada)
            let page = try await sent(by: ada, school)
            try await OpenSite.open(school) { site in
                let stream = try await site.listen("\(page)/events", as: ada)
                try await stream.until("about to leave")
                let clock = ContinuousClock()
                let began = clock.now
                await site.stop()
                #expect(began.duration(to: clock.now) < .seconds(30))
                try await stream.untilTheEnd()
                #expect(!stream.heard.contains("event: done"))
            }
        }
    }

    @Test func `keep no session alive`() async throws {
        try await Schoolhouse.open { school in
            let ada = try await school.visitor(signedInAs: Cast.ada)
            let page = try await sent(by: ada, school)
            let seen: SQL = "SELECT max(seen_at) AS value FROM session"
            let before: Timestamp? = try await school.read { try $0.value(seen) }
            school.clock.advance(by: .minutes(5))
            try await OpenSite.open(school) { site in
                let stream = try await site.listen("\(page)/events", as: ada)
                try await stream.until("under way")
                let after: Timestamp? = try await school.read { try $0.value(seen) }
                #expect(after == before)
                school.clock.advance(by: .minutes(30))
                site.watch.ring()
                try await stream.untilTheEnd()
            }
        }
    }
}
