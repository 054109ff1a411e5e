import Core
import RosterSources
import Testing

@Suite struct TheColumnsOfAList {
    @Test(arguments: [
        (
            "Student_Number,Last_Name,First_Name,Grade_Level,Home_Room\n004711,Reyes,Ana,4,Quill\n",
            "number family given grade tracker"
        ),
        (
            "UPN\tSurname\tForename\tReg\tYear\nA820200001\tOde\tBen\t7X\t7\n", "number family given tracker grade"
        ),
        ("Student ID,Last,First,Grade,Email\n11,Reyes,Ana,4,ana@birch.example\n", "number family given grade address"),
        (
            "Nombre;Apellidos;Correo electrónico;Año;Grupo;N.º de matrícula\nZoë;Peña;zoe@birch.example;4;4B;77\n",
            "given family address grade tracker number"
        ),
        (
            "Primer apellido;Segundo apellido;Nombre\nPeña;Ruiz;Zoë\n", "family family given"
        ),
        ("Klasse;Name;Vorname;Benutzername\n4b;Ode;Ben;bode\n", "tracker family given username"),
        ("Klasse;Nachname;Vorname\n4;Ode;Ben\n4;Reyes;Ana\n", "grade family given"),
        (
            "Nom;Prénom;Sexe;Classe;Mail élève;Mail parent\nOde;Ben;M;6A;b@b.example;p@b.example\n",
            "family given kept-out tracker address kept-out"
        ),
        (
            "Nº de orden;Apellidos y Nombre;Grado;Sección\n1;Peña Ruiz, Zoë;4.º;B\n",
            "ignored whole-family-first grade tracker"
        ),
        ("Roll No,Adm No,Name of Pupil,Father's Name\n1,77,\"Ode, Ben\",Max Ode\n", "ignored number whole kept-out"),
        ("NAME,SURNAME\nBen,Ode\n", "given family"),
        ("Legal Forename|Legal Surname|Known As\nBenjamin|Ode|Ben\n", "given family preferred"),
        ("Student ID,姓,名\n4711,太田,太郎\n", "number family given"),
        (
            "First Name [Required],Last Name [Required],Email Address [Required],Password [Required]\nA,B,a@b.example,x\n",
            "given family address kept-out"
        ),
        ("Student's Name (Last, First);Student #\nReyes, Ana;4711\n", "whole number"),
        ("Homeroom Teacher,Homeroom,First,Last\nQuill,12,Ana,Reyes\n", "ignored tracker given family"),
        ("Name,Class 1,Class 2\n\"Reyes, Ana\",Art,Latin\n", "whole tracker tracker"),
    ])
    func `are known by their names in many languages`(text: String, meanings: String) throws {
        let list = try StudentList(text)
        #expect(list.meanings == meanings)
        #expect(list.shape.hasHeader && list.shape.isCertain, "asks about \(list.asked)")
    }

    @Test func `are found behind every separator, whatever stands in quotes`() throws {
        for (sign, delimiter) in [(",", ListDelimiter.comma), (";", .semicolon), ("\t", .tab), ("|", .bar)] {
            let list = try StudentList(
                "Name\(sign)Class\n\"Reyes, Ana; the elder | 2\t\"\(sign)4B\n\"Ode, Ben\"\(sign)4B\n")
            #expect(list.shape.delimiter == delimiter && list.shape.columns.count == 2)
        }
        #expect(try StudentList("Name;Class\nReyes, Ana;4B\nOde, Ben;4B\n").shape.delimiter == .semicolon)
        #expect(try StudentList("sep=|\nName|Note, or so\nAna|a,b,c\n").shape.delimiter == .bar)
    }

    @Test(arguments: [
        "Name\nReyes, Ana\nOde, Ben\n", "Reyes, Ana\nOde, Ben\nQuill, Cleo\n", "Name\n\"Reyes, Ana\"\n\"Ode, Ben\"",
        "Last, First\nReyes, Ana\n",
        "Student\nReyes,Ana\nOde,Ben\nTotal: 2\n",
    ])
    func `are one where each line is a name`(text: String) throws {
        let list = try StudentList(text)
        #expect(list.meanings == "whole" && list.shape.delimiter == .none || list.meanings == "family given")
        #expect(list.shape.isCertain)
        #expect(try list.taken().names.contains("Ana|Reyes"))
    }

