import Core
import Foundation
import Storage
import TestSupport
import Testing

@Suite struct TheOverview {
    private func makeGrayAdministrator(_ school: Schoolhouse) async throws {
        try await school.write { connection in
            try connection.execute(
                "INSERT INTO administrator (account_id, scope) VALUES (\(Cast.gray.id), 'schools')")
            try connection.execute(
                "INSERT INTO administrator_school (account_id, school_id) VALUES (\(Cast.gray.id), \(Cast.alder))")
        }
    }

    private func activate(_ member: Member, _ school: Schoolhouse) async throws {
        let slip = try await school.printedSlip(for: member)
        let answer = try await school.visitor().post(
            slip.path, ["username": member.username, "password": "velvet kettle orbit 47"])
        #expect(answer.status == 303, "\(answer.text)")
    }

    @Test func `counts each student on the day on which they first became active`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            #expect(!(try await ruth.text(of: "/admin").contains("New active students by day")))
            try await activate(Cast.ben, school)
            school.clock.advance(by: .days(1))
            try await activate(Cast.dina, school)
            let now = school.clock.now
            let entry = ID<AuditEntry>.new(at: now)
            let ada = Teacher(id: Cast.ada.id, day: SchoolDay(now, in: .gmt))
            try await school.write {
                let seen = try $0.generation(of: Cast.ben.id)
                _ = try $0.resetPassword(of: Cast.ben.id, seen: seen, for: .teacher(ada), entry: entry, at: now)
            }
            try await activate(Cast.ben, school)
            try await activate(Cast.eve, school)
            let again = try await school.visitor(signedInAs: Cast.ruth)
            let page = try await again.text(of: "/admin")
            #expect(page.contains("September 1, 2026 1 September 2, 2026 2"))
            let body = try await again.get("/admin").body
            #expect(
                body.contains("3 students became active from August 20 to September 2. Most on September 2: 2."))
            #expect(body.contains(#"role="img""#) && !body.contains("style="))
        }
    }

    @Test func `ends at the schools of whoever looks, in every number`() async throws {
        try await Schoolhouse.open { school in
            try await makeGrayAdministrator(school)
            try await activate(Cast.ben, school)
            try await school.write {
                try $0.execute(
                    "INSERT INTO activation_day (day, school_id, count) VALUES ('2026-09-01', \(Cast.birch), 40)")
                try $0.execute("UPDATE account SET mail_state = 'bounced' WHERE id = \(Cast.hal.id)")
            }
            let gray = try await school.visitor(signedInAs: Cast.gray)
            let theirs = try await gray.get("/admin")
            #expect(theirs.text.contains("2 of 5 students are active: 40%."))
            #expect(theirs.body.contains("1 student became active"))
            #expect(theirs.text.contains("Alder Creek Elementary") && !theirs.text.contains("Birch"))
            #expect(!theirs.body.contains("state=bounced"))
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            for href in ["/admin/students/send", "/admin/students/print", "/admin/students/new"] {
                #expect(theirs.body.contains("<li><a href=\"\(href)\">"), "\(href)")
            }
            #expect(!theirs.body.contains("<li><a href=\"/admin/addresses\"><svg"))
            let all = try await ruth.get("/admin")
            #expect(all.body.contains("<li><a href=\"/admin/addresses\"><svg"))
            #expect(all.text.contains("2 of 6 students are active: 33%."))
            #expect(all.body.contains("41 students became active"))
            #expect(all.text.contains("The mail of 1 student bounced."))
            for address in [
                "/admin/students?state=bounced", "/admin/students?state=noAddress", "/admin/staff?state=pending",
                "/admin/students?school=\(Cast.birch)",
            ] { #expect(all.body.contains("href=\"\(address)\""), "\(address)") }
        }
    }

    @Test func `orders, searches and pages the schools of a large district`() async throws {
        try await Schoolhouse.open { school in
            try await school.write { connection in
                for number in 1...150 {
                    let id: ID<School> = .new(at: Schoolhouse.tuesday)
                    let name = number == 7 ? "Río Claro" : "School \(1000 + number)"
                    try connection.execute("INSERT INTO school (id, name) VALUES (\(id), \(name))")
                }
            }
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let first = try await ruth.get("/admin?sort=name")
            #expect(first.text.contains("152 schools"))
            #expect(first.text.contains("Alder Creek Elementary") && !first.text.contains("School 1150"))
            #expect(first.body.contains("/admin?sort=name&amp;page=2"))
            let second = try await ruth.get("/admin?sort=name&page=2")
            #expect(second.text.contains("School 1150") && !second.body.contains("\(Cast.alder)"))
            let found = try await ruth.text(of: "/admin?q=rio")
            #expect(found.contains("Río Claro") && found.contains("1 school") && !found.contains("School 1150"))
            #expect(try await ruth.text(of: "/admin?q=%25&sort=need").contains("No school fits"))
            for odd in ["page=0", "page=-3", "page=99999999999", "page=x", "sort=no"] {
                #expect(try await ruth.get("/admin?\(odd)").status == 200, "\(odd)")
            }
        }
    }
}
