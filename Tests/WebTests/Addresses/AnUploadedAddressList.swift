import Core
import Foundation
import Storage
import TestSupport
import Testing
import Web

@Suite struct AnUploadedAddressList {
    private let act: ID<Act> = Cast.id(90)

    /// Uploads a list and returns the way to its preview.
    private func upload(
        _ text: String, by visitor: Visitor, act: ID<Act>? = nil, named name: String = "list.csv"
    ) async throws -> String {
        let answer = try await visitor.upload(
            "/admin/addresses", Array(text.utf8), named: name,
            fields: ["act": "\(act ?? .new(at: Schoolhouse.tuesday))"])
        #expect(answer.status == 303, "\(answer.text)")
        return try #require(answer.location)
    }

    private func confirm(_ list: String, by visitor: Visitor) async throws -> Answer {
        try await visitor.post("\(list)/apply", ["act": "\(act)"])
    }

    private func address(of member: Member, _ school: Schoolhouse) async throws -> String? {
        try await school.read { try $0.value("SELECT address AS value FROM account WHERE id = \(member.id)") }
    }

    @Test func `shows what it would change, changes it once confirmed, and then nothing more`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let text =
                "username;email\nben.ames;new@home.example\nDINA.COLE;dina@home.example\nhal.frost;hal@home.example\n"
            let list = try await upload(text, by: ruth)
            let preview = try await ruth.text(of: list)
            #expect(preview.contains("2 addresses would change. 1 line says what is so already."))
            #expect(preview.contains("ben@home.example") && preview.contains("new@home.example"))
            #expect(preview.contains("Nothing has changed yet."))
            #expect(try await address(of: Cast.ben, school) == "ben@home.example")
            let answer = try await confirm(list, by: ruth)
            #expect(answer.status == 303 && answer.location == list)
            #expect(try await ruth.text(of: list).contains("2 addresses were changed."))
            #expect(try await address(of: Cast.ben, school) == "new@home.example")
            #expect(try await address(of: Cast.dina, school) == "dina@home.example")
            let again = try await ruth.text(of: upload(text, by: ruth))
            #expect(again.contains("No address would change. 3 lines say what is so already."))
            #expect(!again.contains("Change 0 addresses"))
        }
    }

    @Test func `confirmed twice, or uploaded twice by one press, does so once`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let text = "ben.ames,new@home.example\n"
            let list = try await upload(text, by: ruth, act: act)
            #expect(try await upload(text, by: ruth, act: act) == list)
            for _ in 0..<2 { #expect(try await confirm(list, by: ruth).status == 303) }
            let rows = try await school.count("SELECT count(*) AS value FROM audit WHERE act = 'addresses-uploaded'")
            #expect(rows == 1)
            #expect(try await school.count("SELECT count(*) AS value FROM audit WHERE act = 'address-changed'") == 1)
            let page = try await ruth.text(of: "/admin/students/\(Cast.ben.id)")
            #expect(page.contains("Ruth Okoye changed an address"))
            #expect(page.contains("Given here: no roster changes it."))
            #expect(try await ruth.text(of: "/admin/audit").contains("uploaded 1 address"))
        }
    }

    @Test func `is told of in the audit of each school that it touches, with its own number`() async throws {
        try await Schoolhouse.open { school in
            try await school.makeAdministrator(Cast.gray, of: Cast.alder)
            try await school.makeAdministrator(Cast.dov, of: Cast.birch)
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let first = try await upload("ben.ames,b@home.example\ndina.cole,d@home.example\nx,y@z.example\n", by: ruth)
            _ = try await confirm(first, by: ruth)
            let gray = try await school.visitor(signedInAs: Cast.gray)
            let dov = try await school.visitor(signedInAs: Cast.dov)
            #expect(try await gray.text(of: "/admin/audit?kind=addresses").contains("uploaded 2 addresses"))
            #expect(try await !dov.text(of: "/admin/audit?kind=addresses").contains("uploaded"))
            let second = try await upload("hal.frost,h@home.example\nben.ames,b2@home.example\n", by: ruth)
            _ = try await confirm(second, by: ruth)
            #expect(try await dov.text(of: "/admin/audit?kind=addresses").contains("uploaded 1 address"))
            #expect(try await ruth.text(of: "/admin/audit?kind=addresses").contains("uploaded 2 addresses"))
        }
    }

    @Test func `lists each line that it cannot take, with its reason`() async throws {
        try await Schoolhouse.open { school in
            try await school.write { connection in
                try connection.execute(
                    "UPDATE account SET number = '77' WHERE id IN \(SQL.list([Cast.eve.id, Cast.finn.id]))")
                try connection.execute("UPDATE account SET number = '78' WHERE id = \(Cast.hal.id)")
                try connection.execute("UPDATE account SET number = '78' WHERE id = \(Cast.cleo.id)")
                try connection.execute("UPDATE account SET username = 'gwen@gray.example' WHERE id = \(Cast.gray.id)")
                try connection.execute(
                    "UPDATE username SET name_key = 'gwen@gray.example' WHERE account_id = \(Cast.gray.id)")
            }
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let long = String(repeating: "a", count: 287) + "@home.example"
            let list = try await upload(
                """
                Number,Email,School,Username
                77,twin@home.example,,
                78,hal@new.example,birch hill middle,
                99,nobody@home.example,,
                ,one@home.example,,ben.ames
                ,two@home.example,,ben.ames
                ,"dina@home\n.example",,dina.cole
                ,\(long),,dina.cole
                ,gwen@gray.example,,dina.cole
                ,ada@alder.example,,ada.moss
                """, by: ruth)
            let text = try await ruth.text(of: list)
            for sentence in [
                "1 address would change. 8 lines cannot be taken.", "2 were not found", "1 means several students",
                "2 contradict each other", "2 are no addresses", "1 is somebody’s username",
                "A line break stands in the address.", "an address has at most 254 characters", "line 7", "Hal Frost",
            ] { #expect(text.contains(sentence), "\(sentence) in \(text)") }
            _ = try await confirm(list, by: ruth)
            #expect(try await address(of: Cast.hal, school) == "hal@new.example")
            #expect(try await address(of: Cast.ben, school) == "ben@home.example")
            #expect(try await address(of: Cast.dina, school) == nil)
        }
    }

    @Test func `warns of an address that many would share`() async throws {
        try await Schoolhouse.open { school in
            for number in 0..<9 as Range<UInt8> { try await school.enroll("kid\(number)", number: 100 + number) }
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let kids = (0..<9).map { "kid\($0),office@alder.example\n" }.joined()
            let few = try await ruth.text(of: upload(kids, by: ruth))
            #expect(!few.contains("Many students would share"))
            let many = try await ruth.text(
                of: upload(kids + "ben.ames,office@alder.example\ncleo.bell,office@alder.example\n", by: ruth))
            #expect(many.contains("11 students would share office@alder.example."))
        }
    }

    @Test func `writes over nothing that somebody changed since its preview`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let first = try await upload("ben.ames,first@home.example\neve.dunn,eve@home.example\n", by: ruth)
            let second = try await upload("ben.ames,second@home.example\n", by: ruth)
            _ = try await confirm(second, by: ruth)
            _ = try await confirm(first, by: ruth)
            #expect(try await address(of: Cast.ben, school) == "second@home.example")
            #expect(try await address(of: Cast.eve, school) == "eve@home.example")
            let report = try await ruth.text(of: first)
            #expect(report.contains("1 address was changed. 1 was left as it is."))
            #expect(report.contains("Since the preview somebody gave another address"))
        }
    }

    @Test func `voids the links that were mailed to the address before, only those`() async throws {
        try await Schoolhouse.open { school in
            let old = try await school.mailedLink(to: Cast.ben)
            let other = try await school.mailedLink(to: Cast.eve)
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            _ = try await confirm(upload("ben.ames,new@home.example\n", by: ruth), by: ruth)
            let stranger = school.visitor()
            #expect(try await stranger.get(old).status == 404)
            #expect(try await stranger.get(other).status == 200)
        }
    }

    @Test func `ends after a day, and is changed by nobody then`() async throws {
        try await Schoolhouse.open { school in
            let list = try await upload(
                "ben.ames,new@home.example\n", by: school.visitor(signedInAs: Cast.ruth))
            school.clock.advance(by: .hours(25))
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let late = try await confirm(list, by: ruth)
            #expect(late.status == 409 && late.text.contains("This preview is over, so nothing was changed."))
            #expect(try await address(of: Cast.ben, school) == "ben@home.example")
            try await school.services.addressLists.sweep()
            #expect(try await ruth.get(list).status == 404)
            #expect(try await school.count("SELECT count(*) AS value FROM address_list_line") == 0)
        }
    }

    @Test func `of a workbook or of one column says what to do`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let workbook = try await upload("PK\u{3}\u{4}xl", by: ruth, named: "pupils.xlsx")
            #expect(try await ruth.text(of: workbook).contains("pupils.xlsx is a workbook."))
            let column = try await upload("ben@home.example\n", by: ruth)
            #expect(try await ruth.text(of: column).contains("This list has only one column."))
            #expect(try await ruth.text(of: "/admin/addresses").contains("The list was not taken."))
            let late = try await confirm(column, by: ruth)
            #expect(late.status == 409)
            let missing = try await ruth.post("/admin/addresses", ["act": "\(act)"])
            #expect(missing.status == 415)
        }
    }

    @Test func `of a school's administrator reaches their school and no further`() async throws {
        try await Schoolhouse.open { school in
            try await school.makeAdministrator(Cast.dov, of: Cast.birch)
            let dov = try await school.visitor(signedInAs: Cast.dov)
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let mine = try await upload("hal.frost,hal@new.example\nben.ames,ben@new.example\n", by: dov)
            let text = try await dov.text(of: mine)
            #expect(text.contains("1 address would change. 1 line cannot be taken.") && !text.contains("Ben Ames"))
            _ = try await confirm(mine, by: dov)
            #expect(try await address(of: Cast.ben, school) == "ben@home.example")
            #expect(try await address(of: Cast.hal, school) == "hal@new.example")
            #expect(try await ruth.get(mine).status == 200)
            let theirs = try await upload("hal.frost,hal@third.example\n", by: ruth)
            for answer in [
                try await dov.get(theirs), try await dov.get("\(theirs)/change"),
                try await dov.post("\(theirs)/apply", ["act": "\(act)"]),
            ] { #expect(answer.status == 404) }
            #expect(try await dov.get("\(mine)/changed").status == 200)
            #expect(try await dov.get("\(mine)/nonsense").status == 404)
            #expect(try await dov.post("/admin/addresses/rule", ["act": "\(act)", "teachers": "on"]).status == 403)
            #expect(try await !dov.text(of: "/admin/addresses").contains("Who corrects a single address"))
        }
    }

    @Test func `of thousands of lines is applied in steps, and goes on where it was cut off`() async throws {
        try await Schoolhouse.open { school in
            try await school.write { connection in
                for number in 0..<1_200 {
                    let id = ID<Account>(at: Schoolhouse.tuesday, random: (UInt64(number) &* 0x9e37_79b9_7f4a_7c15, 7))
                    try connection.execute(
                        """
                        INSERT INTO account (id, kind, origin, school_id, username, given_name, family_name, sort_name, number)
                        VALUES (\(id), 'student', 'roster', \(Cast.alder), \("u\(number)"), 'Kid', \("\(number)"),
                          \("\(number) kid"), \("n\(number)"))
                        """)
                    try connection.execute(
                        "INSERT INTO membership (account_id, school_id) VALUES (\(id), \(Cast.alder))")
                }
            }
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let list = try await upload(
                "number,email\n" + (0..<1_200).map { "n\($0),kid\($0)@home.example\n" }.joined(), by: ruth)
            _ = try await confirm(list, by: ruth)
            let underWay: SQL = "SELECT count(*) AS value FROM address_list WHERE state = 'applying'"
            while try await school.count(underWay) > 0 { await Task.yield() }
            let report = try await ruth.text(of: list)
            #expect(report.contains("1,200 addresses were changed.") || report.contains("1200 addresses were changed."))
            #expect(try await school.count("SELECT count(*) AS value FROM account WHERE address_is_pinned") == 1_200)
            #expect(try await ruth.get("\(list)/changed?after=200").text.contains("kid200@home.example"))
        }
    }
}