    @Test func `are asked about where given and family name cannot be told apart`() throws {
        let whole = try StudentList("Ana Reyes\nBen Ode\n")
        #expect(whole.meanings == "whole" && whole.asked == [1] && !whole.shape.hasHeader)
        let parts = try StudentList("Reyes,Ana\nOde,Ben\n")
        #expect(parts.meanings == "family given" && parts.asked == [1, 2])
        #expect(try parts.taken(as: .givenName, .familyName).names == ["Reyes|Ana", "Ode|Ben"])
    }

    @Test func `are guessed by what stands in them, without a header`() throws {
        let german = try StudentList("4b;Ode;Ben;12.03.2016;47120;\n4b;Reyes;Ana;1.9.2016;47110;\n")
        #expect(german.meanings == "tracker family given kept-out number ignored")
        #expect(german.asked == [1, 2, 3])
        #expect(german.shape.columns.allSatisfy { $0.header.isEmpty })
        let english = try StudentList("Ana Reyes,ana@birch.example,4\nBen Ode,ben@birch.example,4\n")
        #expect(english.meanings == "whole address grade" && english.asked == [1, 3])
        let words = try StudentList(
            "Reyes;Ana;Oak;w\nOde;Ben;Oak;m\nQuill;Cleo;Elm;w\nAmes;Dov;Elm;m\nHo;Al;Oak;m\n")
        #expect(words.meanings == "family given ignored kept-out" && words.asked == [1, 2])
        let names = try StudentList("1. Ana Reyes\n2. Ben Ode\n")
        #expect(!names.shape.isCertain)
    }

    @Test func `are asked about where two say the same`() throws {
        let list = try StudentList("Pupil ID,Student ID,First,Last\n1,7,Ana,Reyes\n")
        #expect(list.meanings == "number ignored given family" && list.asked == [1, 2])
        let better = try StudentList("Student ID,Student Number,First,Last\n1,7,Ana,Reyes\n")
        #expect(better.meanings == "ignored number given family" && better.shape.isCertain)
    }

    @Test func `are no grades where they are marks`() throws {
        for marks in [["A", "B+", "F"], ["87", "93", "55"], ["7.5", "9,5", "8.0"]] {
            let rows = zip(["Ana", "Ben", "Cleo"], marks).map { "\($0);Ode;\($1)\n" }.joined()
            let list = try StudentList("First;Last;Grade\n\(rows)")
            #expect(list.meanings == "given family ignored" && list.asked == [3])
        }
        for grades in [["K", "1", "12"], ["04", "05", "PK"], ["4th", "Year 5", "6.º"]] {
            let rows = zip(["Ana", "Ben", "Cleo"], grades).map { "\($0);Ode;\($1)\n" }.joined()
            #expect(try StudentList("First;Last;Grade\n\(rows)").meanings == "given family grade")
        }
    }

    @Test func `are no student numbers where they count the rows`() throws {
        let list = try StudentList("No.,Name,First name\n1,Reyes,Ana\n2,Ode,Ben\n")
        #expect(list.meanings == "ignored family given" && list.shape.isCertain)
        #expect(
            try StudentList("No.,Name,First name\n47110,Reyes,Ana\n47120,Ode,Ben\n").meanings == "number family given")
    }

    @Test(arguments: [
        "Students\nLast,First\nReyes,Ana\n", "Class 4B\n\nLast, First\nReyes, Ana\n",
        "Students,\n,\nLast,First\nReyes,Ana\n",
        "Roster of 31.8.2026\nStudents\nLast,First\nReyes,Ana\n", "4711\nLast;First\nReyes;Ana\n",
    ])
    func `are looked for below titles of any kind`(text: String) throws {
        let list = try StudentList(text)
        #expect(list.meanings == "family given" && list.shape.isCertain)
        #expect(try list.taken().names == ["Ana|Reyes"])
    }

    @Test func `are looked for below a title`() throws {
        let list = try StudentList("Birch School 2026,,\n,,\nLast,First,Email\nReyes,Ana,ana@birch.example\n")
        #expect(list.meanings == "family given address" && list.shape.isCertain)
        let taken = try list.taken()
        #expect(taken.names == ["Ana|Reyes"] && taken.problems.isEmpty && taken.places.last?.line == 4)
    }
}
