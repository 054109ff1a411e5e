import Testing

@testable import Rendering

@Suite struct TheRenderer {
    struct ClassPage: Page {
        static let template = "class"
        struct Student {
            let name: String?
            let isActive: Bool
            let note: String?
        }
        let name: String
        let students: [Student]
        let day: String?
    }

    let page = ClassPage(
        name: "O’Brien & <Co>",
        students: [.init(name: "Ada", isActive: true, note: nil), .init(name: nil, isActive: false, note: "\"new\"")],
        day: nil)

    func draw(_ templates: [String: String], words: Words = .english) throws -> String {
        let files = Dictionary(uniqueKeysWithValues: templates.map { ("\($0.key).mustache", $0.value) })
        return try Renderer(templateFolders: [TemporaryFolder.made(with: files)]).render(page, words: words)
    }

    @Test func `escapes what it fills in and never lets a missing value be somebody else's`() throws {
        let text = try draw([
            "class":
                "<h1 title=\"{{name}}\">{{#students}}[{{name}}{{#isActive}}!{{/isActive}}{{note}}]{{/students}}{{day}}"
        ])
        #expect(text == "<h1 title=\"O’Brien &amp; &lt;Co&gt;\">[Ada!][&quot;new&quot;]")
    }

    @Test func `refuses a name that the page does not know, in rows too`() {
        #expect(throws: TemplateError.unknownNames(["nmae", "titel"], in: "class")) {
            try draw(["class": "{{titel}}{{#students}}{{nmae}}{{/students}}"])
        }
    }

    @Test func `refuses a name that the page does not know where nothing would be drawn`() {
        #expect(throws: TemplateError.unknownNames(["titel"], in: "class")) {
            try draw(["class": "{{#day}}{{titel}}{{/day}}"])
        }
    }

    @Test func `refuses what has no text, and a way that leads nowhere`() throws {
        #expect(
            throws: TemplateError.unknownNames(["nobody.door", "place", "place.name.first", "students"], in: "rooms")
        ) {
            try drawRooms("{{students}}{{place}}{{nobody.door}}{{^nobody}}{{place.name.first}}{{/nobody}}")
        }
    }

    @Test func `goes through what may be missing, and draws nothing where it is`() throws {
        #expect(try drawRooms("{{somebody.name}}{{nobody.name}}{{#nobody.isOpen}}a{{/nobody.isOpen}}") == "Hall")
        #expect(
            try drawRooms("{{^nobody.isOpen}}shut{{/nobody.isOpen}}{{^somebody.isOpen}}a{{/somebody.isOpen}}") == "shut"
        )
        let open = "{{#place}}{{#somebody.isOpen}}{{name}}{{.floor}}{{/somebody.isOpen}}{{/place}}"
        #expect(try drawRooms(open) == "Room 123")
    }

    @Test func `refuses templates that draw each other without an end`() {
        #expect(throws: TemplateError.self) { try draw(["class": "{{>other}}", "other": "{{>class}}"]) }
    }

    @Test(arguments: [
        "{{=<% %>=}}", "{{>*name}}", "{{upper(name)}}", "{{}}", "{{name", "{{/name}}", "{{<a}}{{name}}{{/a}}",
    ])
    func `refuses tags that it does not draw`(template: String) {
        #expect(throws: TemplateError.self) { try draw(["class": template, "a": ""]) }
    }

    struct Rooms: Page {
        static let template = "rooms"
        enum Wing { case east }
        struct Place {
            let name: String
            let floor: Int
            let wing: Wing
            let isOpen: Bool?
        }
        let place = Place(name: "Room 12", floor: 3, wing: .east, isOpen: false)
        let nobody: Place? = nil
        let somebody: Place? = Place(name: "Hall", floor: -1, wing: .east, isOpen: true)
        let students: [[String]] = [["Ada", "Ben"], []]
        let empty: [Place] = []
        let name = "Page"
    }

    func drawRooms(_ template: String) throws -> String {
        try Renderer(templateFolders: [TemporaryFolder.made(with: ["rooms.mustache": template])])
            .render(Rooms(), words: .english)
    }

    @Test func `finds values by their path, of any type, in the innermost thing that has them`() throws {
        #expect(try drawRooms("{{place.name}} {{place.floor}} {{place.wing}}") == "Room 12 3 east")
        #expect(
            try drawRooms("{{#place}}{{name}}{{.floor}}{{^isOpen}}shut{{/isOpen}}{{/place}}{{name}}")
                == "Room 123shutPage")
        #expect(try drawRooms("{{#somebody}}{{name}}{{#.isOpen}}{{.name}}{{/.isOpen}}{{/somebody}}") == "HallHall")
    }

    @Test func `repeats what is in a list and says what is not there`() throws {
        #expect(try drawRooms("{{#students}}<{{#.}}{{.}},{{/.}}{{^.}}none{{/.}}>{{/students}}") == "<Ada,Ben,><none>")
        #expect(
            try drawRooms("{{^empty}}a{{/empty}}{{^nobody}}b{{/nobody}}{{^name}}c{{/name}}{{#empty}}d{{/empty}}")
                == "ab")
    }

    @Test func `leaves no line where a tag stands alone`() throws {
        let template = "<ul>\n  {{#students}}\n  <li>\n  {{! nobody reads this }}\n  {{/students}}\n</ul>\n{{name}}\n"
        #expect(try drawRooms(template) == "<ul>\n  <li>\n  <li>\n</ul>\nPage\n")
        #expect(try drawRooms("{{#place}}\r\n{{name}}\r\n{{/place}}\r\n") == "Room 12\r\n")
    }

    @Test func `refuses a missing partial before any page is drawn`() {
        #expect(throws: TemplateError.missing("frame/foot", askedBy: "class")) {
            try draw(["class": "{{>frame/foot}}"])
        }
        #expect(throws: TemplateError.missing("layout", askedBy: "class")) {
            try draw(["class": "{{<layout}}{{/layout}}"])
        }
    }

    @Test func `refuses a template that does not end its sections`() {
        #expect(throws: TemplateError.self) { try draw(["class": "{{#students}}"]) }
        #expect(throws: TemplateError.self) { try draw(["class": "{{#t}}Send"]) }
    }

    @Test func `refuses a folder without templates`() {
        #expect(throws: TemplateError.noFolder("/nowhere")) { try Renderer(templateFolders: ["/nowhere"]) }
    }

    @Test func `refuses a page whose template is not there`() {
        #expect(throws: TemplateError.missing("class", askedBy: "ClassPage")) { try draw(["other": "x"]) }
    }

    @Test func `refuses two templates of one name`() throws {
        let one = try TemporaryFolder.made(with: ["a.mustache": "1"])
        let two = try TemporaryFolder.made(with: ["a.mustache": "2"])
        #expect(throws: TemplateError.twice("a")) { try Renderer(templateFolders: [one, two]) }
    }

    @Test func `puts messages in the language of the words, escaped`() throws {
        let po =
            "msgid \"\"\nmsgstr \"\"\n\"Plural-Forms: nplurals=2; plural=(n != 1);\\n\"\n\n"
            + "msgid \"Don't send\"\nmsgstr \"No <envíes>\"\n"
        let spanish = try Catalogs.load(TemporaryFolder.made(with: ["es/staff.po": po])).words("es")
        let template = "<b>{{#t}}Don't\n   send{{/t}}</b>"
        #expect(try draw(["class": template]) == "<b>Don&#39;t send</b>")
        #expect(try draw(["class": template], words: spanish) == "<b>No &lt;envíes&gt;</b>")
        let plain = "{{% CONTENT_TYPE:TEXT}}\n{{name}}: {{#t}}Don't send{{/t}}"
        #expect(try draw(["class": plain]).hasSuffix("O’Brien & <Co>: Don't send"))
    }

    @Test func `escapes whatever braces a template writes, once`() throws {
        let text = try draw(["class": "{{name}}|{{{name}}}|{{&name}}|{{#name}}{{.}}{{/name}}|{{ name }}"])
        let once = "O’Brien &amp; &lt;Co&gt;"
        #expect(text.hasPrefix("\(once)|\(once)|\(once)|\(once)|"))
        #expect(!text.contains("<"))
    }

    @Test func `refuses plain text with partials, which would be HTML`() {
        #expect(throws: TemplateError.self) {
            try draw(["class": "{{% CONTENT_TYPE:TEXT}}\n{{>other}}", "other": "x"])
        }
    }

    @Test func `refuses tags and placeholders inside a message`() {
        #expect(throws: TemplateError.notPlain("Dear {{name}}", in: "class")) {
            try draw(["class": "{{#t}}Dear {{name}}{{/t}}"])
        }
        #expect(throws: TemplateError.notPlain("a <b>", in: "class")) { try draw(["class": "{{#t}}a <b>{{/t}}"]) }
    }

    @Test func `lets a page fill the blocks of a layout`() throws {
        let text = try draw([
            "class": "{{<layout}}{{$content}}in {{name}}{{/content}}{{/layout}}",
            "layout": "<main>{{$frame}}<p>{{$content}}{{/content}}</p>{{/frame}}</main>",
        ])
        #expect(text == "<main><p>in O’Brien &amp; &lt;Co&gt;</p></main>")
    }
}
