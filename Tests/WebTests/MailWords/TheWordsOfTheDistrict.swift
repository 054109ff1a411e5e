import Core
import Mail
import Storage
import TestSupport
import Testing
import Web

@Suite struct TheWordsOfTheDistrict {
    private static let path = "/admin/mail/words/activation-student/en"

    private func press(
        _ visitor: Visitor, _ subject: String, _ body: String, base: Int = 1, act: UInt8 = 71, reader: String = "",
        look: Bool = false, path: String = path
    ) async throws -> Answer {
        let fields: KeyValuePairs = [
            "act": "\(Cast.id(act) as ID<Act>)", "base": "\(base)", "subject": subject, "body": body, "reader": reader,
        ]
        let more: KeyValuePairs = [
            "act": "\(Cast.id(act) as ID<Act>)", "base": "\(base)", "subject": subject, "body": body, "reader": reader,
            "look": "1",
        ]
        return try await visitor.post(path, look ? more : fields)
    }

    private func count(_ school: Schoolhouse) async throws -> Int {
        try await school.count("SELECT count(*) AS value FROM mail_words")
    }

    @Test func `begin with FirstBell's own, are saved by one press, and go back by one`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let list = try await ruth.text(of: "/admin/mail/words")
            #expect(list.contains("Activation email to students") && list.contains("Español"))
            let fresh = try await ruth.get(Self.path)
            #expect(fresh.body.contains("value=\"{given_name}, your school account is ready\""))
            #expect(
                fresh.body.contains(
                    "Hello {given_name},\n\nYour school account at FirstBell is ready. Press the button"))
            #expect(fresh.body.contains("Ben, your school account is ready"))
            for _ in 0..<2 {
                #expect(
                    try await press(ruth, "Hi {given_name}", "From {sender}").location == Self.path + "?saved=1")
            }
            #expect(try await count(school) == 1)
            let saved = try await ruth.get(Self.path + "?saved=1")
            #expect(saved.text.contains("That is saved.") && saved.text.contains("Saved by Ruth Okoye"))
            #expect(saved.body.contains("From Ruth Okoye"))
            #expect(try await ruth.text(of: "/admin/mail/words").contains("Your words"))
            #expect(
                try await ruth.post(Self.path + "/own", ["act": "\(Cast.id(72) as ID<Act>)", "base": "2"]).status == 303
            )
            let back = try await ruth.get(Self.path)
            #expect(back.text.contains("These are FirstBell’s own words."))
            #expect(back.body.contains("value=\"{given_name}, your school account is ready\""))
            #expect(try await ruth.text(of: "/admin/audit").contains("changed the words of a mail"))
        }
    }

    @Test func `are FirstBell's own when nothing of them was changed`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            #expect(
                try await press(
                    ruth, "{given_name}, your school account is ready",
                    "Hello {given_name},\r\n\r\nYour school account at FirstBell is ready. Press the button and choose your own password."
                ).status == 303)
            #expect(try await ruth.text(of: Self.path).contains("These are FirstBell’s own words."))
        }
    }

    @Test(arguments: [
        ("", "Hi", "Something has to stand here."), ("Hi\r\nBcc: x@evil.example", "Hi", "A subject is one line."),
        ("Hi {name}", "Hi", "“{name}” cannot be filled in."),
        ("Hi", "Hi {given_name", "At “{given_name” a brace stands alone."),
        ("Hi", "Hi } there", "At “} there” a brace stands alone."),
        ("Hi", "Hi\u{1}there", "After “Hi” stands a character"),
        ("Hi", "Hi \u{202E}there", "After “Hi” stands a character"),
        (String(repeating: "a", count: 151), "Hi", "Shorten it by 1 character: 150 fit."),
        ("Hi", String(repeating: "b", count: 4_002), "Shorten it by 2 characters: 4000 fit."),
    ])
    func `that cannot be are told in a sentence, and what was typed stays`(
        subject: String, body: String, says: String
    ) async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            for look in [false, true] {
                let answer = try await press(ruth, subject, body, look: look)
                #expect(answer.status == 422 && answer.text.contains(says), "\(answer.text)")
                #expect(answer.text.contains("Nothing is saved yet."))
                #expect(answer.body.contains("\n\(body)</textarea>"))
                #expect(answer.body.contains("name=\"subject\" value=\"\(subject)\""))
            }
            #expect(try await count(school) == 0)
        }
    }

    @Test func `are text, whatever they look like`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let nasty = "{{given_name}} {{{username}}} {{#t}}x{{/t}} <script>alert(1)</script> \"'& %s $x"
            #expect(try await press(ruth, nasty, nasty).status == 303)
            let page = try await ruth.get(Self.path)
            #expect(!page.body.contains("<script>alert"))
            #expect(
                page.body.contains("{{given_name}} {{{username}}} {{#t}}x{{/t}} &lt;script&gt;alert(1)&lt;/script&gt;"))
            _ = try await (try await school.visitor(signedInAs: Cast.ada)).post(
                "/people/students/\(Cast.ben.id)/activation-email", ["act": "\(Cast.id(73) as ID<Act>)"])
            let mail = try await school.only(\.isActivation).mail
            let message = try #require(try school.services.mailroom.composer.message(for: mail, at: school.clock.now))
            #expect(message.subject.description == nasty)
            #expect(message.text.hasPrefix(nasty + "\n"))
            #expect(!message.html.contains("<script>"))
        }
    }

    @Test func `are looked at before they are saved, as a chosen reader would read them`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let look = try await press(
                ruth, "To {given_name}", "You are {username} of {school}", reader: "HAL.frost", look: true)
            #expect(look.status == 200)
            #expect(look.body.contains("<strong>To Hal</strong>") && look.body.contains("hal@home.example"))
            #expect(look.body.contains("You are hal.frost of Birch Hill Middle"))
            #expect(look.body.contains("value=\"HAL.frost\"") && look.body.contains("name=\"base\" value=\"1\""))
            #expect(try await count(school) == 0)
            for nobody in ["nobody.here", "ada.moss"] {
                let answer = try await press(ruth, "To", "You", reader: nobody, look: true)
                #expect(answer.text.contains("Nobody whom this mail could go to has this username."))
                #expect(!answer.body.contains("<iframe"))
            }
        }
    }

    @Test func `are nobody's loss when two change them at once`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            #expect(try await press(ruth, "Theirs", "Theirs too").status == 303)
            let late = try await press(ruth, "Mine", "Mine too", act: 72)
            #expect(late.status == 409 && late.text.contains("Somebody else has saved other words"))
            #expect(late.body.contains("value=\"Mine\"") && late.body.contains("\nMine too</textarea>"))
            #expect(late.text.contains("What they have saved") && late.body.contains("Theirs too</pre>"))
            #expect(late.body.contains("name=\"base\" value=\"2\""))
            #expect(try await count(school) == 1)
            #expect(
                try await ruth.post(Self.path + "/own", ["act": "\(Cast.id(74) as ID<Act>)", "base": "1"]).status == 409
            )
            #expect(try await press(ruth, "Mine", "Mine too", base: 2, act: 73).status == 303)
            #expect(try await ruth.get(Self.path).body.contains("value=\"Mine\""))
        }
    }

    @Test func `are the district's administrators' alone`() async throws {
        try await Schoolhouse.open { school in
            try await school.makeAdministrator(Cast.gray, of: Cast.alder)
            for member in [Cast.ada, Cast.gray, Cast.cleo] {
                let visitor = try await school.visitor(signedInAs: member)
                #expect(try await visitor.get("/admin/mail/words").status == 403)
                #expect(try await visitor.get(Self.path).status == 403)
                #expect(try await press(visitor, "Mine", "Mine").status == 403)
                #expect(try await visitor.post(Self.path + "/own", ["act": "x", "base": "1"]).status == 403)
            }
            #expect(try await press(school.visitor(), "Mine", "Mine").location?.hasPrefix("/sign-in") == true)
            #expect(try await count(school) == 0)
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            for path in ["/admin/mail/words/notice-student/en", "/admin/mail/words/activation-student/tlh"] {
                #expect(try await ruth.get(path).status == 404)
                #expect(try await press(ruth, "Mine", "Mine", path: path).status == 404)
            }
        }
    }
}
