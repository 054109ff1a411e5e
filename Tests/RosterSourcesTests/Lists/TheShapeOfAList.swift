import Core
import RosterSources
import Testing

@Suite struct TheShapeOfAList {
    private let text = "Locker,Name,Email\nL1,Ana Reyes,ana@birch.example\nL2,Cleo de la Cruz,cleo@birch.example\n"

    @Test func `is carried by a form without a word of the list`() throws {
        let list = try StudentList(text)
        let again = try #require(StudentListShape(encoded: list.shape.encoded))
        #expect(again.encoded == list.shape.encoded && list.shape.taking(again) == list.shape)
        #expect(!list.shape.encoded.contains("Ana") && !list.shape.encoded.contains("Locker"))
        #expect(again.columns.allSatisfy { $0.header.isEmpty && $0.examples.isEmpty })
    }

    @Test(arguments: [
        "", "comma header", "comma header 0123456789abcdef", "comma header 0123456789ABCDEF number:95",
        "comma maybe 0123456789abcdef number:95", "colon header 0123456789abcdef number:95",
        "comma header 0123456789abcdef number:101", "comma header 0123456789abcdef number",
        "comma header 0123456789abcdef dob:95", "comma header 0123456789abcdef  number:95",
    ])
    func `is none where a form sends something else`(text: String) {
        #expect(StudentListShape(encoded: text) == nil)
    }

    @Test func `is corrected by whoever knows better`() throws {
        let list = try StudentList(text)
        #expect(list.meanings == "ignored whole address" && list.asked == [2])
        let said = try #require(list.shape.saying([.number, .wholeName, .address]))
        #expect(said.isCertain && said.columns[1].examples == ["Ana Reyes", "Cleo de la Cruz"])
        var taken = Taken()
        _ = try list.file.read(as: said, in: StudentList.school, into: &taken)
        #expect(taken.names == ["Ana|Reyes", "Cleo|de la Cruz"])
        #expect(taken.people.map(\.sourceID) == ["L1", "L2"])
        #expect(try list.taken(as: .ignored, .wholeNameFamilyFirst, .address).names.first == "Reyes|Ana")
        #expect(list.shape.saying([.number]) == nil)
    }

    @Test func `is remembered for lists of the same columns alone`() throws {
        let said = try #require(try StudentList(text).shape.saying([.number, .wholeName, .address]))
        let next = try StudentList("locker, NAME ,E-mail\nL7,Ben Ode,ben@birch.example\n").shape.taking(said)
        #expect(next?.isCertain == true && next?.columns.map(\.meaning) == [.number, .wholeName, .address])
        for other in ["Locker,Email,Name\nL7,b@b.example,Ben\n", "Locker;Name;Email\nL7;Ben;b@b.example\n"] {
            #expect(try StudentList(other).shape.taking(said) == nil)
            #expect(throws: RosterRefused.self) {
                var taken = Taken()
                _ = try StudentList(other).file.read(as: said, in: StudentList.school, into: &taken)
            }
        }
    }

    @Test func `must say who the students are`() throws {
        let list = try StudentList(text)
        #expect { try list.taken(as: .number, .ignored, .address) } throws: { error in
            (error as? RosterRefused)?.reason.contains("who the students are") == true
        }
    }

    @Test func `has a header or not by a person's word`() throws {
        let list = try StudentList("Reyes;Ana\nOde;Ben\n")
        #expect(!list.shape.hasHeader)
        let headed = list.file.shape(hasHeader: true)
        #expect(headed.columns.map(\.header) == ["Reyes", "Ana"])
        var taken = Taken()
        let said = try #require(headed.saying([.familyName, .givenName]))
        let counts = try list.file.read(as: said, in: StudentList.school, into: &taken)
        #expect(taken.names == ["Ben|Ode"] && counts.read == 1)
    }
}
