import Core
import Storage
import TestSupport
import Testing

/// A notice of a member of staff that is disowned: who sees it, and what opens the account again.
extension ANotice {
    private static let thiefs = "seventeen copper lanterns 4"

    /// Somebody who reads Ms. Ada's mail chooses a password for her, and she says that it was not her.
    private func adaIsTaken(_ school: Schoolhouse) async throws -> Visitor {
        try await school.visitor().post("/forgot-password", ["username": "ada.moss"])
        let mail = try await school.only { $0.isRenewal }
        let thief = school.visitor()
        let entered = try await thief.post(mail.path, ["password": Self.thiefs])
        #expect(entered.location == "/account?news=password")
        let notice = try await school.only { $0.event == .passwordChanged }
        try await school.visitor().post(notice.path, ["answer": "not-me"])
        #expect(try await school.visitor().text(of: notice.path).contains("The administrators see it."))
        school.clock.advance(by: .minutes(2))
        return thief
    }

    private func flags(_ school: Schoolhouse) async throws -> Int {
        try await school.count("SELECT count(*) AS value FROM account WHERE disowned_at IS NOT NULL")
    }

    @Test func `of staff closes the account, and no forgotten password opens it by mail`() async throws {
        try await Schoolhouse.open { school in
            let thief = try await adaIsTaken(school)
            #expect(try await thief.get("/trackers").status == 303)
            let known = try await school.visitor().post("/forgot-password", ["username": "ada.moss"])
            let unknown = try await school.visitor().post("/forgot-password", ["username": "nobody.here"])
            #expect(known.location == unknown.location && known.body == unknown.body)
            #expect(try await school.emptyMailbox().isEmpty)
            #expect(try await flags(school) == 1)
        }
    }

