import Core
import Storage
import TestSupport
import Testing

/// U+0000, which PostgreSQL keeps in no text: the doors refuse it, with the same answer whatever keeps the rows.
@Suite struct TheZeroCharacter {
    @Test func `opens no door, and is never looked for`() async throws {
        try await Schoolhouse.open { school in
            let stranger = school.visitor()
            #expect(try await stranger.post("/sign-in", body: "username=ada.moss%00&password=x").status == 400)
            #expect(try await stranger.get("/activate/a%00b").status == 404)
            #expect(try await stranger.get("/sign-in?return=/a%00b").status == 400)
            let ada = try await school.visitor(signedInAs: Cast.ada)
            #expect(try await ada.get("/people/students?q=a%00b").status == 400)
            #expect(try await ada.get("/trackers/a%00b").status == 404)
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            #expect(try await ruth.get("/admin/students?q=a%00b").status == 400)
            #expect(try await ruth.get("/admin/audit?who=a%00b").status == 400)
        }
    }

    @Test func `names no school of a roster`() async throws {
        try await Schoolhouse.open { school in
            let plan: ID<RosterSync> = Cast.id(91)
            try await school.write { connection in
                try connection.execute(
                    """
                    INSERT INTO roster_plan (id, source, file_name, made_at, state)
                    VALUES (\(plan), 'roster', 'a.zip', \(Schoolhouse.tuesday), 'ready')
                    """)
            }
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let path = "/admin/roster-syncs/\(plan)/schools/a%00b"
            #expect(try await ruth.get(path).status == 404)
            let form: KeyValuePairs = ["act": "1", "students": "1", "staff": "1", "yes": "yes"]
            #expect(try await ruth.post("\(path)/confirmation", form).status == 404)
        }
    }

    @Test(arguments: [false, true])
    func `makes an uploaded list a damaged one`(isUTF16: Bool) async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let text = "ben.ames,new\u{0}@home.example\n"
            let bytes: [UInt8] =
                isUTF16
                ? [0xFF, 0xFE] + text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] as [UInt8] }
                : Array(text.utf8)
            let act: ID<Act> = .new(at: Schoolhouse.tuesday)
            let answer = try await ruth.upload("/admin/addresses", bytes, fields: ["act": "\(act)"])
            let list = try #require(answer.location)
            #expect(try await ruth.text(of: list).contains("damaged"))
            #expect(try await school.count("SELECT count(*) AS value FROM address_list_line") == 0)
            let field = try await ruth.upload("/admin/addresses", Array("a,b\n".utf8), fields: ["act": "\(act)\u{0}"])
            #expect(field.status == 400)
        }
    }
}
