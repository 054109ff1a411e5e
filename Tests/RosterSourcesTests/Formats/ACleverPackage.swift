import Core
import Foundation
import RosterSources
import Testing

@Suite struct ACleverPackage {
    private let bench: Workbench
    init() throws { bench = try Workbench() }

    private static let files = [
        "schools.csv": """
        School_id,School_name,School_number,State_id
        s1,Pine Hollow,12,
        s2,Oak Bend,13,
        """,
        "students.csv": """
        School_id,Student_id,Student_number,State_id,Last_name,Middle_name,First_name,Grade,Gender,DOB,Race,Frl_status,Student_email,Contact_relationship,Contact_name,Username,Password
        s1,ana,00012,TX9,Reyes,,Ana,4,F,11/1/98,W,Free,ana@home.example,Mother,Eva Reyes,areyes,secret1
        s1,ana,00012,TX9,Reyes,,Ana,4,F,11/1/98,W,Free,ana@home.example,Father,Luis Reyes,areyes,secret1
        s2,ana,00012,TX9,Reyes,,Ana,4,F,11/1/98,W,Free,ana@home.example,Father,Luis Reyes,areyes,secret1
        s2,ben,00013,,Ode,,Ben,7,M,,,,,,,,
        """,
        "teachers.csv": """
        School_id,Teacher_id,Teacher_number,Teacher_email,First_name,Last_name,Title,Username,Password
        s1,quill,7,oquill@staff.example,Odalys,Quill,Dr,oquill,x
        """,
        "staff.csv": """
        School_id,Staff_id,Staff_email,First_name,Last_name,Title,Role
        s1,lund,zlund@staff.example,Zoë,Lund,Principal,School Admin
        """,
        "sections.csv": """
        School_id,Section_id,Teacher_id,Teacher_2_id,Name,Section_number,Grade,Course_name,Period,Term_name,Term_start,Term_end
        s1,c1,quill,,Homeroom 4B,1,4,Homeroom,1,Year,08/17/2026,06/12/2027
        s2,c2,quill,nobody,,2,7,Algebra,3,Year,08/17/2026,06/12/2027
        """,
        "enrollments.csv": "School_id,Section_id,Student_id\ns1,c1,ana\ns2,c2,ben\n",
    ]

    private func read(_ files: [String: String]) throws -> Taken {
        try Taken(of: bench.zip(files.sorted { $0.key < $1.key }.map { ($0.key, Array($0.value.utf8)) }))
    }

    @Test func `gives schools, people, sections with their teachers and terms, and enrollments`() throws {
        let taken = try read(Self.files)
        #expect(taken.summary.format == .clever)
        #expect(taken.schools.map(\.sourceID) == ["s1", "s2"])
        #expect(
            taken.people == [
                RosterPerson(
                    sourceID: "ana", role: .student, schoolIDs: ["s1"], username: "areyes", givenName: "Ana",
                    familyName: "Reyes", number: "00012", address: "ana@home.example", grade: "4"),
                RosterPerson(
                    sourceID: "ben", role: .student, schoolIDs: ["s2"], username: "", givenName: "Ben",
                    familyName: "Ode", number: "00013", grade: "7"),
                RosterPerson(
                    sourceID: "quill", role: .teacher, schoolIDs: ["s1"], username: "oquill", givenName: "Odalys",
                    familyName: "Quill", number: "7", address: "oquill@staff.example"),
                RosterPerson(
                    sourceID: "lund", role: .otherStaff, schoolIDs: ["s1"], username: "", givenName: "Zoë",
                    familyName: "Lund", address: "zlund@staff.example", roleWord: "siteadministrator"),
            ])
        #expect(taken.trackers.map(\.name) == ["Homeroom 4B", "Algebra (2)"])
        #expect(Set(taken.trackers.flatMap(\.termIDs)).count == 1)
        let year = RosterTerm(
            sourceID: taken.trackers[0].termIDs[0], beginsOn: "2026-08-17", endsOn: "2027-06-12")
        #expect(taken.records.count { $0 == .term(year) } == 1)
        for (tracker, teacher, isPrimary) in [("c1", "quill", true), ("c2", "quill", true), ("c2", "nobody", false)] {
            let seat = RosterEnrollment(
                trackerID: tracker, personID: teacher, role: .teacher, isPrimary: isPrimary)
            #expect(taken.records.contains(.enrollment(seat)), "\(seat)")
        }
        #expect(taken.problems.isEmpty, "\(taken.problems)")
    }

    @Test func `takes a student once, with every school, though each contact has a row`() throws {
        let taken = try read(Self.files)
        #expect(taken.people.count { $0.sourceID == "ana" } == 1)
        #expect(taken.records.contains(.role(RosterRole(personID: "ana", schoolID: "s2", role: .student))))
        // A teacher's other schools come with the sections.
        #expect(taken.records.contains(.role(RosterRole(personID: "quill", schoolID: "s2", role: .teacher))))
        #expect(taken.records.count == 16)
    }

    @Test func `keeps the term and the teacher of a section that was refused for the sections behind it`() throws {
        var files = Self.files
        files["sections.csv"] = """
            School_id,Section_id,Teacher_id,Teacher_2_id,Name,Term_name,Term_start,Term_end
            s2,c0,quill,1.23E+11,Spoiled,Year,08/17/2026,06/12/2027
            s2,c2,quill,,Algebra,Year,08/17/2026,06/12/2027
            """
        let taken = try read(files)
        #expect(taken.summary.rowsRefused == 1)
        #expect(taken.trackers.map(\.sourceID) == ["c2"])
        let term = RosterTerm(
            sourceID: try #require(taken.trackers.first?.termIDs.first), beginsOn: "2026-08-17", endsOn: "2027-06-12")
        #expect(taken.records.contains(.term(term)))
        #expect(taken.records.contains(.role(RosterRole(personID: "quill", schoolID: "s2", role: .teacher))))
    }

    @Test func `hands over nothing of birthdays, descent, lunches, contacts and passwords`() throws {
        let all = "\(try read(Self.files).records)"
        for secret in ["secret1", "11/1/98", "Free", "Eva", "Luis", "TX9", "Mother"] {
            #expect(!all.contains(secret), "\(secret)")
        }
    }

    @Test(arguments: ["DOB", "School_id", "Student_id", "Last_name"]) func `finds columns in any letters`(name: String)
        throws
    {
        var files = Self.files
        files["students.csv"] = files["students.csv"]?.replacingOccurrences(of: name, with: name.uppercased())
        #expect(try read(files).people.count == 4)
    }

    @Test func `without its students is refused with what to do`() throws {
        var files = Self.files
        files["students.csv"] = nil
        let refusal = try #require(throws: RosterRefused.self) { try read(files) }
        #expect(refusal.value == "students.csv")
        files["students.csv"] = "School_id,Last_name,First_name\ns1,Reyes,Ana\n"
        let column = try #require(throws: RosterRefused.self) { try read(files) }
        #expect(column.value == "students.csv: Student_id")
    }
}
