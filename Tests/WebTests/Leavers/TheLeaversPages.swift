import Core
import Storage
import TestSupport
import Testing

@Suite struct TheLeaversPages {
    private static let path = "/admin/leavers"
    private static let act = "\(Cast.id(91) as ID<Act>)"

    private func rule(
        _ visitor: Visitor, archive: String = "30", erase: String = "400", more: KeyValuePairs<String, String> = [:]
    ) async throws -> Answer {
        let fields = [("act", Self.act), ("archive", archive), ("erase", erase)] + more.map { ($0.key, $0.value) }
        return try await visitor.post("\(Self.path)/rules", body: fields.map { "\($0)=\($1)" }.joined(separator: "&"))
    }

    /// Ben and Hal left long ago, Cleo the other day; the district erases after 400 days.
    private func withLeavers(_ body: @Sendable (Schoolhouse, Visitor) async throws -> Void) async throws {
        try await Schoolhouse.open { school in
            for member in [Cast.ben, Cast.hal] { try await school.suspend(member) }
            school.clock.advance(by: .days(390))
            try await school.suspend(Cast.cleo)
            school.clock.advance(by: .days(15))
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            #expect(try await rule(ruth).status == 303)
            try await body(school, ruth)
        }
    }

    @Test func `say who left, school by school and name by name, and when each is erased`() async throws {
        try await withLeavers { school, ruth in
            let page = try await ruth.get(Self.path)
            #expect(page.status == 200)
            #expect(page.text.contains("3 people left and are not back. 2 are archived."))
            #expect(page.text.contains("2 people left long enough ago to be erased."))
            #expect(page.text.contains("Alder Creek Elementary 2 people 1 1 0"))
            #expect(page.text.contains("Birch Hill Middle 1 person 1 1 0"))
            #expect(page.body.contains(#"<a href="/admin/leavers" aria-current="page">Leavers</a>"#))
            let names = try await ruth.text(of: "\(Self.path)/people")
            #expect(
                names.contains("Ben Ames ben.ames Student Alder Creek Elementary September 1, 2026 Can be erased now"))
            #expect(names.contains("Cleo Bell"))
            #expect(names.contains("October 30, 2028"))
            let birch = try await ruth.text(of: "\(Self.path)/people?group=due&school=\(Cast.birch)")
            #expect(birch.contains("Hal Frost") && !birch.contains("Ben Ames"))
            #expect(birch.contains("Who left Birch Hill Middle"))
            #expect(try await ruth.get("\(Self.path)/people?school=none").text.contains("Nobody here"))
            #expect(try await ruth.get("\(Self.path)/people?school=birch").status == 404)
        }
    }

    @Test func `show a hundred names at a time, each once`() async throws {
        try await Schoolhouse.open { school in
            for number in 100..<235 {
                try await school.enroll("kim\(number)", number: UInt8(number))
                try await school.write {
                    try $0.execute(
                        "UPDATE account SET suspended_at = \(number % 7), suspended_for = 'roster' WHERE username = \("kim\(number)")"
                    )
                }
            }
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            var next: String? = "\(Self.path)/people"
            var seen: [String] = []
            while let address = next {
                let page = try await ruth.get(address).body
                seen += page.matches(of: /mono">(kim\d+)</).map { String($0.output.1) }
                next = page.firstMatch(of: /href="([^"]+)" rel="next"/).map {
                    String($0.output.1).replacing("&amp;", with: "&")
                }
            }
            #expect(seen.count == 135 && Set(seen).count == 135)
            let file = try await ruth.get("\(Self.path)/people.csv")
            #expect(file["content-type"]?.hasPrefix("text/csv") == true)
            #expect(file.body.matches(of: /kim\d+ Kidd,kim\d+,,Student,Alder Creek Elementary,/).count == 135)
        }
    }

    @Test func `erase those who were shown, by one press with a tick, in the name of who pressed`() async throws {
        try await withLeavers { school, ruth in
            let page = try await ruth.get("\(Self.path)/erasure")
            #expect(page.text.contains("Erase 2 people") && page.text.contains("Erase these 2 people"))
            #expect(page.text.contains("Alder Creek Elementary 1 person"))
            let (until, act) = (try #require(page.hidden("until")), try #require(page.hidden("act")))
            func press(_ count: String, yes: Bool) async throws -> Answer {
                let tick = yes ? "&yes=yes" : ""
                return try await ruth.post(
                    "\(Self.path)/erasure", body: "act=\(act)&until=\(until)&count=\(count)&school=\(tick)")
            }
            let unticked = try await press("2", yes: false)
            #expect(unticked.status == 422 && unticked.text.contains("Tick that you have looked"))
            let other = try await press("3", yes: true)
            #expect(other.status == 409 && other.text.contains("not the people who were shown"))
            #expect(try await school.count("SELECT count(*) AS value FROM erasure") == 0)
            for _ in 0..<2 {
                let done = try await press("2", yes: true)
                #expect(done.status == 303 && done.location == Self.path)
            }
            let after = try await ruth.text(of: Self.path)
            #expect(after.contains("by Ruth Okoye 2 people, All Schools Erased"))
            #expect(after.contains("1 person left and is not back."))
            let audit = try await ruth.text(of: "/admin/audit")
            #expect(audit.contains("began to erase 2 people") && audit.contains("erased a person an erased person"))
            #expect(!audit.contains("Ames") && !audit.contains("Frost"))
            #expect(try await ruth.text(of: "\(Self.path)/erasure").contains("There is nobody to erase"))
            #expect(try await ruth.get("/admin/students/\(Cast.ben.id)").status == 404)
        }
    }

    @Test func `ask twice before a rule erases people by itself, and refuse one that cannot be`() async throws {
        try await withLeavers { school, ruth in
            let rules: SQL = "SELECT count(*) AS value FROM district WHERE erases_by_itself"
            let asked = try await rule(ruth, erase: "390", more: ["automatic": "yes"])
            #expect(asked.status == 409 && asked.text.contains("erases 2 people within minutes"))
            #expect(asked.hidden("confirmed") == "2" && asked.body.contains(#"value="390""#))
            #expect(try await school.count(rules) == 0)
            #expect(try await rule(ruth, erase: "390", more: ["automatic": "yes", "confirmed": "2"]).status == 303)
            #expect(try await school.count(rules) == 1)
            for (archive, erase) in [("0", ""), ("30", "29"), ("x", "400"), ("30", "4000"), ("30", "-1"), ("", "")] {
                let answer = try await rule(ruth, archive: archive, erase: erase)
                #expect(answer.status == 422, "\(archive), \(erase)")
                #expect(answer.text.contains("whole numbers of days"))
            }
            #expect(try await rule(ruth, erase: "", more: ["automatic": "yes"]).status == 422)
            #expect(try await rule(ruth, erase: "").status == 303)
            #expect(try await ruth.text(of: "\(Self.path)/people").contains("Never"))
            #expect(
                try await school.count("SELECT count(*) AS value FROM audit WHERE act = 'leaver-rules-changed'") == 3)
        }
    }

    @Test func `say why somebody is kept`() async throws {
        try await withLeavers { school, ruth in
            try await school.write {
                try $0.execute("UPDATE account SET address_is_pinned = TRUE WHERE id = \(Cast.ben.id)")
            }
            #expect(try await ruth.text(of: Self.path).contains("Alder Creek Elementary 2 people 1 0 1"))
            let kept = try await ruth.text(of: "\(Self.path)/people?group=kept")
            #expect(kept.contains("Kept: has an address or username that was given here"))
            #expect(!kept.contains("Hal Frost"))
        }
    }

    @Test func `are the whole district's alone`() async throws {
        try await withLeavers { school, _ in
            try await school.makeAdministrator(Cast.gray, of: Cast.alder)
            let erase = "act=\(Self.act)&until=1&count=2&school=&yes=yes"
            for member in [Cast.gray, Cast.ada] {
                let visitor = try await school.visitor(signedInAs: member)
                for path in ["", "/people", "/people.csv", "/erasure"] {
                    let answer = try await visitor.get(Self.path + path)
                    #expect(answer.status == 403 && !answer.body.contains("Ames"), "\(path)")
                }
                #expect(try await rule(visitor, erase: "31").status == 403)
                #expect(try await visitor.post("\(Self.path)/erasure", body: erase).status == 403)
            }
            let gray = try await school.visitor(signedInAs: Cast.gray)
            #expect(try await !gray.get("/admin/students").body.contains("/admin/leavers"))
            #expect(try await school.visitor().post("\(Self.path)/erasure", body: erase).status == 303)
            #expect(try await school.count("SELECT count(*) AS value FROM erasure") == 0)
            #expect(try await school.count("SELECT count(*) AS value FROM account WHERE erased_at IS NOT NULL") == 0)
        }
    }

    @Test func `leave the archived out of the lists, and behind a filter`() async throws {
        try await withLeavers { school, ruth in
            let list = try await ruth.text(of: "/admin/students")
            #expect(!list.contains("Ben Ames") && list.contains("Cleo Bell") && list.contains("2 Archived"))
            #expect(list.contains("4 Everybody"))
            let archived = try await ruth.text(of: "/admin/students?state=archived")
            #expect(
                archived.contains("Ben Ames") && archived.contains("2 are archived") && !archived.contains("Cleo Bell"))
            let ada = try await school.visitor(signedInAs: Cast.ada)
            #expect(try await !ada.text(of: "/people/students").contains("Ben Ames"))
            let page = try await ruth.text(of: "/admin/students/\(Cast.ben.id)")
            #expect(page.contains("Ben Ames left some time ago, is archived and cannot sign in."))
        }
    }
}
