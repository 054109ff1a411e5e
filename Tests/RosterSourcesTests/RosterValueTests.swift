import Core
import Testing

@testable import RosterSources

@Suite struct AValueOfARoster {
    @Test func `is a day in each form that is seen`() {
        let forms = [
            "2026-08-31": "2026-08-31", "2026-8-31": "2026-08-31", "2026/08/31": "2026-08-31", "20260831": "2026-08-31",
            "2026-08-31T00:00:00.000Z": "2026-08-31", "2026-08-31 08:01:05": "2026-08-31", "8/31/2026": "2026-08-31",
            "08/05/2026": "2026-08-05", "31/8/2026": "2026-08-31", "2028-02-29": "2028-02-29",
        ]
        for (text, day) in forms { #expect(RosterDay.normalized(text) == day, "\(text)") }
    }

    @Test(arguments: [
        "2026-02-29", "2026-13-01", "2026-00-10", "31-08-2026", "11/1/98", "tomorrow", "2026-08", "0", "2026-08-31-1",
        "-",
        "20268-1-1", "２０２６-08-31", "99999999", "",
    ]) func `is no day when there is no such day`(text: String) {
        #expect(RosterDay.normalized(text) == nil)
    }

    @Test(arguments: [
        "zoe@birch.example", "Zoe.O'Connor+school@mail.birch.example", "a@b.co", "x_y-z@xn--schule-mnchen-4ob.example",
        String(repeating: "a", count: 64) + "@birch.example",
    ]) func `is an address that mail can go to`(text: String) {
        #expect(AddressFault.of(text) == nil)
    }

    @Test(arguments: [
        "zoe", "zoe@", "@birch.example", "zoe@birch", "a@b@c.example", "zoe @birch.example",
        "zoe@birch.example\nBcc: x@y.zz",
        "\"zoe\"@birch.example", "Zoe <zoe@birch.example>", ".zoe@birch.example", "zoe..x@birch.example",
        "zoe@-birch.example",
        "zoe@birch..example", "zoe@127.0.0.1", "zoë@birch.example", "zoe@birch.example,al@birch.example", "zoe@[::1]",
        String(repeating: "a", count: 65) + "@birch.example", "a@" + String(repeating: "b.", count: 126) + "example",
        "zoe@birch.example\u{0}", "zoe@birch.example.",
    ]) func `is no address when mail cannot go there`(text: String) {
        #expect(AddressFault.of(text) != nil)
    }

    @Test(arguments: [
        "Zoë", "O'Conner", "TR'SHAIVION", "Jean-Luc", "de la Cruz", "太郎", "Nguyễn", "محمد", "J.", "-", "McGee",
        "می\u{200C}خواهم", "Smith, III", String(repeating: "é", count: 100),
    ]) func `is a name whatever language it is in`(text: String) throws {
        #expect(try PersonName.checked(text) == text)
    }

    @Test func `is a name with line ends and tabs made into blanks`() throws {
        #expect(try PersonName.checked("Ana\r\nSofía\tMaria\u{2028}") == "Ana Sofía Maria")
    }

    @Test(arguments: [
        "Zo\u{FFFD}", "Zo\u{0}e", "Zo\u{202E}e", "Zo\u{7F}e", "Zo\u{9B}e", String(repeating: "é", count: 101),
    ]) func `is no name when it cannot be shown`(text: String) {
        #expect(throws: RowRefused.self) { try PersonName.checked(text) }
    }

    @Test(arguments: [
        "00032", "8f5c-1", "a b", "u/1@x", "1E5", "12E+", "E+11", "1-2", "13-Novak", "113-Nov", "Nov", "-Nov", "7-a",
        String(repeating: "x", count: 255),
    ])
    func `is an id and stays as it is`(text: String) throws {
        #expect(try RosterID.checked(text) == text)
    }

    @Test(arguments: [
        "", "1.23E+11", "1E+11", "2.5e+7", "1,23E+11", "13-Nov", "3-ene", "Dez-13", "4-Mär", "a\u{7}b",
        String(repeating: "x", count: 256),
    ])
    func `is no id when a spreadsheet or nobody wrote it`(text: String) {
        #expect(throws: RowRefused.self) { try RosterID.checked(text) }
    }

    @Test func `is a list of ids with blanks and brackets around them`() throws {
        #expect(try RosterID.list("a, b ,,c") == ["a", "b", "c"])
        #expect(try RosterID.list("[]") == [])
        #expect(try RosterID.list("") == [])
        #expect(try RosterID.list("[a]") == ["a"])
        #expect(try RosterID.list("a") == ["a"])
    }

    @Test func `is a username as sent, or none`() {
        var notes: [RowNote] = []
        for text in ["zoe", "Zoë.O'Connor@birch.example", "00032", String(repeating: "x", count: 128)] {
            #expect(RosterUsername.checked(text, notes: &notes) == text)
        }
        #expect(RosterUsername.checked("", notes: &notes) == "")
        #expect(notes.isEmpty)
        for text in ["zoe ahn", "zoe\u{A0}ahn", "zoe\u{0}", "zoe\u{202E}", String(repeating: "x", count: 129)] {
            #expect(RosterUsername.checked(text, notes: &notes) == "")
        }
        #expect(notes.count == 5)
    }

    @Test func `is a language by tag, by three letters, or by name`() {
        let forms = [
            "es": "es", "ES-mx": "es-mx", "spa": "es", "Spanish": "es", "Español": "es", "zh-Hans": "zh-hans",
            "fil": "fil",
        ]
        for (text, tag) in forms { #expect(RosterLanguage.tag(text) == tag, "\(text)") }
        for text in ["", "unknown tongue", "e", "es_MX", "00", "es-"] {
            #expect(RosterLanguage.tag(text) == nil, "\(text)")
        }
    }

    @Test func `is a role that OneRoster knows`() {
        #expect(RosterRoleName.kind("Student") == .student)
        #expect(RosterRoleName.kind("teacher") == .teacher)
        for text in ["administrator", "aide", "Principal", "districtAdministrator", "counselor", "proctor"] {
            #expect(RosterRoleName.kind(text) == .otherStaff)
        }
        for text in ["parent", "guardian", "relative", "ext:visitor"] { #expect(RosterRoleName.kind(text) == .nobody) }
        #expect(RosterRoleName.kind("wizard") == nil)
        #expect(RosterRoleName.kind("") == nil)
    }

    @Test func `looks garbled when UTF-8 was read as something else before`() {
        for name in ["JosÃ©", "ZoÃ«", "Â¿Ana"] { #expect(PersonName.looksGarbled(name)) }
        for name in ["José", "Ã", "ÃO", "Zoe", "Â"] { #expect(!PersonName.looksGarbled(name)) }
    }
}
