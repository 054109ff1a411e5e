import Core
import Storage
import Testing

@Suite struct ACardSheet {
    private let keyring: Keyring

    init() throws { keyring = try Keyring(keys: [Array(repeating: 7, count: 32)]) }

    private var secrets: CardSecrets {
        CardSecrets(keyring: keyring) { Redacted("https://bell.example/activate/\($0.value)") }
    }

    private func new(
        _ room: Staffroom, _ scope: NewCardSheet.Scope = .groups(MailingChoice(allTrackers: true)),
        act: ID<Act>? = nil, states: Set<StudentState>? = nil, repeats: Bool = false, after: Span = .seconds(0)
    ) -> NewCardSheet {
        let now = room.now + after
        return NewCardSheet(
            act: act ?? .new(at: now), scope: scope, states: states, repeatsCards: repeats, key: keyring.current,
            mint: IDMint(at: now), now: now)
    }

    private func show(_ id: ID<CardSheet>, _ room: Staffroom, to teacher: Teacher? = nil, after: Span = .seconds(0))
        async throws -> Showing?
    {
        let now = room.now + after
        let entry = ID<AuditEntry>.new(at: now)
        let reader = room.reader(teacher ?? room.ada)
        let secrets = secrets
        return try await room.write { connection in
            switch try connection.openCardSheet(id, for: reader, entry: entry, at: now) {
            case nil, .making: nil
            case .over(let number, _): .over(number)
            case .open(let heading): .sheet(try connection.cards(of: heading, for: reader, secrets: secrets, at: now))
            }
        }
    }

    private enum Showing: Sendable {
        case sheet(CardSheet)
        case over(Int)
    }

    private func sheet(_ showing: Showing?) throws -> CardSheet {
        guard case .sheet(let sheet) = try #require(showing) else { throw NoSheet() }
        return sheet
    }
    private struct NoSheet: Error {}

    @Test func `has one card a student, in the first of their trackers, and a line in the others`() async throws {
        try await Staffroom.open { room in
            try await room.student("Ben", "A", in: [room.class4B])
            try await room.student("Cleo", "B", in: [room.class4B, room.chess])
            try await room.student("Otto", "C", in: [room.class5A])
            let new = new(room)
            let id = try #require(try await room.write { try $0.makeCardSheet(new, by: .teacher(room.ada)) })
            let sheet = try sheet(try await show(id, room))
            #expect(sheet.groups.map(\.tracker) == ["Chess", "Homeroom 4B"])
            #expect(sheet.groups[0].cards.map(\.name) == ["Cleo B"])
            #expect(sheet.groups[1].cards.map(\.name) == ["Ben A"])
            #expect(sheet.groups[1].elsewhere == [CardGroup.Elsewhere(name: "Cleo B", under: "Chess")])
            let passwords = sheet.groups.flatMap(\.cards).compactMap(\.secret?.temporaryPassword.value)
            #expect(Set(passwords).count == 2)
        }
    }

    @Test func `repeats the same card in every tracker when that is wanted`() async throws {
        try await Staffroom.open { room in
            try await room.student("Cleo", "B", in: [room.class4B, room.chess])
            let new = new(room, repeats: true)
            let id = try #require(try await room.write { try $0.makeCardSheet(new, by: .teacher(room.ada)) })
            let cards = try sheet(try await show(id, room)).groups.flatMap(\.cards)
            #expect(cards.count == 2)
            #expect(cards[0] == cards[1])
        }
    }

    @Test func `shows no password of an active or suspended student`() async throws {
        try await Staffroom.open { room in
            let ben = try await room.student("Ben", "A", in: [room.class4B])
            let gone = try await room.student("Gil", "B", in: [room.class4B])
            let now = room.now
            try await room.write { connection in
                try connection.execute("UPDATE account SET active_at = \(now), password_hash = 'x' WHERE id = \(ben)")
                try connection.execute(
                    "UPDATE account SET suspended_at = \(now), suspended_for = 'roster' WHERE id = \(gone)")
            }
            let new = new(room)
            let id = try #require(try await room.write { try $0.makeCardSheet(new, by: .teacher(room.ada)) })
            let cards = try sheet(try await show(id, room)).groups.flatMap(\.cards)
            #expect(cards.map(\.state) == [.active, .suspended])
            #expect(cards.allSatisfy { $0.secret == nil })
            let credentials: Int? = try await room.read { try $0.value("SELECT count(*) AS value FROM credential") }
            #expect(credentials == 0)
        }
    }

    @Test func `loses the password of a student who becomes active while it is shown`() async throws {
        try await Staffroom.open { room in
            let ben = try await room.student("Ben", "A", in: [room.class4B])
            let new = new(room)
            let id = try #require(try await room.write { try $0.makeCardSheet(new, by: .teacher(room.ada)) })
            #expect(try sheet(try await show(id, room)).groups[0].cards[0].secret != nil)
            try await room.write {
                try $0.execute("UPDATE account SET active_at = 1, password_hash = 'x' WHERE id = \(ben)")
            }
            #expect(try sheet(try await show(id, room)).groups[0].cards[0].secret == nil)
        }
    }

