import Core
import Storage
import TestSupport
import Testing

/// Who reads a notice, and who settles what its reader said.
extension ANotice {
    @Test func `speaks the child's language, and not the visitor's`() async throws {
        try await Schoolhouse.open { school in
            try await school.write {
                try $0.execute("UPDATE account SET roster_language = 'es' WHERE id = \(Cast.ben.id)")
            }
            let notice = try await benComesIn(school)
            #expect(notice.mail.language == "es")
            let page = try await school.visitor().get(notice.path, headers: ["accept-language": "en"])
            #expect(page.text.contains("¿Fuiste tú, Ben?"))
        }
    }

    @Test func `is settled by nobody who does not see the student`() async throws {
        try await Schoolhouse.open { school in
            let notice = try await benComesIn(school)
            try await school.visitor().post(notice.path, ["answer": "not-me"])
            let dov = try await school.visitor(signedInAs: Cast.dov)
            for member in [Cast.ben, Cast.ada] {
                #expect(
                    try await dov.post("/people/students/\(member.id)/all-is-well", ["act": "\(act)"]).status == 404)
            }
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            #expect(try await ruth.text(of: "/admin/students/\(Cast.ben.id)/reset").contains("“This was not me”"))
            #expect(try await ruth.post("/admin/students/\(Cast.ben.id)/all-is-well", ["act": "\(act)"]).status == 303)
            #expect(
                try await school.count("SELECT count(*) AS value FROM account WHERE disowned_at IS NOT NULL") == 0)
        }
    }
}
