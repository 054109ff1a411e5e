import Core
import Storage
import TestSupport
import Testing

@Suite struct AReset {
    private let act: ID<Act> = Cast.id(99)

    @Test(arguments: [false, true])
    func `is asked once, closes everything, and offers mail and paper`(byOffice: Bool) async throws {
        try await Schoolhouse.open { school in
            let path = "/\(byOffice ? "admin" : "people")/students/\(Cast.cleo.id)"
            let grownUp = try await school.visitor(signedInAs: byOffice ? Cast.ruth : Cast.ada)
            let cleo = try await school.visitor(signedInAs: Cast.cleo)
            let question = try await grownUp.get("\(path)/reset")
            #expect(question.text.contains("Reset the password of Cleo Bell?"))
            #expect(try await cleo.get("/home").status == 200, "looking changes nothing")
            #expect(try await grownUp.reset(path, act: act).location == "\(path)/reset")
            #expect(try await cleo.get("/home").status == 303)
            #expect(try await school.visitor().signIn("cleo.bell", Cast.password).status == 422)
            let after = try await grownUp.get("\(path)/reset")
            #expect(after.text.contains("You reset this password just now."))
            #expect(after.body.contains("action=\"\(path)/activation-email\""))
            #expect(after.body.contains("action=\"\(path)/card\""))
        }
    }

    @Test func `is seen by the other teachers, with who did it and when`() async throws {
        try await Schoolhouse.open { school in
            let gray = try await school.visitor(signedInAs: Cast.gray)
            let ada = try await school.visitor(signedInAs: Cast.ada)
            let path = "/people/students/\(Cast.cleo.id)"
            try await gray.reset(path, act: act)
            school.clock.advance(by: .minutes(5))
            #expect(try await ada.text(of: "\(path)/reset").contains("Gwen Gray reset this password 5 minutes ago."))
            #expect(try await ada.text(of: path).contains("Gwen Gray reset a password"))
            // The second press finds what was done: the card that was printed after the first stays alive.
            let slip = try await school.printedSlip(for: Cast.cleo)
            #expect(try await ada.reset(path, act: act).status == 303)
            #expect(try await school.visitor().get(slip.path).status == 200)
            #expect(try await school.count("SELECT count(*) AS value FROM audit WHERE act = 'password-reset'") == 1)
        }
    }

