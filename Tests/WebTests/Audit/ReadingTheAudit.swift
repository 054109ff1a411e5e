import Core
import Foundation
import Storage
import TestSupport
import Testing

@Suite struct ReadingTheAudit {
    /// Ms. Gray administers Alder Creek alone.
    private func makeGrayAdministrator(_ school: Schoolhouse) async throws {
        try await school.write { connection in
            try connection.execute(
                "INSERT INTO administrator (account_id, scope) VALUES (\(Cast.gray.id), 'schools')")
            try connection.execute(
                "INSERT INTO administrator_school (account_id, school_id) VALUES (\(Cast.gray.id), \(Cast.alder))")
        }
    }

    /// Cleo and Hal are reset, Ben's card is printed and Ms. Ada mails her tracker; a minute between each.
    private func live(_ school: Schoolhouse) async throws {
        let ruth = school.clock
        for (member, actor) in [(Cast.cleo, Cast.ada), (Cast.hal, Cast.dov)] {
            ruth.advance(by: .minutes(1))
            let now = school.clock.now
            let entry = ID<AuditEntry>.new(at: now)
            try await school.write {
                try $0.record(.passwordReset, by: actor.id, subject: member.id, id: entry, at: now)
            }
        }
        school.clock.advance(by: .minutes(1))
        _ = try await school.printedSlip(for: Cast.ben)
        school.clock.advance(by: .minutes(1))
        let ada = try await school.visitor(signedInAs: Cast.ada)
        let act = ID<Act>.new(at: school.clock.now)
        let sent = try await ada.post(
            "/people/students/send", ["act": act.description, "all": "yes", "additional": ""])
        #expect(sent.status == 303, "\(sent.text)")
    }

    @Test func `names each act in plain words, with who, whom, when and where more stands`() async throws {
        try await Schoolhouse.open { school in
            try await live(school)
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let page = try await ruth.get("/admin/audit")
            #expect(page.status == 200)
            for text in [
                "reset a password", "made card sheet 1 with 1 student", "activation emails", "signed in",
            ] {
                #expect(page.text.contains(text), "\(text)")
            }
            #expect(page.text.contains("Hal Frost") && page.text.contains("Birch Hill Middle"))
            #expect(page.body.contains("/admin/students/\(Cast.cleo.id)"))
            #expect(page.body.contains("/admin/audit?actor=\(Cast.dov.id)"))
            let dovs = try await ruth.get("/admin/audit?actor=\(Cast.dov.id)")
            #expect(dovs.text.contains("By Dov Lund."))
            #expect(dovs.text.contains("Hal Frost") && !dovs.text.contains("Cleo Bell"))
            let printed = try await ruth.get(
                "/admin/audit?kind=printed&school=\(Cast.alder)&from=2026-09-01&to=2026-09-01")
            #expect(
                printed.text.contains("made card sheet 1")
                    && !printed.body.contains("<td role=\"cell\" class=\"wide\">reset"))
            let before = try await ruth.get("/admin/audit?to=2026-08-31")
            #expect(before.text.contains("No line fits"))
        }
    }

    @Test func `ends at the schools of whoever reads`() async throws {
        try await Schoolhouse.open { school in
            try await makeGrayAdministrator(school)
            try await live(school)
            let gray = try await school.visitor(signedInAs: Cast.gray)
            for address in [
                "/admin/audit", "/admin/audit?kind=reset", "/admin/audit?subject=\(Cast.hal.id)",
                "/admin/audit?school=\(Cast.birch)", "/admin/audit?actor=\(Cast.dov.id)", "/admin/audit?whom=hal.frost",
                "/admin/audit?who=dov.lund", "/admin/audit?subject=\(Cast.id(250) as ID<Account>)",
            ] {
                let page = try await gray.get(address)
                #expect(page.status == 200, "\(address)")
                for secret in ["Hal Frost", "Frost", "Dov Lund", "Lund", "Birch"] {
                    #expect(!page.text.contains(secret), "\(address) tells \(secret)")
                }
            }
            #expect(try await gray.text(of: "/admin/audit").contains("Cleo Bell"))
            let file = try await gray.post("/admin/audit.csv")
            #expect(file.body.contains("Cleo Bell"))
            for secret in ["Frost", "Lund", "Birch"] { #expect(!file.body.contains(secret)) }
            let foreign = try await gray.post("/admin/audit.csv", ["subject": Cast.hal.id.description])
            #expect(foreign.body.split(whereSeparator: \.isNewline).count == 1)
        }
    }

    @Test func `shows of a mailing beyond the scope the number of one's own people`() async throws {
        try await Schoolhouse.open { school in
            try await makeGrayAdministrator(school)
            let now = school.clock.now
            let entry = ID<AuditEntry>.new(at: now)
            try await school.write {
                try $0.record(
                    .mailingSent, by: Cast.ruth.id, people: "SELECT a.id FROM account a WHERE a.kind = 'student'",
                    count: 6, id: entry, at: now)
            }
            let gray = try await school.visitor(signedInAs: Cast.gray)
            let theirs = try await gray.text(of: "/admin/audit?kind=mailed")
            #expect(theirs.contains("sent 5 activation emails") && theirs.contains("Alder Creek Elementary"))
            #expect(!theirs.contains("2 schools") && !theirs.contains("sent 6"))
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let all = try await ruth.text(of: "/admin/audit?school=\(Cast.birch)")
            #expect(all.contains("sent 6 activation emails") && all.contains("2 schools"))
        }
    }

    @Test func `takes a typed name, asks which of several is meant, and says when nobody is`() async throws {
        try await Schoolhouse.open { school in
            try await live(school)
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let one = try await ruth.get("/admin/audit?whom=Cleo&kind=reset")
            #expect(one.status == 303)
            #expect(one.location == "/admin/audit?subject=\(Cast.cleo.id)&kind=reset")
            let twins = try await ruth.get("/admin/audit?whom=dunn&kind=reset")
            #expect(twins.text.contains("Several people fit “dunn”."))
            #expect(twins.body.contains("/admin/audit?subject=\(Cast.finn.id)&amp;kind=reset"))
            let nobody = try await ruth.get("/admin/audit?who=Nemo")
            #expect(nobody.text.contains("Nobody is called “Nemo”."))
            #expect(nobody.body.contains(#"value="Nemo""#))
        }
    }

    @Test(arguments: [
        "from=yesterday", "to=2026-02-30", "from=2026-09-02&to=2026-09-01", "from=2026-9-1", "from=%E2%80%AE",
    ])
    func `says what is wrong with a day and keeps it`(days: String) async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let page = try await ruth.get("/admin/audit?\(days)")
            #expect(page.status == 422)
            #expect(page.text.contains("2026-09-01.") || page.text.contains("The last day is before the first."))
            #expect(try await school.count("SELECT count(*) AS value FROM audit WHERE act = 'audit-exported'") == 0)
        }
    }

    @Test func `reads names that run from right to left as they are`() async throws {
        try await Schoolhouse.open { school in
            try await school.write {
                try $0.execute(
                    "UPDATE account SET given_name = 'שרה', family_name = 'לוי' WHERE id = \(Cast.cleo.id)")
            }
            try await live(school)
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            #expect(try await ruth.get("/admin/audit").body.contains("<bdi>שרה לוי</bdi>"))
            #expect(
                try await ruth.post("/admin/audit.csv", ["subject": Cast.cleo.id.description]).body.contains(
                    ",שרה לוי,"))
        }
    }
}

