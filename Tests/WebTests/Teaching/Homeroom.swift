import Core
import Foundation
import Rendering
import Testing

@testable import Web

/// A believable teacher with her trackers and students, to draw pages with.
struct Homeroom {
    let visit: Visit
    let renderer: Renderer
    /// September 2, 2026, 10:21 in Denver.
    static let now = Timestamp(milliseconds: 1_788_366_060_000)
    let mint = IDMint(at: Homeroom.now, seed: 7, lane: 11)
    let homeroom: TrackerName
    let math: TrackerName
    let teacher: SignedIn

    init(language: String = "en", path: String = "/people/students", isAdministrator: Bool = false) throws {
        let catalogs = try Catalogs.ours().withPseudoLanguage()
        let house = House(
            district: "Juniper Valley School District", publicURL: "https://bell.junipervalley.example/",
            assets: try Assets.ours(), catalogs: catalogs)
        teacher = SignedIn(
            id: Self.id(900), kind: .staff, name: "Ana Beltrán", username: "abeltran", isAdministrator: isAdministrator,
            place: "Alder Creek Elementary")
        visit = Visit(
            house: house, words: catalogs.words(language), zone: try #require(TimeZone(identifier: "America/Denver")),
            now: Self.now, signedIn: teacher, path: path)
        renderer = try Renderer(
            templateFolders: [try Assets.templates()], constants: house.assets.constants)
        homeroom = TrackerName(id: Self.id(501), name: "Homeroom 4B")
        math = TrackerName(id: Self.id(502), name: "Math 4")
    }

    /// The same id for the same number.
    static func id<Owner>(_ number: UInt8) -> ID<Owner> { ID(bytes: [UInt8](repeating: 0, count: 15) + [number]) }
    static func id<Owner>(_ number: Int) -> ID<Owner> {
        ID(bytes: [UInt8](repeating: 0, count: 14) + [UInt8(number / 256), UInt8(number % 256)])
    }

    static func username(of name: String) -> String { name.lowercased().filter { $0.isLetter && $0.isASCII } }

    func draw(_ page: some Page) throws -> String { try renderer.render(page, words: visit.words) }

    func student(
        _ number: Int, _ name: String, _ state: StudentState, address: String? = "home@mail.example",
        mailedAt: Timestamp? = nil, reason: String? = nil, cardAt: Timestamp? = nil, until: Timestamp? = nil
    ) -> StudentLine {
        StudentLine(
            id: Self.id(number), name: name, username: Self.username(of: name),
            address: address, trackers: [homeroom, math], state: state, lastMailAt: mailedAt, lastMailReason: reason,
            lastCardAt: cardAt, waitsUntil: until)
    }

    /// One student in each state, in the order of the board.
    var oneOfEach: [StudentLine] {
        let yesterday = Self.now - .days(1)
        let soon = Self.now + .days(14)
        return [
            student(1, "Beckett O’Hara", .bounced, mailedAt: yesterday, reason: "mailbox does not exist"),
            student(2, "Sofía Ibáñez Quiroga", .failed, mailedAt: yesterday, reason: "550 5.1.1 no such mailbox"),
            student(3, "Łucja Wiśniewska", .locked, mailedAt: yesterday),
            student(4, "Amara Nwosu-Bright", .noAddress, address: nil),
            student(5, "Jean-Luc Béranger", .notMailed),
            student(6, "Dmitri Volkonsky", .maybe, mailedAt: yesterday),
            student(7, "Wren Takahashi", .ranOut, mailedAt: Self.now - .days(16)),
            student(8, "Ada Okonkwo-Reyes", .mailed, mailedAt: yesterday, until: soon),
            student(9, "Noah Okonkwo-Reyes", .mailed, mailedAt: Self.now - .days(3), until: soon),
            student(10, "Zoë Vandenberghe", .sending, mailedAt: Self.now),
            student(11, "Shreya D’Souza", .printed, address: nil, cardAt: yesterday, until: soon),
            student(12, "Mateo Villaseñor", .handed, cardAt: yesterday, until: soon),
            student(13, "Màiri MacAskill", .active, mailedAt: yesterday),
            student(14, "Theo Nguyễn", .suspended),
        ]
    }

