import Core
import Foundation
import RosterSources
import Testing

@Suite struct AListOfStudents {
    @Test func `gives the school, its trackers, its students and who is where`() throws {
        let taken = try StudentList(
            """
            Student_Number,Last_Name,First_Name,Grade_Level,Home_Room,Student_Email,Username,Nickname
            004711,Reyes,Ana,4,4B,Ana@Birch.example,areyes,Annie
            004712,O'DEA,BEN,4,4b,,,
            """
        ).taken()
        #expect(
            taken.records == [
                .school(StudentList.school),
                .person(
                    RosterPerson(
                        sourceID: "004711", role: .student, schoolIDs: ["birch"], username: "areyes", givenName: "Ana",
                        familyName: "Reyes", preferredGivenName: "Annie", number: "004711",
                        address: "Ana@Birch.example", grade: "4")),
                .tracker(RosterTracker(sourceID: "birch/4b", schoolID: "birch", name: "4B")),
                .enrollment(RosterEnrollment(trackerID: "birch/4b", personID: "004711", role: .student)),
                .person(
                    RosterPerson(
                        sourceID: "004712", role: .student, schoolIDs: ["birch"], username: "", givenName: "BEN",
                        familyName: "O'DEA", number: "004712", grade: "4")),
                .enrollment(RosterEnrollment(trackerID: "birch/4b", personID: "004712", role: .student)),
            ])
        #expect(taken.problems.isEmpty)
        #expect(taken.places.map(\.line) == [0, 2, 2, 2, 3, 3])
    }

    @Test func `is read whatever it is written in, and however its lines end`() throws {
        let text = "Nombre;Apellidos;Grupo\nZoë;Peña;4.º B\n"
        let marked = [0xEF, 0xBB, 0xBF] + Array(text.utf8)
        let latin = text.unicodeScalars.map { UInt8($0.value) }
        let utf16: [UInt8] =
            [0xFF, 0xFE] + text.utf16.flatMap { unit -> [UInt8] in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
        let carriageReturns = Array(text.replacing("\n", with: "\r").utf8)
        let windows = Array(text.replacing("\n", with: "\r\n").utf8)
        for bytes in [Array(text.utf8), marked, latin, utf16, carriageReturns, windows] {
            let taken = try StudentList(bytes).taken()
            #expect(taken.names == ["Zoë|Peña"])
            #expect(taken.trackers.map(\.name) == ["4.º B"])
        }
        let problem = try #require(try StudentList(latin).taken().problems.last)
        #expect(problem.reason.contains("Windows-1252") && problem.value.contains("Peña"))
    }

    @Test func `pasted from a spreadsheet may have line breaks and quotation marks in its cells`() throws {
        let taken = try StudentList(
            "Student\tStudent #\r\n\"Reyes-\r\nQuill, Ana \"\"Annie\"\"\"\t4711\r\n\u{200b} Ode, Ben\u{a0}\t4712\r\n"
        ).taken()
        #expect(taken.names == ["Ana \"Annie\"|Reyes- Quill", "Ben|Ode"])
    }

    @Test func `tells students apart by numbers, else usernames, else addresses, else names`() throws {
        let header = "First,Last,Email,Username,Student ID\n"
        let all = try StudentList(header + "Ana,Reyes,Ana@b.example,AReyes,007\n").taken()
        #expect(all.people.map(\.sourceID) == ["007"])
        let username = try StudentList(header + "Ana,Reyes,Ana@b.example,AReyes,\n").taken()
        #expect(username.people.map(\.sourceID) == ["areyes"])
        let address = try StudentList(header + "Ana,Reyes,Ana@B.example,,\n").taken()
        #expect(address.people.map(\.sourceID) == ["ana@b.example"] && address.problems.isEmpty)
        let name = try StudentList(header + "Ana,  Peña,,,\n").taken()
        #expect(name.people.map(\.sourceID) == ["birch/pena ana"])
        #expect(name.problems.count == 1 && name.reasons[0].contains("by their names alone"))
        #expect(!name.problems[0].isRefused)
    }

    @Test func `without numbers refuses all who share a name`() throws {
        let taken = try StudentList("Name\nReyes, Ana\nOde, Ben\nREYES, ana\n").taken()
        #expect(taken.names == ["Ben|Ode"])
        #expect(taken.refusals.map(\.place.line) == [2, 4])
        #expect(taken.refusals.allSatisfy { $0.reason.contains("Two students have this name") })
        #expect(taken.refusals.map(\.subject) == [.person("birch/reyes ana"), .person("birch/reyes ana")])
        let numbered = try StudentList("Name,Number\n\"Reyes, Ana\",47110\n\"Reyes, Ana\",47120\n").taken()
        #expect(numbered.people.count == 2 && numbered.problems.isEmpty)
    }

    @Test func `has a student once who stands in a row for each class`() throws {
        let taken = try StudentList(
            "Student ID,First,Last,Section\n11,Ana,Reyes,Art\n12,Ben,Ode,Art\n11,Ana,Reyes,Latin\n11,Anna,Reyes,Music\n"
        ).taken()
        // Somebody else under the same number is for the plan to see.
        #expect(taken.names == ["Ana|Reyes", "Ben|Ode", "Anna|Reyes"])
        #expect(
            taken.enrollments == [
                "11 in birch/art", "12 in birch/art", "11 in birch/latin", "11 in birch/music",
            ])
    }

    @Test(arguments: [
        ("1.23E+11,Ana,Reyes", "changed by a spreadsheet"), ("\"1,23E+11\",Ana,Reyes", "changed by a spreadsheet"),
        ("13-Nov,Ana,Reyes", "changed by a spreadsheet"), ("Nov-13,Ana,Reyes", "changed by a spreadsheet"),
        (",Ana,Reyes", "a column that is empty here"), ("77,,", "The person has no name"),
        ("77,Ana,Reyes,extra", "more values than there are columns"), ("Total: 25,,", "names no student"),
        ("Total,25,", "names no student"), ("77,12,13", "names no student"), ("77,\"A\"na,Reyes", "quotation mark"),
        ("77,An\u{0001}a,Reyes", "invisible control characters"),
    ])
    func `says what is wrong with a line, and goes on`(line: String, reason: String) throws {
        let taken = try StudentList("Student ID,First,Last\n11,Ana,Reyes\n\(line)\n12,Ben\n").taken()
        #expect(taken.people.map(\.sourceID) == ["11", "12"])
        #expect(taken.refusals.count == 1 && taken.reasons[0].contains(reason), "\(taken.problems)")
        #expect(taken.refusals[0].place == RosterPlace(file: "list.csv", line: 3))
    }

    @Test(arguments: ["Total: 2", "25 students", "Students: 2", "TOTAL 2", "2", "Sum"])
    func `of names alone has no student in its last line`(line: String) throws {
        let taken = try StudentList("Name\nReyes, Ana\nSum, Wing\n\(line)\n").taken()
        #expect(taken.names == ["Ana|Reyes", "Wing|Sum"])
        #expect(taken.refusals.count == 1)
    }

    @Test func `says of whom a refused line is, so that they are not taken off`() throws {
        let taken = try StudentList(
            "First,Last,Student ID\nAna,Reyes,11\n,,12\nBen,Ode,\nCleo,Quill,1E+11\nTotal: 4,,\n,x,13,y\n"
        ).taken()
        #expect(
            taken.refusals.map(\.subject) == [
                .person("12"), .somebody, .somebody, .person("birch/"), .person("13"),
            ])
    }

    @Test func `leaves empty rows out and fills short ones`() throws {
        let taken = try StudentList("First,Last,Student ID,Class\n,,,\nAna,Reyes,11\n\n  ,,\nBen,Ode,12,4B,,\n").taken()
        #expect(taken.people.map(\.sourceID) == ["11", "12"] && taken.problems.isEmpty)
        #expect(taken.enrollments == ["12 in birch/4b"])
    }

    @Test func `warns of what it leaves away`() throws {
        let taken = try StudentList(
            "Student ID,First,Last,Email,Login\n11,Ana,Reyes,ana at home,a reyes\n12,Ben,Ode,b@b.example,\n"
        )
        .taken()
        #expect(taken.people.first?.address == nil && taken.people.first?.username == "")
        #expect(taken.problems.count == 2 && taken.refusals.isEmpty)
        let named = try StudentList("Username\nareyes\nbode2\n").taken()
        #expect(named.names == ["|areyes", "|bode2"])
    }

    @Test func `refuses classes that a spreadsheet has made days of`() throws {
        let taken = try StudentList("Student ID,First,Last,Class\n11,Ana,Reyes,04-Mar\n12,Ben,Ode,3-5\n").taken()
        #expect(taken.people.map(\.sourceID) == ["12"] && taken.trackers.map(\.sourceID) == ["birch/3-5"])
        #expect(taken.refusals.map(\.value) == ["04-Mar"])
    }

    @Test func `says what to do where it is no list`() {
        for (bytes, words) in [
            ([0x50, 0x4B, 3, 4, 20, 0], "workbook"), (Array("%PDF-1.7".utf8), "PDF"), ([], "empty"),
            (Array("\n\r\n".utf8), "empty"), (Array("First,Last\n".utf8), "empty"), (Array("sep=;\n".utf8), "empty"),
            (Array("Name,Class\n\"Ana,4B\nBen,4B\n".utf8), "quotation mark"), ([65, 0x81, 0xFF], "encoding"),
        ] as [([UInt8], String)] {
            #expect { try StudentList(bytes) } throws: { error in
                (error as? RosterRefused)?.reason.contains(words) == true
            }
        }
    }

    @Test func `is a file too, under the name that its owner gave it`() throws {
        let bench = try Workbench()
        let path = try bench.file(Array("Student ID,Name\n007,Pelé\n,\n008,\"-, Ana\"\n13-Nov,Ben\n".utf8))
        let list = try StudentListFile(at: URL(fileURLWithPath: path), named: "4B.csv")
        var taken = Taken()
        var parts: [Double] = []
        let counts = try list.read(as: list.shape, in: StudentList.school, into: &taken) { parts.append($0) }
        #expect(taken.names == ["|Pelé", "Ana|-"])
        #expect(counts.read == 3 && counts.refused == 1 && counts.leftOut == 0)
        #expect(taken.refusals.first?.place == RosterPlace(file: "4B.csv", line: 5) && parts.last == 1)
        #expect(throws: RosterRefused.self) {
            _ = try StudentListFile(at: URL(fileURLWithPath: path + "x"), named: "4B.csv")
        }
    }

    @Test func `looks the same whatever the pieces it comes in, with a value beyond all limits too`() throws {
        let long = String(repeating: "e", count: 70_000)
        let bytes = Array("Student ID,First,Last,Email\n11,Ana,Reyes,a@\(long)\n12,Ben,Ode,b@b.example\n".utf8)
        let shapes = try [1, 7, 1_000, 100_000].map { piece in
            try StudentListFile(named: "list.csv") { PiecemealBytes(bytes, piece: piece) }.shape
        }
        #expect(Set(shapes.map(\.encoded)).count == 1 && shapes[0].columns[3].examples == ["b@b.example"])
        let taken = try StudentList(bytes).taken()
        #expect(taken.people.map(\.sourceID) == ["12"] && taken.refusals.first?.reason.contains("far too long") == true)
    }

    @Test func `takes its columns from names in whatever order they come`() throws {
        let taken = try StudentList(
            "Segundo apellido;Correo;Nombre;Primer apellido\nRuiz;z@b.example;Zoë;Peña\n"
        ).taken()
        #expect(taken.names == ["Zoë|Ruiz Peña"])
    }
}
