import Core
import Storage
import TestSupport
import Testing

@Suite struct AForgottenPassword {
    private static let new = "umbrella cactus moon"

    private func ask(_ school: Schoolhouse, _ name: String) async throws -> Answer {
        try await school.visitor().post("/forgot-password", ["username": name])
    }

    @Test func `is mailed a way to a new one, and the old one works until then`() async throws {
        try await Schoolhouse.open { school in
            let inside = try await school.visitor(signedInAs: Cast.cleo)
            #expect(try await ask(school, "cleo.bell").location == "/forgot-password?asked=1")
            let mail = try await school.only { $0.isRenewal }
            #expect(mail.mail.address == "cleo@home.example")
            #expect(try await inside.get("/home").status == 200)
            let page = try await school.visitor().get(mail.path)
            #expect(page.status == 200 && page.text.contains("Hello Cleo! Choose a new password."))
            #expect(try await inside.get("/home").status == 200)
            let visitor = school.visitor()
            #expect(try await visitor.post(mail.path, ["password": Self.new]).location == "/home?news=password")
            #expect(try await visitor.get("/home").status == 200)
            #expect(try await inside.get("/home").status == 303, "her other browser is signed out")
            #expect(try await school.visitor().signIn("cleo.bell", Cast.password).status == 422)
            #expect(try await school.visitor().signIn("cleo.bell", Self.new).location == "/home")
            let told = try await school.only { $0.event == .passwordChanged }
            #expect(told.mail.address == "cleo@home.example")
        }
    }

