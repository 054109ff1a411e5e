import Core
import Storage
import TestSupport
import Testing
import Web

@Suite struct TheDistrictsBoard {
    /// Ms. Gray administers Alder Creek alone.
    private func scoped(_ school: Schoolhouse) async throws -> Visitor {
        try await school.write { connection in
            try connection.execute(
                "INSERT INTO administrator (account_id, scope) VALUES (\(Cast.gray.id), 'schools')")
            try connection.execute(
                "INSERT INTO administrator_school (account_id, school_id) VALUES (\(Cast.gray.id), \(Cast.alder))")
        }
        return try await school.visitor(signedInAs: Cast.gray)
    }

    @Test func `shows an administrator every student with the words and steps of a teacher's board`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let page = try await ruth.get("/admin/students")
            #expect(page.status == 200)
            let text = page.text
            #expect(text.contains("1 of 6 is active. 5 need you: mail 4, print 1 card."))
            #expect(text.contains("6 students, each once."))
            for student in [Cast.ben, Cast.cleo, Cast.dina, Cast.eve, Cast.finn, Cast.hal] {
                #expect(text.contains("\(student.given) \(student.family)"))
                #expect(page.body.contains("href=\"/admin/students/\(student.id)\""))
            }
            #expect(text.contains("Alder Creek Elementary") && text.contains("Birch Hill Middle"))
            #expect(page.body.contains("action=\"/admin/students/\(Cast.ben.id)/activation-email\""))
            #expect(page.body.contains("action=\"/admin/students/\(Cast.dina.id)/card\""))
            #expect(page.body.contains("href=\"/admin/students/\(Cast.cleo.id)/reset\""))
            #expect(text.contains("Send Student Activation Emails"))
            #expect(text.contains("Upload addresses"))
            #expect(!page.body.contains("/people/students"))
        }
    }

    @Test func `is narrowed by school, grade, tracker, state and search, and its counters follow`() async throws {
        try await Schoolhouse.open { school in
            try await school.write {
                try $0.execute("UPDATE account SET grade = '4', number = 'A-17' WHERE id = \(Cast.ben.id)")
                try $0.execute("UPDATE account SET grade = '5' WHERE id = \(Cast.hal.id)")
            }
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            func found(_ query: String) async throws -> String { try await ruth.get("/admin/students?\(query)").text }
            let birch = try await found("school=\(Cast.birch)")
            #expect(birch.contains("Hal Frost") && !birch.contains("Ben Ames"))
            #expect(birch.contains("0 of 1 are active."))
            #expect(birch.contains("All trackers Homeroom 5A"))
            let four = try await found("grade=4")
            #expect(four.contains("Ben Ames") && !four.contains("Hal Frost"))
            let tracker = try await found("school=\(Cast.alder)&tracker=\(Cast.class4B)&state=noAddress")
            #expect(tracker.contains("Dina Cole") && !tracker.contains("Ben Ames"))
            #expect(tracker.contains("1 of 5 is active."))
            let number = try await found("q=a-17")
            #expect(number.contains("Ben Ames") && !number.contains("Dina Cole"))
            #expect(try await found("q=nobody").contains("Nobody fits"))
            // What cannot be read narrows nothing.
            #expect(try await found("school=x&state=y&tracker=z&sort=w&after=v").contains("Ben Ames"))
        }
    }

    @Test func `ends at the scope of an administrator of schools`() async throws {
        try await Schoolhouse.open { school in
            let gray = try await scoped(school)
            let page = try await gray.get("/admin/students")
            #expect(page.text.contains("Ben Ames") && !page.text.contains("Hal Frost"))
            #expect(page.text.contains("1 of 5 is active."))
            #expect(!page.text.contains("Birch Hill") && !page.text.contains("Upload addresses"))
            for query in ["school=\(Cast.birch)", "q=hal", "tracker=\(Cast.class5A)", "mailed=\(Cast.hal.id)"] {
                let answer = try await gray.get("/admin/students?\(query)")
                #expect(answer.status == 200)
                #expect(!answer.text.contains("Hal Frost") && !answer.text.contains("5A"), "\(query)")
            }
            // Once Hal comes to Alder Creek too, he is there, with that school alone.
            try await school.write {
                try $0.execute(
                    "INSERT INTO membership (account_id, school_id) VALUES (\(Cast.hal.id), \(Cast.alder))")
            }
            let shared = try await gray.get("/admin/students").text
            #expect(shared.contains("Hal Frost") && shared.contains("1 of 6 is active."))
            #expect(!shared.contains("Birch Hill"))
        }
    }

    @Test func `leads to the search for a school where there are too many for a list`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let few = try await ruth.get("/admin/students")
            #expect(few.body.contains("name=\"school\"") && !few.text.contains("Choose a school"))
            try await school.write { connection in
                for number in 0..<StudentChoices.mostSchools {
                    try connection.execute(
                        """
                        INSERT INTO school (id, name)
                        VALUES (\(ID<School>.new(at: Timestamp(milliseconds: 1))), \("Zinnia \(number)"))
                        """)
                }
            }
            let many = try await ruth.get("/admin/students?grade=")
            #expect(many.body.contains("href=\"/admin?sort=name#q\"") && many.text.contains("Choose a school"))
            #expect(!many.body.contains("name=\"school\"") && !many.text.contains("Zinnia 7"))
            #expect(try await ruth.get("/admin?sort=name&q=birch").body.contains("?school=\(Cast.birch)\""))
            let birch = try await ruth.get("/admin/students?school=\(Cast.birch)")
            #expect(birch.text.contains("Hal Frost") && !birch.text.contains("Ben Ames"))
            #expect(birch.body.contains("<option value=\"\(Cast.birch)\" selected>Birch Hill Middle</option>"))
            #expect(birch.text.contains("All schools") && birch.text.contains("Choose a school"))
            #expect(!birch.text.contains("Zinnia 7"))
        }
    }

    @Test func `is not for teachers who administer nothing`() async throws {
        try await Schoolhouse.open { school in
            let ada = try await school.visitor(signedInAs: Cast.ada)
            #expect(try await ada.get("/admin/students").status == 403)
        }
    }
}