    @Test func `of staff stands on the list and on their page, with the next step`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            #expect(try await !ruth.text(of: "/admin/staff").contains("this was not me"))
            _ = try await adaIsTaken(school)
            let list = try await ruth.get("/admin/staff")
            #expect(list.text.contains("1 person says: this was not me.") && list.text.contains("Look and settle"))
            let flagged = try await ruth.text(of: "/admin/staff?flagged=yes")
            #expect(flagged.contains("Ada Moss") && !flagged.contains("Gwen Gray"))
            #expect(flagged.contains("Says: this was not me"))
            let page = try await ruth.get("/admin/staff/\(Cast.ada.id)")
            #expect(page.text.contains("“This was not me” The password was changed."))
            #expect(page.text.contains("Talk to Ada Moss, then make a one-time link and hand it over."))
            let link = try #require(page.body.firstRange(of: "/admin/staff/\(Cast.ada.id)/link"))
            let mail = try #require(page.body.firstRange(of: "/admin/staff/\(Cast.ada.id)/activation-email"))
            #expect(link.lowerBound < mail.lowerBound, "the mailbox may be the trouble")
        }
    }

    @Test(arguments: ["link", "all-is-well"])
    func `of staff is settled by an administrator of theirs, and then mail opens it again`(_ way: String) async throws {
        try await Schoolhouse.open { school in
            _ = try await adaIsTaken(school)
            try await school.makeAdministrator(Cast.gray, of: Cast.alder)
            let gray = try await school.visitor(signedInAs: Cast.gray)
            let press = try await gray.post("/admin/staff/\(Cast.ada.id)/\(way)", ["act": "\(act)"])
            #expect(press.status == (way == "link" ? 200 : 303))
            #expect(try await flags(school) == 0)
            #expect(try await !gray.text(of: "/admin/staff/\(Cast.ada.id)").contains("“This was not me”"))
            try await school.visitor().post("/forgot-password", ["username": "ada.moss"])
            #expect(try await school.only { $0.isActivation }.mail.address == "ada@alder.example")
        }
    }

    @Test func `of staff that closed nothing is settled by a reset, and renews nothing before`() async throws {
        try await Schoolhouse.open { school in
            try await school.visitor().post("/forgot-password", ["username": "ada.moss"])
            let early = try await school.only { $0.isRenewal }
            let now = school.clock.now
            try await school.write { connection in
                try connection.execute("UPDATE account SET disowned_at = \(now) WHERE id = \(Cast.ada.id)")
            }
            #expect(try await school.visitor().get(early.path).status == 404)
            #expect(try await school.visitor().post(early.path, ["password": Self.thiefs]).status == 404)
            #expect(try await school.visitor().signIn("ada.moss", Cast.password).status == 303)
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let page = try await ruth.get("/admin/staff/\(Cast.ada.id)")
            #expect(page.text.contains("If somebody else may know the password, reset it. If not, all is well."))
            try await ruth.reset("/admin/staff/\(Cast.ada.id)", act: act)
            #expect(try await flags(school) == 0)
        }
    }

    @Test func `of staff keeps back a mail that was asked for before`() async throws {
        try await Schoolhouse.open { school in
            try await school.visitor().post("/forgot-password", ["username": "ada.moss"])
            school.clock.advance(by: .seconds(1))
            let now = school.clock.now
            try await school.write { connection in
                try connection.execute("UPDATE account SET disowned_at = \(now) WHERE id = \(Cast.ada.id)")
            }
            #expect(try await school.emptyMailbox().isEmpty)
            #expect(
                try await school.count(
                    "SELECT count(*) AS value FROM mail WHERE state = 'cancelled' AND reason = 'disowned'") == 1)
        }
    }

    @Test func `of staff is left out of a mail to all Pending, which says so`() async throws {
        try await Schoolhouse.open { school in
            _ = try await adaIsTaken(school)
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let page = try await ruth.text(of: "/admin/staff/send")
            #expect(page.contains("1 gets a mail, 1 says “This was not me” and gets none."))
            try await ruth.post("/admin/staff/send", ["act": "\(act)"])
            school.clock.advance(by: Mailing.undo)
            #expect(try await school.emptyMailbox().map(\.mail.username) == ["ian.brook"])
            // One who looks may mail her all the same: that is asked for after it was said.
            school.clock.advance(by: .minutes(1))
            let other: ID<Act> = Cast.id(98)
            try await ruth.post("/admin/staff/\(Cast.ada.id)/activation-email", ["act": "\(other)"])
            #expect(try await school.emptyMailbox().map(\.mail.username) == ["ada.moss"])
            #expect(try await flags(school) == 1, "a mail settles nothing")
        }
    }

    @Test func `of staff is settled by nobody outside, by no teacher, not by themselves, and upwards by nobody`()
        async throws
    {
        try await Schoolhouse.open { school in
            try await school.makeAdministrator(Cast.dov, of: Cast.birch)
            try await school.makeAdministrator(Cast.gray, of: Cast.alder)
            let now = school.clock.now
            try await school.write { connection in
                try connection.execute(
                    "INSERT INTO membership (account_id, school_id) VALUES (\(Cast.ruth.id), \(Cast.birch))")
                try connection.execute(
                    """
                    UPDATE account SET disowned_at = \(now)
                    WHERE id IN (\(Cast.ada.id), \(Cast.gray.id), \(Cast.ruth.id))
                    """)
            }
            let dov = try await school.visitor(signedInAs: Cast.dov)
            let gray = try await school.visitor(signedInAs: Cast.gray)
            let ada = try await school.visitor(signedInAs: Cast.ada)
            for (visitor, member, status) in [
                (dov, Cast.ada, 404), (dov, Cast.ruth, 404), (gray, Cast.gray, 404), (gray, Cast.ruth, 404),
                (gray, Cast.ben, 404), (ada, Cast.gray, 403), (ada, Cast.ada, 403),
            ] {
                let answer = try await visitor.post("/admin/staff/\(member.id)/all-is-well", ["act": "\(act)"])
                #expect(answer.status == status)
            }
            #expect(try await flags(school) == 3)
            let own = try await gray.get("/admin/staff/\(Cast.gray.id)")
            #expect(own.text.contains("nobody settles this for themselves") && !own.body.contains("/all-is-well"))
            let above = try await dov.get("/admin/staff/\(Cast.ruth.id)")
            #expect(above.text.contains("An administrator of the whole district settles it."))
            #expect(!above.body.contains("/all-is-well"))
            #expect(!(try await dov.text(of: "/admin/staff")).contains("Ada Moss"))
        }
    }
}
