import Core
import Storage
import TestSupport
import Testing

@Suite struct JoiningTwoAccounts {
    private let path = "/admin/students/\(Cast.ben.id)/join"
    private let act = "\(Cast.id(91) as ID<Act>)"

    private func stamp(_ page: Answer) throws -> String {
        let mark = "name=\"stamp\" value=\""
        let start = try #require(page.body.firstRange(of: mark)?.upperBound)
        return String(page.body[start...].prefix { $0 != "\"" })
    }

    @Test func `are found, looked at side by side, and joined; both usernames sign in with the password in use`()
        async throws
    {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            #expect(try await ruth.text(of: path).contains("0 accounts have the same name or number."))
            #expect(try await ruth.text(of: path + "?q=cleo").contains("Cleo Bell"))
            // Cleo is active: her username and password stay.
            let page = try await ruth.get(path + "/\(Cast.cleo.id)")
            #expect(page.text.contains("cleo.bell is in use") && !page.body.contains("type=\"radio\""))
            let stale = try await ruth.post(
                path + "/\(Cast.cleo.id)", ["act": act, "stamp": "x", "kept": "\(Cast.cleo.id)"])
            #expect(stale.status == 409 && stale.text.contains("Look again."))
            let form: KeyValuePairs = ["act": act, "stamp": try stamp(page), "kept": "\(Cast.cleo.id)"]
            for _ in 0..<2 {
                let joined = try await ruth.post(path + "/\(Cast.cleo.id)", form)
                #expect(joined.location == "/admin/students/\(Cast.cleo.id)")
            }
            for name in ["cleo.bell", "ben.ames"] {
                #expect(try await school.visitor().signIn(name, Cast.password).location == "/home", "\(name)")
            }
            #expect(try await ruth.get("/admin/students/\(Cast.ben.id)").status == 404)
            #expect(try await ruth.text(of: "/admin/audit").contains("joined two accounts"))
        }
    }

    @Test func `are an administrator's business, and of nobody else`() async throws {
        try await Schoolhouse.open { school in
            let ada = try await school.visitor(signedInAs: Cast.ada)
            #expect(try await ada.get(path).status == 403)
            let form: KeyValuePairs = ["act": act, "stamp": "x", "kept": "\(Cast.cleo.id)"]
            #expect(try await ada.post(path + "/\(Cast.cleo.id)", form).status == 403)
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            #expect(try await ruth.get(path + "/\(Cast.ben.id)").status == 404, "nobody is joined with themselves")
            #expect(try await ruth.get("/admin/students/\(Cast.ada.id)/join").status == 404)
            let apart = try await ruth.post(
                "/admin/students/\(Cast.ben.id)/apart", ["act": act, "source": "roster", "id": "none"])
            #expect(apart.status == 303)
            #expect(
                try await school.count("SELECT COUNT(*) AS value FROM audit WHERE act = 'account-taken-apart'") == 0)
        }
    }
}