    func list(_ lines: [StudentLine], found: Int? = nil, next: String? = nil) -> StudentList {
        var counts = StateCounts()
        for line in lines { counts.add(line.state) }
        return StudentList(lines: lines, counts: counts, found: found ?? lines.count, next: next)
    }

    func tracker(_ name: TrackerName, _ counts: StateCounts) -> TrackerLine {
        TrackerLine(
            id: name.id, name: name.name, grade: "4", room: "12", period: nil, school: "Alder Creek Elementary",
            counts: counts)
    }

    func people(_ names: String...) -> MailingPreview.People {
        let first = names.enumerated().map { index, name in
            MailingPreview.Person(
                id: Self.id(index + 1), name: name, givenName: String(name.prefix { $0 != " " }),
                username: "user\(index)", language: "en")
        }
        return MailingPreview.People(count: first.count, first: first)
    }

    var preview: MailingPreview {
        var preview = MailingPreview()
        preview.mailed = people("Jean-Luc Béranger", "Niamh Ó Dálaigh", "Priya Raghunathan")
        preview.noAddress = people("Amara Nwosu-Bright", "Tomás Ferreira")
        preview.bounced = people("Beckett O’Hara")
        preview.maybeSent = people("Dmitri Volkonsky")
        preview.recent = people("Ada Okonkwo-Reyes")
        preview.active = people("Theo Nguyễn", "Kai Makoa")
        return preview
    }

    var letter: LetterPreview {
        LetterPreview(
            sender: "Ana Beltrán, Alder Creek Elementary", subject: "Jean-Luc, your school account is ready",
            opening: [
                "Hello Jean-Luc,",
                "Your school account at FirstBell is ready. Press the button and choose your own password.",
            ],
            button: "Choose my password",
            closing: [
                "Your username is jberanger. The button works until September 16.",
                "Did you not expect this mail? Show it to a grown-up or to your teacher.",
            ],
            signature: ["Ana Beltrán", "Alder Creek Elementary"])
    }

    func fate(
        _ number: Int, _ name: String, _ state: MailState, reason: String? = nil, nextTryAt: Timestamp? = nil,
        isActive: Bool = false
    ) -> MailFate {
        MailFate(
            id: Self.id(number), student: Self.id(number), name: name,
            username: Self.username(of: name), address: "home@mail.example", state: state,
            at: Self.now, nextTryAt: nextTryAt, reason: reason, isActive: isActive)
    }

    func report(_ mails: [MailFate], skipped: MailingPreview = MailingPreview(), message: String = "") -> MailingReport
    {
        var counts: [MailState: Int] = [:]
        for mail in mails { counts[mail.state, default: 0] += 1 }
        return MailingReport(
            id: Self.id(700), madeAt: Self.now, madeBy: "Ana Beltrán", isMine: true,
            audience: MailingAudience(isAll: true), message: message, counts: counts, mails: mails, skipped: skipped,
            next: nil)
    }

    func card(_ name: String, password: String?, language: String = "en", state: StudentState = .printed) -> LoginCard {
        LoginCard(
            name: name, username: Self.username(of: name), language: language, state: state,
            secret: password.map { password in
                LoginCard.Secret(
                    temporaryPassword: Redacted(password),
                    link: Redacted("https://bell.junipervalley.example/activate/kFq8Zt3mW0aVzQk7Qd2mWx9TfR4bYhN0aV"),
                    worksUntil: Self.now + .days(30))
            })
    }

    func sheet(_ groups: [CardGroup]) -> CardSheet {
        CardSheet(
            id: Self.id(800), number: 18, madeAt: Self.now, madeBy: "Ana Beltrán",
            district: "Juniper Valley School District", isSingle: false, groups: groups)
    }

    /// What a person reads of a page: without tags, blanks run together.
    static func text(_ html: String) -> String {
        html.replacing(/<[^>]*>/, with: " ").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// The whole sheet, all pieces after each other.
    func draw(_ page: CardSheetPage) throws -> String {
        try (0..<page.count).map { try page.piece($0, by: renderer) }.joined()
    }
}
