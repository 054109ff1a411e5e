import Core
import Foundation
import Hummingbird
import TestSupport
import Testing
import Web

@Suite struct WhoMayCall {
    /// Where each member of the cast stands.
    private static let callers: [(Member?, Set<Role>)] = [
        (nil, [.anyone]),
        (Cast.cleo, [.anyone, .signedIn, .student]),
        (Cast.ada, [.anyone, .signedIn, .staff]),
        (Cast.ruth, [.anyone, .signedIn, .staff, .administrator, .district]),
    ]

    @Test func `is decided by each route's audience and nothing else`() async throws {
        try await Schoolhouse.open { school in
            // The front door itself sends everybody on: `leads from the front door to one's own page` has it.
            let routes = Site.routes(services: school.services).filter { $0.path != "/" }
            #expect(routes.count > 30)
            for (member, roles) in Self.callers {
                for route in routes {
                    let visitor = try await visitor(member, school)
                    let answer = try await call(route, visitor)
                    // The bare address sends strangers to the door as a courtesy, not as a refusal.
                    let isRefused = isRefusal(answer, of: member)
                    if roles.contains(route.role) {
                        #expect(!isRefused, "\(route) refuses \(member?.given ?? "a stranger"): \(answer.status)")
                    } else {
                        #expect(isRefused, "\(route) answers \(member?.given ?? "a stranger"): \(answer.status)")
                    }
                }
            }
        }
    }

    @Test func `leads from the front door to one's own page`() async throws {
        try await Schoolhouse.open { school in
            let homes: [(Member?, String)] = [
                (nil, "/sign-in"), (Cast.cleo, "/home"), (Cast.ada, "/trackers"),
                (Cast.ruth, "/admin"),
            ]
            for (member, home) in homes {
                let answer = try await visitor(member, school).get("/")
                #expect(answer.status == 303)
                #expect(answer.location == home)
            }
        }
    }

    @Test func `with a temporary password may only choose an own one`() async throws {
        try await Schoolhouse.open { school in
            let slip = try await school.printedSlip(for: Cast.ben)
            for route in Site.routes(services: school.services) where route.role != .anyone {
                let visitor = school.visitor()
                _ = try await visitor.signIn("ben.ames", slip.password)
                let answer = try await call(route, visitor)
                if route.role == .choosing {
                    #expect(answer.location != "/choose-password" && answer.status != 403, "\(route)")
                } else {
                    #expect(answer.location == "/choose-password", "\(route)")
                }
            }
        }
    }

    @Test func `finds nothing that belongs to others, like what does not exist`() async throws {
        try await Schoolhouse.open { school in
            let mint = IDMint(at: school.clock.now)
            let slip = try await school.printedSlip(for: Cast.ben)
            let foreign = [
                "{tracker}": "\(Cast.class4B)", "{student}": "\(Cast.ben.id)", "{sheet}": "\(slip.sheet)",
            ]
            var next = mint
            let dov = try await school.visitor(signedInAs: Cast.dov)
            for route in Site.routes(services: school.services) where route.role == .staff && route.path.contains("{") {
                let nobody: ID<Account> = next.next()
                let theirs = route.path.split(separator: "/").map { foreign[String($0)] ?? String($0) }
                let none = route.path.split(separator: "/").map { $0.hasPrefix("{") ? "\(nobody)" : String($0) }
                let seen = try await call(route.method, "/" + theirs.joined(separator: "/"), dov)
                let unseen = try await call(route.method, "/" + none.joined(separator: "/"), dov)
                #expect(seen.status == unseen.status, "\(route)")
                #expect([400, 404].contains(seen.status), "\(route): \(seen.status)")
                #expect(!seen.body.contains("Ames") && !seen.body.contains("4B"), "\(route)")
            }
        }
    }

    private func visitor(_ member: Member?, _ school: Schoolhouse) async throws -> Visitor {
        guard let member else { return school.visitor() }
        return try await school.visitor(signedInAs: member)
    }

    private func call(_ route: RouteMap.Entry, _ visitor: Visitor) async throws -> Answer {
        let id: ID<Account> = Cast.id(250)
        let path = route.path.split(separator: "/").map { $0.hasPrefix("{") ? "\(id)" : String($0) }
        return try await call(route.method, "/" + path.joined(separator: "/"), visitor)
    }

    private func call(_ method: HTTPRequest.Method, _ path: String, _ visitor: Visitor) async throws -> Answer {
        method == .post
            ? try await visitor.post(path) : try await visitor.send(method.rawValue, path)
    }

    /// Strangers are sent to the door; everybody else is told that the page is not for them.
    private func isRefusal(_ answer: Answer, of member: Member?) -> Bool {
        if member != nil { return answer.status == 403 }
        return answer.status == 303 && answer.location?.hasPrefix("/sign-in") == true && answer.cookies.isEmpty
    }
}
