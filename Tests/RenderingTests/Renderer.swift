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
