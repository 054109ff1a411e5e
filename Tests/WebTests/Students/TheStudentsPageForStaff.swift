import Core
import Storage
import TestSupport
import Testing

@Suite struct TheStudentsPageForStaff {
    private func path(_ member: Member) -> String { "/people/students/\(member.id)" }
    private func office(_ member: Member) -> String { "/admin/students/\(member.id)" }

    @Test func `says who a student is, whether they get in, and what to do`() async throws {
        try await Schoolhouse.open { school in
            let ada = try await school.visitor(signedInAs: Cast.ada)
            let ben = try await ada.get(path(Cast.ben))
            #expect(ben.status == 200)
            for words in ["Ben Ames", "ben.ames", "@home.example", "Homeroom 4B", "Nothing so far."] {
                #expect(ben.text.contains(words), "\(words)")
            }
            #expect(ben.text.contains("Ben Ames cannot get in yet: there was no mail and no card so far."))
            #expect(ben.body.contains("action=\"/people/students/\(Cast.ben.id)/activation-email\""))
            #expect(ben.body.contains("action=\"/people/students/\(Cast.ben.id)/card\""))
            #expect(try await ada.text(of: path(Cast.cleo)).contains("Cleo Bell is in, with an own password."))
            #expect(try await ada.text(of: path(Cast.dina)).contains("No address"))
        }
    }

    @Test func `names each action, those about the person beside the facts and apart from the next step`() async throws
    {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            for (path, labels) in [
                (
                    office(Cast.ben),
                    ["Correct address", "Rename username", "Change name, school, trackers", "Here twice?"]
                ),
                (
                    "/admin/staff/\(Cast.ada.id)",
                    ["Rename username", "Change name, school, trackers", "Here twice?", "Suspend"]
                ),
            ] {
                let body = try await ruth.get(path).body
                let who = try #require(body.firstRange(of: #"id="who""#))
                let next = try #require(body.firstRange(of: #"id="next""#))
                for label in labels {
                    let place = try #require(body.firstRange(of: ">\(label)<span"), "\(path): \(label)")
                    #expect(who.upperBound < place.lowerBound && place.upperBound < next.lowerBound, "\(label)")
                }
            }
            let ben = try await ruth.text(of: office(Cast.ben))
            let rest = try #require(ben.firstRange(of: "Next step"))
            #expect(ben[rest.upperBound...].contains("Send Student Activation Email"))
            #expect(ben[rest.upperBound...].contains("Also possible Print Username/Password"))
            // A teacher changes nothing of who they are.
            let ada = try await school.visitor(signedInAs: Cast.ada)
            let theirs = try await ada.text(of: path(Cast.ben))
            #expect(!theirs.contains("Rename username") && !theirs.contains("Change name"))
        }
    }

    @Test func `says on the page of a reset where its way back leads`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let page = try await ruth.get("\(office(Cast.cleo))/reset")
            #expect(page.body.contains("></svg>Cleo Bell</a></p>") && !page.body.contains(">Back<"))
            let ada = try await school.visitor(signedInAs: Cast.ada)
            #expect(try await ada.get("\(path(Cast.cleo))/reset").body.contains("></svg>Students</a></p>"))
        }
    }

    @Test func `is where the names in the lists lead`() async throws {
        try await Schoolhouse.open { school in
            let ada = try await school.visitor(signedInAs: Cast.ada)
            for page in ["/people/students", "/trackers/\(Cast.class4B)"] {
                #expect(try await ada.get(page).body.contains("href=\"\(path(Cast.ben))\""), "\(page)")
            }
        }
    }

    @Test func `tells co-teachers who did what, newest first`() async throws {
        try await Schoolhouse.open { school in
            let gray = try await school.visitor(signedInAs: Cast.gray)
            let act: ID<Act> = Cast.id(98)
            try await gray.reset(path(Cast.cleo), act: act)
            school.clock.advance(by: .minutes(1))
            try await gray.post("\(path(Cast.cleo))/activation-email", ["act": "\(act)"])
            _ = try await school.printedSlip(for: Cast.cleo)
            let text = try await school.visitor(signedInAs: Cast.ada).text(of: path(Cast.cleo))
            let reset = try #require(text.firstRange(of: "Gwen Gray reset a password"))
            let mail = try #require(
                text.firstRange(of: "Gwen Gray sent an activation email to cleo@home.example in line Queued"))
            #expect(text.contains("Ada Moss printed a card, on card sheet 1"))
            #expect(mail.lowerBound < reset.lowerBound)
        }
    }

    @Test func `leads back to itself from its buttons`() async throws {
        try await Schoolhouse.open { school in
            let ada = try await school.visitor(signedInAs: Cast.ada)
            let answer = try await ada.post(
                "\(path(Cast.ben))/activation-email", ["act": "\(Cast.id(97) as ID<Act>)", "return": path(Cast.ben)])
            let back = try #require(answer.location?.split(separator: "#").first.map(String.init))
            #expect(back.hasPrefix(path(Cast.ben)))
            #expect(try await ada.text(of: back).contains("The mail to Ben Ames is on its way."))
        }
    }

    @Test func `keeps from a teacher what is not theirs to know`() async throws {
        try await Schoolhouse.open { school in
            try await school.write { connection in
                try connection.execute("UPDATE account SET number = 'S-4711', grade = '7' WHERE id = \(Cast.ben.id)")
                try connection.execute(
                    "INSERT INTO enrollment (tracker_id, account_id, role) VALUES (\(Cast.class5A), \(Cast.ben.id), 'student')"
                )
            }
            let text = try await school.visitor(signedInAs: Cast.ada).text(of: path(Cast.ben))
            for secret in ["S-4711", "Student number", "Homeroom 5A"] { #expect(!text.contains(secret)) }
            #expect(text.contains("What happened Nothing so far."))
            let ruth = try await school.visitor(signedInAs: Cast.ruth).text(of: office(Cast.ben))
            for known in ["S-4711", "Alder Creek Elementary", "Homeroom 4B", "Homeroom 5A"] {
                #expect(ruth.contains(known), "\(known)")
            }
        }
    }

    @Test func `does not exist for who teaches somebody else`() async throws {
        try await Schoolhouse.open { school in
            let dov = try await school.visitor(signedInAs: Cast.dov)
            let foreign = try await dov.get(path(Cast.ben))
            let nobody = try await dov.get("/people/students/\(Cast.id(240) as ID<Account>)")
            #expect(foreign.status == 404 && nobody.status == 404)
            #expect(foreign.text == nobody.text)
            #expect(try await dov.get("/people/students/not-an-id").status == 404)
            #expect(try await dov.get(path(Cast.ada)).status == 404, "staff have no such page")
        }
    }

    @Test func `does not exist for an administrator of other schools`() async throws {
        try await Schoolhouse.open { school in
            try await school.makeAdministrator(Cast.dov, of: Cast.birch)
            let dov = try await school.visitor(signedInAs: Cast.dov)
            #expect(try await dov.get(office(Cast.hal)).status == 200)
            #expect(try await dov.get(office(Cast.ben)).status == 404)
            #expect(try await dov.get(office(Cast.ruth)).status == 404)
        }
    }
}