    @Test func `link works once, and for nobody else's account`() async throws {
        try await Schoolhouse.open { school in
            _ = try await ask(school, "cleo.bell")
            let mail = try await school.only { $0.isRenewal }
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<16 {
                    group.addTask {
                        try await school.visitor().post(mail.path, ["password": "lantern orbit pickle \(number)"])
                            .status
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.count { $0 == 303 } == 1)
            #expect(try await school.visitor().get(mail.path).status == 404)
            let spoiled = String(mail.path.dropLast(2)) + "AA"
            #expect(try await school.visitor().get(spoiled).status == 404)
            // The two kinds of tokens are of the same form, and neither passes for the other.
            let token = mail.path.dropFirst("/activate/".count)
            #expect(try await school.visitor().get("/not-me/\(token)").status == 404)
        }
    }

    @Test func `link lives an hour for staff and a day for a student`() async throws {
        try await Schoolhouse.open { school in
            for (member, life) in [(Cast.ada, Span.hours(1)), (Cast.cleo, .days(1))] {
                _ = try await ask(school, member.username)
                let mail = try await school.only { $0.isRenewal }
                school.clock.advance(by: life - .seconds(1))
                #expect(try await school.visitor().get(mail.path).status == 200)
                school.clock.advance(by: .seconds(1))
                #expect(try await school.visitor().get(mail.path).status == 404)
            }
        }
    }

    @Test(arguments: ["reset", "changed", "suspended", "moved"])
    func `link dies with what it was made for`(_ what: String) async throws {
        try await Schoolhouse.open { school in
            _ = try await ask(school, "cleo.bell")
            let mail = try await school.only { $0.isRenewal }
            let now = school.clock.now
            switch what {
            case "reset":
                let ada = try await school.visitor(signedInAs: Cast.ada)
                try await ada.reset("/people/students/\(Cast.cleo.id)", act: Cast.id(99))
            case "changed":
                let cleo = try await school.visitor(signedInAs: Cast.cleo)
                try await cleo.post("/account/password", ["old": Cast.password, "password": Self.new])
            case "suspended": try await school.suspend(Cast.cleo)
            default:
                try await school.write {
                    try $0.changeAddress(
                        AddressChange(
                            of: Cast.cleo.id, to: "x@y.example", isPinned: true, by: nil, entry: .new(at: now), at: now)
                    )
                }
            }
            #expect(try await school.visitor().get(mail.path).status == 404)
            #expect(try await school.visitor().post(mail.path, ["password": Self.new]).status == 404)
        }
    }

    @Test(arguments: ["en", "es"])
    func `is answered with the same bytes, whatever exists`(_ language: String) async throws {
        try await Schoolhouse.open { school in
            try await school.suspend(Cast.hal)
            let names = [
                "nobody.here", "cleo.bell", "cleo@home.example", "dina.cole", "ben.ames", "dunn@home.example",
                "hal.frost",
                "ruth.okoye", "someone@else.example", "'; DROP TABLE account; --", String(repeating: "x", count: 5_000),
                "\u{202E}x", "cleo.bell",
            ]
            var answers: Set<String> = []
            for name in names {
                let visitor = school.visitor()
                visitor.keep(cookie: "language", language)
                let answer = try await visitor.post("/forgot-password", ["username": name])
                let headers = answer.headers.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
                let page = try await visitor.get(try #require(answer.location))
                answers.insert("\(answer.status) \(headers) \(answer.body) \(page.status) \(page.body)")
            }
            #expect(answers.count == 1)
            let text = try #require(answers.first)
            #expect(text.contains(language == "es" ? "Pregunta a tu profe" : "Ask your teacher"))
            #expect(!text.contains("cleo"))
        }
    }

    @Test func `of an account without an address, or one that is suspended, mails nobody`() async throws {
        try await Schoolhouse.open { school in
            try await school.suspend(Cast.cleo)
            for name in ["dina.cole", "cleo.bell", "nobody.here"] { _ = try await ask(school, name) }
            #expect(try await school.count("SELECT count(*) AS value FROM mail") == 0)
        }
    }

    @Test func `of a student who waits sends the activation email, and their row says so`() async throws {
        try await Schoolhouse.open { school in
            _ = try await ask(school, "ben.ames")
            #expect(
                try await school.count(
                    "SELECT count(*) AS value FROM account WHERE id = \(Cast.ben.id) AND mail_state = 'queued'") == 1)
            _ = try await ask(school, "ben.ames")
            let mail = try await school.only { $0.isActivation }
            #expect(mail.mail.senderName == "Alder Creek Elementary")
            #expect(mail.mail.senderPlace == "Juniper Valley")
            let answer = try await school.visitor().post(mail.path, ["password": Self.new])
            #expect(answer.location == "/home?news=first")
        }
    }

    @Test func `at an address that siblings share mails each of them with the own name`() async throws {
        try await Schoolhouse.open { school in
            _ = try await ask(school, " DUNN@home.example ")
            let sent = try await school.emptyMailbox()
            #expect(sent.map(\.mail.username).sorted() == ["eve.dunn", "finn.dunn"])
            #expect(Set(sent.map(\.path)).count == 2)
        }
    }

    @Test func `at an address of many mails ten of them`() async throws {
        try await Schoolhouse.open { school in
            try await school.write { connection in
                for number in 100..<112 as Range<UInt8> {
                    let id: ID<Account> = Cast.id(number)
                    try connection.execute(
                        """
                        INSERT INTO account (id, kind, origin, username, given_name, family_name, sort_name, address, address_key)
                        VALUES (\(id), 'student', 'roster', \("many\(number)"), 'Many', 'Dunn', 'dunn many',
                          'many@home.example', 'many@home.example')
                        """)
                }
            }
            _ = try await ask(school, "many@home.example")
            #expect(try await school.emptyMailbox().count == 10)
        }
    }

    @Test func `is mailed once in two minutes and five times a day`() async throws {
        try await Schoolhouse.open { school in
            var sent = 0
            for _ in 0..<3 { _ = try await ask(school, "cleo.bell") }
            sent += try await school.emptyMailbox().count
            #expect(sent == 1)
            _ = try await ask(school, "cleo@home.example")
            #expect(try await school.emptyMailbox().isEmpty, "by another name it is the same account")
            for _ in 0..<10 {
                school.clock.advance(by: .minutes(2))
                _ = try await ask(school, "cleo.bell")
                sent += try await school.emptyMailbox().count
            }
            #expect(sent == 5)
            school.clock.advance(by: .days(1))
            _ = try await ask(school, "cleo.bell")
            #expect(try await school.emptyMailbox().count == 1)
        }
    }

    @Test func `is taken from a whole school at once, and not without end`() async throws {
        try await Schoolhouse.open { school in
            for number in 0..<300 { #expect(try await ask(school, "child\(number)").status == 303) }
            let answer = try await ask(school, "cleo.bell")
            #expect(answer.status == 429 && answer["retry-after"] == "600")
            #expect(answer.body.contains("value=\"cleo.bell\"") && answer.text.contains("Nothing is lost."))
            #expect(try await school.count("SELECT count(*) AS value FROM mail") == 0)
            school.clock.advance(by: .minutes(10))
            #expect(try await ask(school, "cleo.bell").status == 303)
            #expect(try await school.emptyMailbox().count == 1)
        }
    }

    @Test func `needs a name`() async throws {
        try await Schoolhouse.open { school in
            let answer = try await ask(school, "  ")
            #expect(answer.status == 422 && answer.text.contains("Type your username or your email address."))
        }
    }
}

extension Span {
    static func - (left: Span, right: Span) -> Span { .seconds(Int((left.milliseconds - right.milliseconds) / 1_000)) }
}
