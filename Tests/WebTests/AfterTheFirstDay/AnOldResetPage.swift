import Core
import Storage
import TestSupport
import Testing

@Suite struct AnOldResetPage {
    private let act: ID<Act> = Cast.id(99)
    private static let new = "umbrella cactus moon"

    private func isActive(_ member: Member, _ school: Schoolhouse) async throws -> Bool {
        try await school.count(
            "SELECT count(*) AS value FROM account WHERE id = \(member.id) AND active_at IS NOT NULL") == 1
    }

    @Test(arguments: [false, true])
    func `resets no password that was chosen after it, says so, and asks anew`(byOffice: Bool) async throws {
        try await Schoolhouse.open { school in
            let path = "/\(byOffice ? "admin" : "people")/students/\(Cast.cleo.id)"
            let first = try await school.visitor(signedInAs: byOffice ? Cast.ruth : Cast.ada)
            let old = try await first.get("\(path)/reset").hidden("seen")
            let gray = try await school.visitor(signedInAs: Cast.gray)
            try await gray.reset("/people/students/\(Cast.cleo.id)", act: act)
            let slip = try await school.printedSlip(for: Cast.cleo)
            let cleo = school.visitor()
            #expect(try await cleo.post(slip.path, ["password": Self.new]).status == 303)
            let press = try await first.reset(path, seen: old, act: act)
            #expect(press.location == "\(path)/reset?overtaken=1")
            #expect(try await cleo.get("/home").status == 200)
            #expect(try await school.count("SELECT count(*) AS value FROM audit WHERE act = 'password-reset'") == 1)
            let page = try await first.get(try #require(press.location))
            #expect(page.text.contains("Cleo Bell has chosen a new password since you opened that page"))
            #expect(page.text.contains("Reset the password of Cleo Bell?"))
            // From fresh facts it may be reset all the same.
            try await first.reset(path, seen: page.hidden("seen"), act: act)
            #expect(try await cleo.get("/home").status == 303)
            #expect(try await !isActive(Cast.cleo, school))
            // The sentence is of no use to whoever comes back later.
            #expect(try await !first.text(of: "\(path)/reset?overtaken=1").contains("has chosen a new password"))
        }
    }

    @Test func `leaves a password alone that the student has changed, and one of which it says nothing`() async throws {
        try await Schoolhouse.open { school in
            let path = "/people/students/\(Cast.cleo.id)"
            let ada = try await school.visitor(signedInAs: Cast.ada)
            let old = try await ada.get("\(path)/reset").hidden("seen")
            let cleo = try await school.visitor(signedInAs: Cast.cleo)
            try await cleo.post("/account/password", ["old": Cast.password, "password": Self.new])
            for seen in [old, nil, "", "-1", "99999999999999999999", "x"] {
                let press = try await ada.reset(path, seen: seen, act: act)
                #expect(press.location == "\(path)/reset?overtaken=1", "\(seen ?? "none")")
            }
            #expect(try await cleo.get("/home").status == 200)
        }
    }

    @Test func `of a member of staff says the same, and keeps the way back`() async throws {
        try await Schoolhouse.open { school in
            let path = "/admin/staff/\(Cast.ada.id)"
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let old = try await ruth.get("\(path)/reset").hidden("seen")
            let ada = try await school.visitor(signedInAs: Cast.ada)
            let new = "seventeen copper lanterns 4"
            try await ada.post("/account/password", ["old": Cast.password, "password": new])
            let press = try await ruth.reset(path, seen: old, act: act, return: "/admin/staff?state=active")
            let page = try await ruth.get(try #require(press.location))
            #expect(page.text.contains("Ada Moss has chosen a new password since you opened that page"))
            #expect(page.hidden("return") == "/admin/staff?state=active")
            #expect(try await ada.get("/trackers").status == 200)
            let again = try await ruth.reset(path, act: act, return: "/admin/staff?state=active")
            #expect(again.location?.hasPrefix("/admin/staff?state=active&done=reset") == true)
            #expect(try await ada.get("/trackers").status == 303)
        }
    }

    @Test func `pressed by many while the student comes in again takes one password once`() async throws {
        try await Schoolhouse.open { school in
            let path = "/people/students/\(Cast.cleo.id)"
            let ada = try await school.visitor(signedInAs: Cast.ada)
            let gray = try await school.visitor(signedInAs: Cast.gray)
            for round in 0..<4 {
                let old = try await ada.get("\(path)/reset").hidden("seen")
                try await gray.reset(path, act: act)
                let slip = try await school.printedSlip(for: Cast.cleo)
                let entered = try await withThrowingTaskGroup(of: Int.self) { group in
                    for number in 0..<16 {
                        group.addTask {
                            try await school.visitor().post(
                                slip.path, ["password": "lantern orbit pickle \(round) \(number)"]
                            ).status
                        }
                        group.addTask {
                            try await ada.reset(path, seen: old, act: act)
                            return 0
                        }
                    }
                    return try await group.reduce(0) { $0 + ($1 == 303 ? 1 : 0) }
                }
                #expect(entered == 1)
                #expect(try await isActive(Cast.cleo, school), "who came in stays in")
                let resets = try await school.count(
                    "SELECT count(*) AS value FROM audit WHERE act = 'password-reset'")
                #expect(resets == round + 1)
            }
        }
    }
}
