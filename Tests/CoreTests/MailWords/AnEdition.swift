import Core
import Foundation
import Storage
import TestSupport
import Testing

@Suite struct AnEdition {
    private static let ruth = Administrator(id: Cast.ruth.id, hasDistrict: true)

    private func change(
        _ school: Schoolhouse, from base: Int, act: ID<Act>? = nil, by administrator: Administrator = ruth
    ) -> MailEdition.Change {
        let now = school.clock.now
        return MailEdition.Change(
            act: act ?? .new(at: now), base: base, by: administrator, entry: .new(at: now), at: now)
    }

    private func text(_ words: String) throws -> MailText { try MailText(typedSubject: words, typedBody: words) }

    private func save(
        _ school: Schoolhouse, _ words: String?, _ letter: MailLetter = .studentActivation, in language: String = "en",
        from base: Int = 1, act: ID<Act>? = nil, by administrator: Administrator = ruth
    ) async throws -> MailEdition.Outcome {
        var saved: MailText?
        if let words { saved = try text(words) }
        let kept = saved
        let change = change(school, from: base, act: act, by: administrator)
        return try await school.write { try $0.save(kept, as: letter, in: language, change) }
    }

    private func mailBen(_ school: Schoolhouse) async throws {
        school.clock.advance(by: .minutes(3))
        let now = school.clock.now
        let ada = StudentViewer.teacher(Teacher(id: Cast.ada.id, day: SchoolDay(now, in: .gmt)))
        let signedIn = SignedIn(
            id: Cast.ada.id, kind: .staff, name: "Ada Moss", username: "ada.moss", isAdministrator: false,
            place: "Alder Creek Elementary")
        let new = NewMailing(
            act: .new(at: now), choice: MailingChoice(allTrackers: false), message: "", sender: signedIn,
            mint: IDMint(at: now), now: now)
        _ = try await school.write { try $0.send(new, toOnly: Cast.ben.id, again: true, by: ada) }
    }

    private func subjects(_ school: Schoolhouse) async throws -> [String?] {
        try await school.emptyMailbox().map { $0.mail.own.texts["en"]?.subject }
    }

    @Test func `reaches no mail that was pressed before it`() async throws {
        try await Schoolhouse.open { school in
            try await mailBen(school)
            #expect(try await save(school, "One") == .saved)
            #expect(try await subjects(school) == [nil])
            try await mailBen(school)
            #expect(try await save(school, "Two", from: 2) == .saved)
            #expect(try await save(school, nil, from: 3) == .saved)
            #expect(try await subjects(school) == ["One"])
            try await mailBen(school)
            #expect(try await subjects(school) == [nil])
        }
    }

    @Test func `reaches no forgotten password that was asked for before it`() async throws {
        try await Schoolhouse.open { school in
            func ask() async throws {
                school.clock.advance(by: .minutes(3))
                let now = school.clock.now
                let forgotten = ForgottenPassword(name: "cleo.bell", client: nil, mint: IDMint(at: now), now: now)
                #expect(try await school.write { try $0.ask(forgotten) })
            }
            try await ask()
            #expect(try await save(school, "One", .studentRenewal) == .saved)
            #expect(try await subjects(school) == [nil])
            try await ask()
            #expect(try await save(school, "Two", .studentRenewal, from: 2) == .saved)
            #expect(try await subjects(school) == ["One"])
        }
    }

    @Test func `is of one letter in one language`() async throws {
        try await Schoolhouse.open { school in
            #expect(try await save(school, "Hola", in: "es") == .saved)
            #expect(try await save(school, "Staff", .staffActivation) == .saved)
            try await mailBen(school)
            let sent = try await school.emptyMailbox()
            #expect(sent.map { $0.mail.own.texts.mapValues(\.subject) } == [["es": "Hola"]])
        }
    }

