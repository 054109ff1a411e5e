import Core
import RosterSources
import Testing

@Suite struct WhatAListKeepsBack {
    @Test(arguments: [
        "Gender", "Sex", "DOB", "Date of Birth", "BirthDate", "Birthday", "Ethnicity", "Race", "Hispanic_Latino",
        "Lunch Status", "Free Meals", "Frl_status", "IEP", "ELL", "Medical Notes", "Allergies", "Home Phone", "Tel.",
        "Phone 2", "Street", "Home Address", "Address", "ZIP", "Password", "Student Password", "PIN", "SSN",
        "Parent Email", "ParentEmail", "Guardian 1 E-Mail", "Mother's name", "Father's Email", "Emergency contact",
        "Contact_email", "Home Email", "Teacher email", "Recovery Email", "Geburtsdatum", "Geschlecht",
        "E-Mail der Eltern", "Telefon", "Passwort", "Fecha de nacimiento", "Género", "Correo del padre", "Teléfono",
        "Contraseña", "Correo del tutor", "GPA", "Comments", "Passport No.", "Blood type", "Custody", "Dietary needs",
        "Relationship", "504 Plan", "Sexe",
        "Nombre del representante", "Religion", "Nationality", "Date de naissance",
    ])
    func `is named so in the header`(header: String) throws {
        let list = try StudentList(
            "Student ID;First;Last;\(header);Email\n4711;Ana;Reyes;secret@z.example;a@b.example\n")
        #expect(list.shape.columns[3].meaning == .keptOut || header == "Address")
        #expect(list.shape.columns[4].meaning == .address)
        guard header != "Address" else { return }
        #expect(list.shape.isCertain)
        #expect(try !list.told().contains("secret"))
        // Nor by the word of whoever uploads it.
        let said = try #require(list.shape.saying([.number, .givenName, .familyName, .username, .address]))
        let decoded = try #require(
            StudentListShape(encoded: said.encoded.replacing("kept-out:100", with: "username:100")))
        var taken = Taken()
        _ = try list.file.read(as: decoded, in: StudentList.school, into: &taken)
        #expect(taken.people.map(\.username) == [""])
        #expect(!"\(taken.records) \(taken.problems) \(said)".contains("secret"))
    }

    @Test func `is not what only sounds alike`() throws {
        let list = try StudentList(
            "Grace,Family Name,Home Room,First name,School email\nx,Reyes,4B,Ana,ana@birch.example\n")
        #expect(list.meanings == "ignored family tracker given address")
    }

    @Test func `are days even where no header says so`() throws {
        for day in ["2016-03-12", "3/12/2016", "12.03.16", "2016/3/12 00:00"] {
            let list = try StudentList("Reyes;Ana;\(day)\nOde;Ben;\(day)\n")
            #expect(list.shape.columns[2].meaning == .keptOut)
            #expect(try !list.told().contains(day))
        }
    }

    @Test func `are days under a wrong name, but not ids that look like days`() throws {
        let list = try StudentList("Student ID,First,Last,Year\n10-12-34,Ana,Reyes,12/3/2016\n")
        #expect(list.meanings == "number given family kept-out")
        #expect(try list.taken().people.map(\.sourceID) == ["10-12-34"])
    }

    @Test func `stays back where a row has slipped`() throws {
        let list = try StudentList("Last,First,DOB\nReyes,Ana,2016-03-12\nHo, III,Al,2015-01-02\n")
        let taken = try list.taken()
        #expect(taken.names == ["Ana|Reyes"])
        #expect(taken.refusals.map(\.reason).allSatisfy { $0.contains("more values than there are columns") })
        #expect(try !list.told().contains("2015"))
    }

    @Test func `has no examples, and neither has what is not read`() throws {
        let list = try StudentList("Last,First,Locker,Grade\nReyes,Ana,L-77,A\nOde,Ben,L-78,B\nQuill,Cleo,L-79,F\n")
        #expect(list.shape.columns.map(\.examples) == [["Reyes", "Ode", "Quill"], ["Ana", "Ben", "Cleo"], [], []])
        #expect(try !list.told().contains("L-7"))
    }
}
