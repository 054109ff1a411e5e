import Core
import Storage
import TestSupport
import Testing

@Suite struct WhoBringsBack {
    private let act: ID<Act> = Cast.id(99)

    private func isSuspended(_ member: Member, _ school: Schoolhouse) async throws -> Bool {
        try await school.count(
            "SELECT count(*) AS value FROM account WHERE id = \(member.id) AND suspended_at IS NOT NULL") == 1
    }

    @Test func `a teacher whom the district suspended is the district alone, and the page says so`() async throws {
        try await Schoolhouse.open { school in
            try await school.makeAdministrator(Cast.gray, of: Cast.alder)
            let (ruth, gray) = (
                try await school.visitor(signedInAs: Cast.ruth), try await school.visitor(signedInAs: Cast.gray)
            )
            let path = "/admin/staff/\(Cast.ada.id)"
            let asked = try await ruth.text(of: "\(path)/suspend")
            #expect(asked.contains("Only an administrator of the whole district brings Ada Moss back."))
            try await ruth.post("\(path)/suspend", ["act": "\(act)"])
            let page = try await gray.get(path)
            #expect(page.text.contains("only administrators of the whole district undo it."))
            #expect(!page.body.contains("\(path)/revive"))
            #expect(try await !gray.get("/admin/staff").body.contains("\(path)/revive"))
            let press = try await gray.post("\(path)/revive", ["act": "\(act)"])
            let told = try await gray.text(of: try #require(press.location))
            #expect(told.contains("Nothing was changed. An administrator of the whole district did this"))
            #expect(try await isSuspended(Cast.ada, school))
            #expect(try await school.count("SELECT count(*) AS value FROM audit WHERE act = 'account-revived'") == 0)
            try await ruth.post("\(path)/revive", ["act": "\(act)"])
            #expect(try await school.visitor().signIn("ada.moss", Cast.password).status == 303)
        }
    }

    @Test func `a student whom the district took out is the district alone`() async throws {
        try await Schoolhouse.open { school in
            try await school.makeAdministrator(Cast.gray, of: Cast.alder)
            let (ruth, gray) = (
                try await school.visitor(signedInAs: Cast.ruth), try await school.visitor(signedInAs: Cast.gray)
            )
            let path = "/admin/students/\(Cast.cleo.id)"
            try await ruth.post("\(path)/suspend", ["act": "\(act)"])
            let press = try await gray.post("\(path)/revive", ["act": "\(act)"])
            #expect(press.location == "\(path)/edit#out")
            let page = try await gray.get("\(path)/edit")
            #expect(page.text.contains("only administrators of the whole district undo it."))
            #expect(!page.body.contains("\(path)/revive"))
            #expect(try await isSuspended(Cast.cleo, school))
            #expect(try await ruth.get("\(path)/edit").body.contains("\(path)/revive"))
            try await ruth.post("\(path)/revive", ["act": "\(act)"])
            #expect(try await !isSuspended(Cast.cleo, school))
        }
    }

    @Test func `whom an administrator of schools suspended is one of these schools and the district`() async throws {
        try await Schoolhouse.open { school in
            // Gwen Gray and Ms. Ada administer Alder; Mr. Dov administers both schools.
            for member in [Cast.gray, Cast.ada] { try await school.makeAdministrator(member, of: Cast.alder) }
            try await school.makeAdministrator(Cast.dov, of: Cast.birch)
            try await school.write {
                try $0.execute(
                    "INSERT INTO administrator_school (account_id, school_id) VALUES (\(Cast.dov.id), \(Cast.alder))")
            }
            let gray = try await school.visitor(signedInAs: Cast.gray)
            let path = "/admin/staff/\(Cast.ian.id)"
            for member in [Cast.ada, Cast.dov, Cast.ruth] {
                try await gray.post("\(path)/suspend", ["act": "\(act)"])
                #expect(try await isSuspended(Cast.ian, school))
                let other = try await school.visitor(signedInAs: member)
                #expect(try await other.get(path).body.contains("\(path)/revive"))
                try await other.post("\(path)/revive", ["act": "\(act)"])
                #expect(try await !isSuspended(Cast.ian, school), "\(member.given)")
            }
            // Who did it for two schools is not undone from one of them.
            let dov = try await school.visitor(signedInAs: Cast.dov)
            try await dov.post("\(path)/suspend", ["act": "\(act)"])
            let page = try await gray.get(path)
            #expect(page.text.contains("This was done for more schools than yours"))
            #expect(!page.body.contains("\(path)/revive"))
            try await gray.post("\(path)/revive", ["act": "\(act)"])
            #expect(try await isSuspended(Cast.ian, school))
            try await dov.post("\(path)/revive", ["act": "\(act)"])
            #expect(try await !isSuspended(Cast.ian, school))
            #expect(try await school.count("SELECT count(*) AS value FROM suspension_school") == 0)
        }
    }

    @Test func `a suspension stays the district's when its maker loses that role`() async throws {
        try await Schoolhouse.open { school in
            try await school.makeAdministrator(Cast.gray, of: Cast.alder)
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            try await ruth.post("/admin/staff/\(Cast.ian.id)/suspend", ["act": "\(act)"])
            try await school.write { connection in
                try connection.execute("UPDATE administrator SET scope = 'schools' WHERE account_id = \(Cast.ruth.id)")
                try connection.execute(
                    "INSERT INTO administrator_school (account_id, school_id) VALUES (\(Cast.ruth.id), \(Cast.alder))")
            }
            let gray = try await school.visitor(signedInAs: Cast.gray)
            for visitor in [gray, ruth] {
                try await visitor.post("/admin/staff/\(Cast.ian.id)/revive", ["act": "\(act)"])
                #expect(try await isSuspended(Cast.ian, school))
            }
        }
    }
}
