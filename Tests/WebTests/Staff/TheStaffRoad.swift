import Core
import Storage
import TestSupport
import Testing
import Web

@Suite struct TheStaffRoad {
    private let act: ID<Act> = Cast.id(99)
    private static let list = "/admin/staff?state=active&q=moss"

    @Test func `leads back to the list as it was filtered and searched`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let page = try await ruth.get(Self.list)
            #expect(page.body.contains("Ada Moss") && !page.body.contains("Gwen Gray"))
            #expect(page.body.contains("return=%2Fadmin%2Fstaff%3Fstate%3Dactive%26q%3Dmoss"))
            let asked = try await ruth.get(
                "/admin/staff/\(Cast.ada.id)/reset?return=%2Fadmin%2Fstaff%3Fstate%3Dactive%26q%3Dmoss")
            #expect(asked.text.contains("Reset the password of Ada Moss?"))
            #expect(asked.body.contains(#"name="return" value="/admin/staff?state=active&amp;q=moss""#))
            let done = try await ruth.reset("/admin/staff/\(Cast.ada.id)", act: act, return: Self.list)
            #expect(done.location == "\(Self.list)&done=reset&who=\(Cast.ada.id)#s-\(Cast.ada.id)")
            let back = try await ruth.text(of: try #require(done.location))
            #expect(back.contains("The password of Ada Moss no longer works."))
            // Nobody is led elsewhere by a forged form.
            let forged = try await ruth.reset(
                "/admin/staff/\(Cast.gray.id)", act: act, return: "//evil.example/admin/staff")
            #expect(forged.location?.hasPrefix("/admin/staff?done=reset") == true)
        }
    }

    @Test func `a reset ends sessions and the old password at once, and a link leads in again`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let ada = try await school.visitor(signedInAs: Cast.ada)
            try await ruth.reset("/admin/staff/\(Cast.ada.id)", act: act)
            #expect(try await ada.get("/trackers").status == 303)
            #expect(try await school.visitor().signIn("ada.moss", Cast.password).status == 422)
            let shown = try await ruth.post("/admin/staff/\(Cast.ada.id)/link", ["act": "\(act)", "return": Self.list])
            #expect(shown.status == 200)
            #expect(shown["cache-control"]?.contains("no-store") == true)
            #expect(shown.body.contains(#"href="/admin/staff?state=active&amp;q=moss""#))
            let path = try #require(shown.body.firstMatch(of: /\/activate\/[A-Za-z0-9_-]+/)).output
            #expect(try await school.visitor().get(String(path)).text.contains("Ada"))
            // It is shown only in that answer, and a second one ends the first.
            #expect(try await ruth.get("/admin/staff/\(Cast.ada.id)/link").status == 404)
            try await ruth.post("/admin/staff/\(Cast.ada.id)/link", ["act": "\(act)"])
            #expect(try await !school.visitor().get(String(path)).text.contains("Ada"))
            let told: SQL = """
                SELECT count(*) AS value FROM audit WHERE subject_id = \(Cast.ada.id) AND actor_id = \(Cast.ruth.id)
                """
            #expect(try await school.count(told) == 3)
        }
    }

    @Test func `suspends and brings back, asked once`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let ada = try await school.visitor(signedInAs: Cast.ada)
            #expect(try await ruth.text(of: "/admin/staff/\(Cast.ada.id)/suspend").contains("Suspend Ada Moss?"))
            try await ruth.post("/admin/staff/\(Cast.ada.id)/suspend", ["act": "\(act)"])
            #expect(try await ada.get("/trackers").status == 303)
            #expect(try await school.visitor().signIn("ada.moss", Cast.password).status == 422)
            let page = try await ruth.text(of: "/admin/staff/\(Cast.ada.id)")
            #expect(page.contains("Ada Moss is suspended and cannot sign in.") && page.contains("Bring back"))
            try await ruth.post("/admin/staff/\(Cast.ada.id)/revive", ["act": "\(act)"])
            #expect(try await school.visitor().signIn("ada.moss", Cast.password).status == 303)
        }
    }

    @Test func `gives a role that holds from the next click on, and takes it again`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let ada = try await school.visitor(signedInAs: Cast.ada)
            #expect(try await ada.get("/admin").status == 403)
            let path = "/admin/staff/\(Cast.ada.id)/role"
            let empty = try await ruth.post(path, ["act": "\(act)", "role": "schools"])
            #expect(empty.status == 422 && empty.text.contains("Tick at least one school"))
            #expect(try await ruth.post(path, ["act": "\(act)", "role": "king"]).status == 400)
            let given = try await ruth.post(path, ["act": "\(act)", "role": "schools", "school": "\(Cast.alder)"])
            #expect(given.location?.hasPrefix("/admin/staff/\(Cast.ada.id)?done=role") == true)
            let page = try await ruth.text(of: try #require(given.location))
            #expect(page.contains("Administrator of schools") && page.contains("Alder Creek Elementary"))
            let list = try await ada.get("/admin/staff")
            #expect(list.status == 200 && list.body.contains("Gwen Gray") && !list.body.contains("Dov Lund"))
            try await ruth.post(path, ["act": "\(act)", "role": "none"])
            #expect(try await ada.get("/admin/staff").status == 403)
        }
    }

    @Test func `changes nobody's own role, and says whom to ask`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let path = "/admin/staff/\(Cast.ruth.id)"
            let page = try await ruth.get(path)
            #expect(page.text.contains("Nobody changes their own role. Ask another administrator of the district."))
            #expect(!page.body.contains("\(path)/role") && !page.body.contains("\(path)/suspend"))
            #expect(try await ruth.get("\(path)/role").status == 409)
            let answer = try await ruth.post("\(path)/role", ["act": "\(act)", "role": "none"])
            #expect(answer.status == 409 && answer.text.contains("Ask another administrator"))
            for part in ["reset", "suspend"] {
                #expect(try await ruth.post("\(path)/\(part)", ["act": "\(act)"]).status == 404)
            }
            #expect(try await ruth.get("/admin").status == 200)
        }
    }

    @Test func `shows what the roster proposes until it is decided`() async throws {
        try await Schoolhouse.open { school in
            try await school.write {
                try $0.execute(
                    """
                    UPDATE account SET roster_roles = \("principal@\(Cast.alder)"), role_waits = TRUE
                    WHERE id = \(Cast.gray.id)
                    """)
            }
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            #expect(try await ruth.text(of: "/admin/staff").contains("1 person has another role in the roster"))
            let list = try await ruth.get("/admin/staff?proposed=yes")
            #expect(list.text.contains("In the roster: Principal at Alder Creek Elementary"))
            #expect(!list.body.contains("Ada Moss"))
            // The school that the roster names is ticked already; nothing is granted before the press.
            let form = try await ruth.get("/admin/staff/\(Cast.gray.id)/role")
            #expect(form.body.contains(#"value="\#(Cast.alder)" checked"#))
            #expect(!form.body.contains(#"value="\#(Cast.birch)" checked"#))
            #expect(try await school.count("SELECT count(*) AS value FROM administrator") == 1)
            try await ruth.post("/admin/staff/\(Cast.gray.id)/dismissal", ["act": "\(act)"])
            #expect(try await !ruth.text(of: "/admin/staff").contains("has another role in the roster"))
            #expect(try await school.count("SELECT count(*) AS value FROM administrator") == 1)
        }
    }

    @Test func `mails all who are pending in one press, after saying who gets a mail`() async throws {
        try await Schoolhouse.open { school in
            try await school.write {
                try $0.execute(
                    """
                    UPDATE account SET password_hash = NULL, active_at = NULL, address = NULL, address_key = NULL
                    WHERE id = \(Cast.dov.id)
                    """)
            }
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let page = try await ruth.get("/admin/staff/send")
            #expect(page.text.contains("1 gets a mail, 1 has no address."))
            #expect(page.body.contains("/admin/staff/\(Cast.dov.id)"))
            var locations: Set<String> = []
            for _ in 0..<2 {
                let answer = try await ruth.post("/admin/staff/send", ["act": "\(act)"])
                locations.insert(try #require(answer.location))
            }
            #expect(try await school.count("SELECT count(*) AS value FROM mail") == 1)
            #expect(locations.count == 1)
        }
    }

    @Test func `gives a tracker to somebody whom the roster gives none`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let path = "/admin/staff/\(Cast.dov.id)/trackers"
            let page = try await ruth.get("\(path)?q=4b")
            #expect(page.text.contains("Homeroom 4B") && !page.text.contains("Homeroom 5A"))
            let dov = try await school.visitor(signedInAs: Cast.dov)
            #expect(try await !dov.text(of: "/people/students").contains("Ben Ames"))
            try await ruth.post(path, ["act": "\(act)", "tracker": "\(Cast.class4B)"])
            #expect(try await dov.text(of: "/people/students").contains("Ben Ames"))
            #expect(try await ruth.text(of: "/admin/staff/\(Cast.dov.id)").contains("given by hand"))
            try await ruth.post("\(path)/\(Cast.class4B)/end", ["act": "\(act)"])
            #expect(try await !dov.text(of: "/people/students").contains("Ben Ames"))
        }
    }
}
