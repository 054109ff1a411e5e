import Core
import Hummingbird
import TestSupport
import Testing
import Web

@Suite struct TheLanguageSwitch {
    @Test func `stands on every page that anybody can open`() async throws {
        try await Schoolhouse.open { school in
            var seen = 0
            for (member, role) in [(Cast.cleo, Role.student), (Cast.ada, .staff), (Cast.ruth, .administrator)] {
                let visitor = try await school.visitor(signedInAs: member)
                let roles: Set<Role> = member == Cast.ruth ? [role, .district, .signedIn] : [role, .signedIn]
                for route in Site.routes(services: school.services)
                where route.method == .get && roles.contains(route.role) {
                    let path = route.path.split(separator: "/").map { Self.ids[String($0)] ?? String($0) }
                    let answer = try await visitor.get("/" + path.joined(separator: "/"))
                    guard answer["content-type"]?.hasPrefix("text/html") == true else { continue }
                    seen += 1
                    #expect(answer.body.contains(#"action="/language""#), "\(route) for \(member.given)")
                    #expect(answer.body.contains("Español"), "\(route) for \(member.given)")
                }
            }
            #expect(seen > 15)
        }
    }

    @Test func `stands at the door, on a card's page, on a mail's page and where nothing is`() async throws {
        try await Schoolhouse.open { school in
            let slip = try await school.printedSlip(for: Cast.ben)
            let link = try await school.mailedLink(to: Cast.eve)
            for path in ["/sign-in", slip.path, link, "/activate/gone", "/nowhere"] {
                let page = try await school.visitor().get(path)
                #expect(page.body.contains(#"action="/language""#), "\(path)")
            }
            let ada = try await school.visitor(signedInAs: Cast.ada)
            let sheet = try await ada.get("/card-sheets/\(slip.sheet)")
            #expect(sheet.status == 200 && sheet.body.contains(#"action="/language""#))
        }
    }

    @Test func `is remembered: by the browser of a stranger, and by the account of who is signed in`() async throws {
        try await Schoolhouse.open { school in
            let stranger = school.visitor()
            try await stranger.post("/language", ["language": "es", "return": "/sign-in"])
            #expect(try await stranger.get("/sign-in").body.contains(#"<html lang="es""#))
            #expect(try await stranger.get("/nowhere").body.contains(#"<html lang="es""#))

            let cleo = try await school.visitor(signedInAs: Cast.cleo)
            try await cleo.post("/language", ["language": "es", "return": "/home"])
            #expect(try await cleo.get("/home").body.contains(#"<html lang="es""#))
            let elsewhere = try await school.visitor(signedInAs: Cast.cleo)
            #expect(try await elsewhere.get("/home").body.contains(#"<html lang="es""#))
            #expect(try await school.visitor().get("/sign-in").body.contains(#"<html lang="en""#))
        }
    }

    private static let ids = [
        "{tracker}": "\(Cast.class4B)", "{student}": "\(Cast.ben.id)", "{person}": "\(Cast.ian.id)",
    ]
}