    @Test func `is made by one of two who save at once, and the other is told`() async throws {
        try await Schoolhouse.open { school in
            let outcomes = try await withThrowingTaskGroup(of: MailEdition.Outcome.self) { group in
                for number in 0..<8 { group.addTask { try await save(school, "Words \(number)") } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.count { $0 == .saved } == 1 && outcomes.count { $0 == .overtaken } == 7)
            #expect(try await school.count("SELECT count(*) AS value FROM mail_words") == 1)
            #expect(try await school.count("SELECT count(*) AS value FROM audit WHERE act = 'mail-words-changed'") == 1)
            let line = try await school.read { try $0.mailWords(.studentActivation, in: "en") }
            #expect(line.edition?.madeBy == "Ruth Okoye")
            #expect(try await save(school, "Mine now", from: 2) == .saved)
        }
    }

    @Test func `of other letters is in nobody's way`() async throws {
        try await Schoolhouse.open { school in
            let outcomes = try await withThrowingTaskGroup(of: MailEdition.Outcome.self) { group in
                for letter in MailLetter.allCases { group.addTask { try await save(school, "Words", letter) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes == Array(repeating: .saved, count: 4))
            #expect(try await school.count("SELECT max(number) AS value FROM mail_edition") == 5)
        }
    }

    @Test func `is made once by one press`() async throws {
        try await Schoolhouse.open { school in
            let act: ID<Act> = Cast.id(71)
            var outcomes: [MailEdition.Outcome] = []
            for _ in 0..<3 { outcomes.append(try await save(school, "One", act: act)) }
            #expect(outcomes == [.saved, .saved, .saved])
            #expect(try await school.count("SELECT count(*) AS value FROM mail_edition") == 1)
            #expect(try await school.count("SELECT count(*) AS value FROM audit WHERE act = 'mail-words-changed'") == 1)
        }
    }

    @Test func `is not made by an administrator of schools`() async throws {
        try await Schoolhouse.open { school in
            try await school.makeAdministrator(Cast.gray, of: Cast.alder)
            let gray = Administrator(id: Cast.gray.id, hasDistrict: false)
            #expect(try await save(school, "Mine", by: gray) == .notFound)
            #expect(try await school.count("SELECT count(*) AS value FROM mail_edition") == 0)
            #expect(try await school.count("SELECT count(*) AS value FROM audit WHERE act = 'mail-words-changed'") == 0)
        }
    }

    private func set(
        _ sender: MailSender, _ place: MailSenderPlace, from base: Int = 1, by administrator: Administrator = ruth,
        _ school: Schoolhouse
    ) async throws -> MailEdition.Outcome {
        let change = change(school, from: base, by: administrator)
        return try await school.write { try $0.save(sender, for: place, change) }
    }

    @Test func `of a sender says field by field what the school says, else the district`() async throws {
        try await Schoolhouse.open { school in
            let district = try MailSender(typedName: "District", replyTo: "d@district.example", signature: "Juniper")
            let alder = try MailSender(typedName: "", replyTo: "office@alder.example", signature: "")
            let birch = try MailSender(typedName: "Birch", replyTo: "", signature: "B")
            #expect(try await set(birch, .school(Cast.birch), school) == .saved)
            #expect(try await set(alder, .school(Cast.alder), school) == .saved)
            #expect(try await set(district, .district, school) == .saved)
            try await mailBen(school)
            #expect(try await set(.none, .school(Cast.alder), from: 3, school) == .saved)
            let sent = try await school.only(\.isActivation).mail.own.sender
            #expect(sent.name == "District" && sent.replyTo == "office@alder.example" && sent.signature == "Juniper")
            try await mailBen(school)
            #expect(try await school.only(\.isActivation).mail.own.sender == district)
        }
    }

    @Test func `of a sender is a school's administrator's for their own school alone`() async throws {
        try await Schoolhouse.open { school in
            try await school.makeAdministrator(Cast.gray, of: Cast.alder)
            let gray = Administrator(id: Cast.gray.id, hasDistrict: false)
            let sender = try MailSender(typedName: "Alder", replyTo: "", signature: "")
            #expect(try await set(sender, .school(Cast.birch), by: gray, school) == .notFound)
            #expect(try await set(sender, .district, by: gray, school) == .notFound)
            #expect(try await set(sender, .school(Cast.alder), by: gray, school) == .saved)
            #expect(try await set(sender, .school(Cast.alder), by: gray, school) == .overtaken)
            let lines = try await school.read { try $0.mailSenders(for: gray) }
            #expect(lines.map(\.name) == ["Alder Creek Elementary"] && lines.first?.sender == sender)
            #expect(try await school.read { try $0.mailSender(.school(Cast.birch), for: gray) } == nil)
            #expect(try await school.read { try $0.mailSender(.district, for: gray) } == nil)
            let seen = try await school.read { try $0.audit(for: gray) }
            #expect(seen.lines.contains { $0.act == "mail-sender-changed" })
        }
    }
}