    @Test func `of a student who is not active is answered with a sentence`() async throws {
        try await Schoolhouse.open { school in
            let ada = try await school.visitor(signedInAs: Cast.ada)
            let ben = try await ada.text(of: "/people/students/\(Cast.ben.id)/reset")
            #expect(ben.contains("Ben Ames has no own password") && ben.contains("There is nothing to reset."))
            let dina = try await ada.get("/people/students/\(Cast.dina.id)/reset")
            #expect(dina.text.contains("has no address") && !dina.body.contains("/activation-email"))
            try await school.suspend(Cast.eve)
            let eve = try await ada.get("/people/students/\(Cast.eve.id)/reset")
            #expect(eve.text.contains("no longer on the roster") && !eve.body.contains("/card\""))
            let before = try await school.count("SELECT sum(generation) AS value FROM account")
            for member in [Cast.ben, Cast.dina, Cast.eve] {
                #expect(
                    try await ada.post("/people/students/\(member.id)/reset", ["act": "\(act)"]).status == 303)
            }
            #expect(try await school.count("SELECT sum(generation) AS value FROM account") == before)
            #expect(try await school.count("SELECT count(*) AS value FROM audit WHERE act = 'password-reset'") == 0)
        }
    }

    @Test func `in the second in which the student comes in is done before or after, never in half`() async throws {
        try await Schoolhouse.open { school in
            let ada = try await school.visitor(signedInAs: Cast.ada)
            for round in 0..<5 {
                let slip = try await school.printedSlip(for: Cast.ben)
                let link = try await school.mailedLink(to: Cast.ben)
                let entered = try await withThrowingTaskGroup(of: Int.self) { group in
                    for number in 0..<4 {
                        let path = number % 2 == 0 ? slip.path : link
                        group.addTask {
                            try await school.visitor().post(
                                path, ["password": "lantern orbit pickle \(round) \(number)"]
                            )
                            .status
                        }
                        group.addTask {
                            try await ada.reset("/people/students/\(Cast.ben.id)", act: act)
                            return 0
                        }
                    }
                    return try await group.reduce(0) { $0 + ($1 == 303 ? 1 : 0) }
                }
                #expect(entered <= 1)
                try await expectWhole(school, entered: entered == 1)
                // Whatever came first, one more press leaves a student who waits.
                try await ada.reset("/people/students/\(Cast.ben.id)", act: act)
                try await expectWhole(school, entered: false)
            }
        }
    }

    /// Active with a password, or waiting without: sessions, credentials and links go with it.
    private func expectWhole(_ school: Schoolhouse, entered: Bool) async throws {
        let isActive =
            try await school.count(
                "SELECT count(*) AS value FROM account WHERE id = \(Cast.ben.id) AND active_at IS NOT NULL") == 1
        let sessions = try await school.count(
            "SELECT count(*) AS value FROM session WHERE account_id = \(Cast.ben.id)")
        #expect(sessions == (isActive ? 1 : 0))
        guard entered else {
            #expect(!isActive)
            return
        }
        // Whoever came in closed the card and the link; a reset after that took the password again.
        #expect(
            try await school.count(
                """
                SELECT count(*) AS value FROM credential WHERE account_id = \(Cast.ben.id) AND ended_at IS NULL
                """) == 0)
    }

    @Test func `reaches no further than whoever presses`() async throws {
        try await Schoolhouse.open { school in
            let dov = try await school.visitor(signedInAs: Cast.dov)
            try await school.write { connection in
                try connection.execute(
                    "INSERT INTO administrator (account_id, scope) VALUES (\(Cast.dov.id), 'schools')")
                try connection.execute(
                    "INSERT INTO administrator_school (account_id, school_id) VALUES (\(Cast.dov.id), \(Cast.birch))")
            }
            let nobody: ID<Account> = Cast.id(250)
            for door in ["people", "admin"] {
                // Another school's student, a member of staff, nobody at all.
                for id in [Cast.cleo.id, Cast.ada.id, Cast.dov.id, nobody] {
                    let path = "/\(door)/students/\(id)"
                    #expect(try await dov.get("\(path)/reset").status == 404, "\(path)")
                    for button in ["reset", "unlock", "all-is-well"] {
                        #expect(try await dov.post("\(path)/\(button)", ["act": "\(act)"]).status == 404, "\(path)")
                    }
                }
            }
            #expect(try await dov.get("/admin/students/\(Cast.hal.id)/reset").status == 200)
            let cleo = try await school.visitor(signedInAs: Cast.cleo)
            #expect(try await cleo.post("/admin/students/\(Cast.cleo.id)/reset", ["act": "\(act)"]).status == 403)
            let ada = try await school.visitor(signedInAs: Cast.ada)
            #expect(try await ada.post("/admin/students/\(Cast.cleo.id)/reset", ["act": "\(act)"]).status == 403)
            #expect(try await school.count("SELECT count(*) AS value FROM audit WHERE act = 'password-reset'") == 0)
        }
    }

    @Test func `leads back to the list after an unlock from either door`() async throws {
        try await Schoolhouse.open { school in
            for (member, door) in [(Cast.ada, "/people/students"), (Cast.ruth, "/admin/students")] {
                let visitor = try await school.visitor(signedInAs: member)
                let answer = try await visitor.post(
                    "\(door)/\(Cast.ben.id)/unlock", ["act": "\(act)", "return": "\(door)?q=ben"])
                #expect(answer.location?.hasPrefix("\(door)?q=ben&unlocked=\(Cast.ben.id)") == true)
            }
        }
    }
}
