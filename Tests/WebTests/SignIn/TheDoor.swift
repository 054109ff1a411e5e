import Core
import Storage
import TestSupport
import Testing

@Suite struct TheDoor {
    @Test func `lets a student in by username and own password, whatever the case of the name`() async throws {
        try await Schoolhouse.open { school in
            let visitor = school.visitor()
            let answer = try await visitor.signIn(" CLEO.Bell ", Cast.password)
            #expect(answer.status == 303)
            #expect(answer.location == "/home")
            #expect(try await visitor.text(of: "/home").contains("Homeroom 4B"))
        }
    }

    @Test func `lets staff in by address and leads them to their trackers`() async throws {
        try await Schoolhouse.open { school in
            let visitor = school.visitor()
            let answer = try await visitor.signIn("Ada@Alder.Example", Cast.password)
            #expect(answer.location == "/trackers")
            #expect(try await visitor.get("/trackers").status == 200)
            #expect(try await school.count("SELECT count(*) AS value FROM audit WHERE act = 'signed-in'") == 1)
        }
    }

    @Test func `leads back to the page that was asked for, never elsewhere`() async throws {
        try await Schoolhouse.open { school in
            let visitor = school.visitor()
            #expect(
                try await visitor.get("/people/students?state=locked").location
                    == "/sign-in?return=%2Fpeople%2Fstudents%3Fstate%3Dlocked")
            let back = ["username": "ada.moss", "password": Cast.password]
            for (path, expected) in [
                ("/people/students?state=locked", "/people/students?state=locked"), ("//evil.example/", "/trackers"),
                ("https://evil.example/trackers", "/trackers"), ("/trackers\\evil", "/trackers"),
                ("/trackers/../evil", "/trackers"), ("/nowhere", "/trackers"), ("/trackers\r\nX: y", "/trackers"),
            ] {
                let answer = try await school.visitor().post(
                    "/sign-in",
                    ["username": back["username"] ?? "", "password": back["password"] ?? "", "return": path])
                #expect(answer.location == expected)
            }
            let child = try await school.visitor().post(
                "/sign-in", ["username": "cleo.bell", "password": Cast.password, "return": "/admin"])
            #expect(child.location == "/home")
        }
    }

    @Test func `takes a temporary password only to choose an own one`() async throws {
        try await Schoolhouse.open { school in
            let slip = try await school.printedSlip(for: Cast.dina)
            let visitor = school.visitor()
            let answer = try await visitor.signIn("dina.cole", slip.password.uppercased().replacing("-", with: " "))
            #expect(answer.location == "/choose-password")
            for path in ["/home", "/account", "/trackers", "/admin", "/"] {
                #expect(try await visitor.get(path).location == "/choose-password")
            }
            #expect(try await visitor.text(of: "/choose-password").contains("dina.cole"))
            let chosen = try await visitor.post("/choose-password", ["password": "lantern orbit pickle"])
            #expect(chosen.location == "/home?news=first")
            #expect(try await visitor.text(of: "/home?news=first").contains("You are in, Dina!"))
            #expect(try await visitor.get("/choose-password").status == 403)
            #expect(try await school.visitor().signIn("dina.cole", slip.password).status == 422)
            #expect(try await school.visitor().signIn("dina.cole", "lantern orbit pickle").location == "/home")
        }
    }

    @Test func `tells siblings with one address apart by their temporary passwords`() async throws {
        try await Schoolhouse.open { school in
            let eve = try await school.printedSlip(for: Cast.eve)
            let finn = try await school.printedSlip(for: Cast.finn)
            let visitor = school.visitor()
            #expect(try await visitor.signIn("Dunn@home.example", finn.password).location == "/choose-password")
            #expect(try await visitor.text(of: "/choose-password").contains("finn.dunn"))
            #expect(try await school.visitor().signIn("dunn@home.example", eve.password).status == 303)
        }
    }

    @Test func `takes an own password with an address only where one account holds it`() async throws {
        try await Schoolhouse.open { school in
            for member in [Cast.eve, Cast.finn] {
                let link = try await school.mailedLink(to: member)
                _ = try await school.visitor().post(link, ["password": "lantern orbit pickle"])
                let others = try await school.visitor().signIn("dunn@home.example", "lantern orbit pickle").status
                #expect(others == (member == Cast.eve ? 303 : 422))
            }
            #expect(try await school.visitor().signIn("finn.dunn", "lantern orbit pickle").status == 303)
        }
    }

    @Test func `is shut to whoever has ended, expired or been suspended`() async throws {
        try await Schoolhouse.open { school in
            let slip = try await school.printedSlip(for: Cast.ben)
            school.clock.advance(by: .days(30))
            #expect(try await school.visitor().signIn("ben.ames", slip.password).status == 422)
            try await school.suspend(Cast.cleo)
            #expect(try await school.visitor().signIn("cleo.bell", Cast.password).status == 422)
        }
    }

    @Test func `answers with the same bytes whatever is wrong`() async throws {
        try await Schoolhouse.open { school in
            let slip = try await school.printedSlip(for: Cast.ben)
            _ = try await school.printedSlip(for: Cast.eve)
            school.clock.advance(by: .days(31))
            let living = try await school.printedSlip(for: Cast.dina)
            try await school.suspend(Cast.cleo)
            let tries = [
                ("nobody.here", "a"), ("nobody@home.example", "a"), ("ada.moss", "wrong"), ("dina.cole", "wrong"),
                ("cleo.bell", Cast.password), ("ben.ames", slip.password), ("ian.brook", "x"),
                ("dunn@home.example", "x"),
                ("ruth.okoye", living.password), ("hal.frost", ""),
            ]
            var seen: Set<String> = []
            for (name, password) in tries {
                let answer = try await school.visitor().signIn(name, password)
                #expect(answer.status == 422)
                let headers = answer.headers.filter { $0.name != "date" && $0.name != "content-length" }
                seen.insert(
                    headers.map { "\($0.name): \($0.value)" }.sorted().joined(separator: "\n")
                        + answer.body.replacing(name, with: "NAME"))
            }
            #expect(seen.count == 1)
        }
    }

    @Test func `asks for the form again in the language of the browser`() async throws {
        try await Schoolhouse.open { school in
            let page = try await school.visitor().get(
                "/sign-in", headers: ["accept-language": "fr, es-MX;q=0.9, en;q=0.1"])
            #expect(page.body.contains(#"lang="es""#))
        }
    }
}
