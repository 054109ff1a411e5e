import Foundation
import Testing

@testable import Rendering

@Suite struct ACatalog {
    let head = "msgid \"\"\nmsgstr \"\"\n\"Plural-Forms: nplurals=2; plural=(n != 1);\\n\"\n\n"

    @Test func `reads messages over several lines, plurals, comments and escapes`() throws {
        let catalog = try Catalog(
            head + """
                #. A comment for the translator.
                #: Sources/Web/Page.swift:3
                msgid ""
                "Press "
                "Send"
                msgstr "Pulsa \\"Enviar\\"\\n"
                "ahora"

                msgid "{count} mail"
                msgid_plural "{count} mails"
                msgstr[0] "{count} correo"
                msgstr[1] "{count} correos"
                #~ msgid "gone"
                #~ msgstr "ido"
                """)
        #expect(catalog.header["Plural-Forms"] == "nplurals=2; plural=(n != 1);")
        #expect(catalog.entries.map(\.message) == ["Press Send", "{count} mail"])
        #expect(catalog.entries.map(\.forms) == [["Pulsa \"Enviar\"\nahora"], ["{count} correo", "{count} correos"]])
    }

    @Test func `is read alike with the line ends of Windows`() throws {
        let text = head + "msgid \"Send\"\nmsgstr \"Enviar\"\n"
        #expect(try Catalog(text.replacing("\n", with: "\r\n")) == Catalog(text))
    }

    @Test(arguments: [
        ("msgid \"a\"\n", 1, "without msgstr"),
        ("msgid \"a\"\nmsgstr \"b\"\n\nmsgid \"a\"\nmsgstr \"c\"\n", 4, "twice"),
        ("#, fuzzy\nmsgid \"a\"\nmsgstr \"b\"\n", 2, "fuzzy"),
        ("msgid \"a\nmsgstr \"b\"\n", 1, "quote not closed"),
        ("msgid \"a\" b\nmsgstr \"b\"\n", 1, "after the closing quote"),
        ("msgid \"a\\q\"\nmsgstr \"b\"\n", 1, "escape"),
        ("msgid a\nmsgstr \"b\"\n", 1, "quotes"),
        ("\"lost\"\n", 1, "without keyword"),
        ("msgctxt \"x\"\nmsgid \"a\"\nmsgstr \"b\"\n", 1, "unknown keyword"),
        ("msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[1] \"c\"\n", 3, "out of order"),
    ])
    func `says what is wrong and where`(text: String, line: Int, reason: String) {
        let fault = #expect(throws: Catalog.Fault.self) { try Catalog(text) }
        #expect(fault?.line == line)
        #expect(fault?.reason.contains(reason) == true)
    }

    @Test func `with an empty translation or too few plural forms is refused`() throws {
        for text in [
            "msgid \"a\"\nmsgstr \"\"\n", "msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[0] \"c\"\n",
            "msgid \"a\"\nmsgstr \"{{b}}\"\n",
        ] {
            let folder = try folder(["es/staff.po": head + text])
            let fault = #expect(throws: Catalogs.Fault.self) { try Catalogs.load(folder) }
            #expect(fault?.description.contains("es/staff.po: line 5") == true, "\(String(describing: fault))")
        }
    }

    @Test func `of a language is one file away`() throws {
        let polish =
            "msgid \"\"\nmsgstr \"\"\n\"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && "
            + "(n%100<10 || n%100>=20) ? 1 : 2);\\nX-Language-Name: Polski\\n\"\n\nmsgid \"{count} mail\"\n"
            + "msgid_plural \"{count} mails\"\nmsgstr[0] \"{count} list\"\nmsgstr[1] \"{count} listy\"\n"
            + "msgstr[2] \"{count} listów\"\n"
        let catalogs = try Catalogs.load(folder(["pl/mail.po": polish]))
        let words = catalogs.words("pl-PL")
        #expect(catalogs.languages == ["en", "pl"])
        #expect(words.name == "Polski")
        let counted = [1, 3, 5, 12, 22].map { words.plural("{count} mail", "{count} mails", $0) }
        #expect(counted == ["1 list", "3 listy", "5 listów", "12 listów", "22 listy"])
        #expect(words("Send") == "Send")
        #expect(catalogs.words("xx").language == "en")
        #expect(catalogs.words(nil).language == "en")
    }

    @Test(arguments: ["", "nplurals=2", "nplurals=0; plural=0;", "nplurals=2; plural=(n;", "nplurals=2; plural=n+q;"])
    func `without a plural rule that can be read is refused`(header: String) {
        #expect(PluralRule(header: header) == nil)
    }

    private func folder(_ files: [String: String]) throws -> String {
        try TemporaryFolder.made(with: files)
    }
}

/// Folders of files for one test.
enum TemporaryFolder {
    static func made(with files: [String: String]) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "firstbell-\(UUID().uuidString)")
        for (path, text) in files {
            let file = folder.appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        return folder.path
    }
}