    @Test func `is shown for 15 minutes to its maker, each showing audited, and to nobody else`() async throws {
        try await Staffroom.open { room in
            try await room.student("Ben", "A", in: [room.class4B, room.class5A])
            let new = new(room)
            let id = try #require(try await room.write { try $0.makeCardSheet(new, by: .teacher(room.ada)) })
            for _ in 0..<2 { _ = try sheet(try await show(id, room, after: .minutes(14))) }
            #expect(try await show(id, room, to: room.dov) == nil)
            guard case .over(let number) = try await show(id, room, after: .minutes(15)) else {
                Issue.record("still shown")
                return
            }
            #expect(number == 1)
            let audits: Int? = try await room.read {
                try $0.value("SELECT count(*) AS value FROM audit WHERE act = 'card-sheet-shown'")
            }
            #expect(audits == 2)
        }
    }

    @Test func `prints the same password again while it lives, renewed to 90 days at most, and a new one afterwards`()
        async throws
    {
        try await Staffroom.open { room in
            let ben = try await room.student("Ben", "A", in: [room.class4B])
            var seen: [(password: String, until: Timestamp)] = []
            for days in [0, 20, 45, 70, 89, 91] {
                let new = new(room, .student(ben), after: .days(days))
                let id = try #require(try await room.write { try $0.makeCardSheet(new, by: .teacher(room.ada)) })
                let shown = try sheet(try await show(id, room, after: .days(days)))
                let secret = try #require(shown.groups[0].cards[0].secret)
                seen.append((secret.temporaryPassword.value, secret.worksUntil))
            }
            let days = seen.map { Int(($0.until.milliseconds - room.now.milliseconds) / 86_400_000) }
            #expect(days == [30, 50, 75, 90, 90, 121])
            #expect(Set(seen.prefix(5).map(\.password)).count == 1)
            #expect(seen[5].password != seen[0].password)
        }
    }

    @Test func `is made once however often the button is pressed, with its own number`() async throws {
        try await Staffroom.open { room in
            try await room.student("Ben", "A", in: [room.class4B])
            let first = new(room)
            let second = new(room)
            let ids = try await withThrowingTaskGroup(of: ID<CardSheet>?.self) { group in
                for index in 0..<32 {
                    let pressed = index.isMultiple(of: 2) ? first : second
                    group.addTask { try await room.write { try $0.makeCardSheet(pressed, by: .teacher(room.ada)) } }
                }
                return try await group.reduce(into: Set<ID<CardSheet>?>()) { $0.insert($1) }
            }
            #expect(ids.count == 2)
            let numbers: [Int] = try await room.read {
                try $0.rows("SELECT number FROM card_sheet ORDER BY number").map { try $0["number"] }
            }
            #expect(numbers == [1, 2])
        }
    }

    @Test func `is not made of somebody else's students or trackers`() async throws {
        try await Staffroom.open { room in
            let otto = try await room.student("Otto", "O", in: [room.class5A])
            let one = new(room, .student(otto))
            let tracker = new(room, .groups(MailingChoice(allTrackers: false, trackers: [room.class5A])))
            let made = try await room.write {
                [
                    try $0.makeCardSheet(one, by: .teacher(room.ada)),
                    try $0.makeCardSheet(tracker, by: .teacher(room.ada)),
                ]
            }
            #expect(made == [nil, nil])
            let written: Int? = try await room.read {
                try $0.value("SELECT (SELECT count(*) FROM audit) + (SELECT count(*) FROM credential) AS value")
            }
            #expect(written == 0)
        }
    }

    @Test func `is made only of those in the wanted states`() async throws {
        try await Staffroom.open { room in
            try await room.student("Ben", "A", address: "ben@s.example", in: [room.class4B])
            try await room.student("Dina", "B", in: [room.class4B])
            let new = new(room, states: [.noAddress])
            let id = try #require(try await room.write { try $0.makeCardSheet(new, by: .teacher(room.ada)) })
            let cards = try sheet(try await show(id, room)).groups.flatMap(\.cards)
            #expect(cards.map(\.name) == ["Dina B"])
        }
    }

    @Test func `leaves no password, link or token in the database`() async throws {
        try await Staffroom.open { room in
            try await room.student("Ben", "A", in: [room.class4B])
            let new = new(room)
            let id = try #require(try await room.write { try $0.makeCardSheet(new, by: .teacher(room.ada)) })
            let secret = try #require(try sheet(try await show(id, room)).groups[0].cards[0].secret)
            let bytes = try await room.bytesOnDisk()
            let token = try #require(secret.link.value.split(separator: "/").last)
            #expect(bytes.firstRange(of: Array(id.description.utf8)) != nil)
            #expect(bytes.firstRange(of: Array(secret.temporaryPassword.value.utf8)) == nil)
            #expect(bytes.firstRange(of: Array(token.utf8)) == nil)
        }
    }
}