@Suite struct AnExportOfTheAudit {
    @Test func `is itself audited before its first byte, and holds the lines from before it`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            school.clock.advance(by: .minutes(1))
            let file = try await ruth.post("/admin/audit.csv", ["kind": "", "from": "", "to": ""])
            #expect(file.status == 200)
            #expect(file["content-type"] == "text/csv; charset=utf-8; header=present")
            #expect(file["content-disposition"] == "attachment; filename=\"audit-2026-09-01.csv\"")
            #expect(file.body.utf8.starts(with: [0xEF, 0xBB, 0xBF]))
            let lines = file.body.components(separatedBy: "\r\n")
            #expect(lines.count == 3 && lines[2].isEmpty)
            #expect(lines[1].hasPrefix("2026-09-01 10:00:00,Ruth Okoye,ruth.okoye,signed in,Signing in,Ruth Okoye,"))
            #expect(try await school.count("SELECT count(*) AS value FROM audit WHERE act = 'audit-exported'") == 1)
            try await school.write { try $0.execute("ALTER TABLE audit RENAME TO elsewhere") }
            let refused = try await ruth.post("/admin/audit.csv")
            #expect(refused.status >= 500)
            #expect(!refused.body.contains("ruth.okoye"))
        }
    }

    @Test func `is asked for by a press and not by a link`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            #expect(try await ruth.get("/admin/audit.csv").status >= 400)
            #expect(try await ruth.post("/admin/audit.csv", headers: ["sec-fetch-site": "cross-site"]).status == 403)
            #expect(try await ruth.post("/admin/audit.csv", ["other": "1"]).status == 400)
            #expect(try await school.count("SELECT count(*) AS value FROM audit WHERE act = 'audit-exported'") == 0)
        }
    }

    @Test func `holds nasty names as cells that are no formulas`() async throws {
        try await Schoolhouse.open { school in
            try await school.write {
                try $0.execute(
                    """
                    UPDATE account SET given_name = '=HYPERLINK("http://x.example","y")', family_name = 'a,b'
                    WHERE id = \(Cast.cleo.id)
                    """)
                try $0.execute("UPDATE school SET name = '@SUM(1)' WHERE id = \(Cast.alder)")
            }
            let now = school.clock.now
            let entry = ID<AuditEntry>.new(at: now)
            try await school.write {
                try $0.record(.passwordReset, by: nil, subject: Cast.cleo.id, id: entry, at: now)
            }
            school.clock.advance(by: .minutes(1))
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let file = try await ruth.post("/admin/audit.csv", ["kind": "reset"])
            #expect(
                file.body.contains(
                    #"FirstBell,,reset a password,Resets,"'=HYPERLINK(""http://x.example"",""y"") a,b",cleo.bell,1,'@SUM(1),"#
                ))
        }
    }

    @Test func `streams more lines than fit one page, each once`() async throws {
        try await Schoolhouse.open { school in
            let now = school.clock.now
            var mint = IDMint(at: now)
            let ids = (0..<1203).map { _ in mint.next(AuditEntry.self) }
            try await school.write { connection in
                for id in ids {
                    try connection.record(.passwordReset, by: Cast.ada.id, subject: Cast.cleo.id, id: id, at: now)
                }
            }
            school.clock.advance(by: .minutes(1))
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let file = try await ruth.post("/admin/audit.csv", ["kind": "reset"])
            let lines = file.body.components(separatedBy: "\r\n").dropFirst().dropLast()
            #expect(lines.count == 1203)
            #expect(
                Set(lines.compactMap { $0.split(separator: ",").last.map(String.init) }) == Set(ids.map(\.description)))
        }
    }
}
