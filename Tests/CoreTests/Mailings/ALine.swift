import Core
import Storage
import TestSupport

/// A mailing of Ms. Ada to some students, waiting in line.
struct ALine: Sendable {
    let room: Staffroom
    let mailing: ID<Mailing>
    let keyring: Keyring
    let hand: MailClaim

    static func open(mails: Int, undo: Span? = nil, _ body: (ALine) async throws -> Void) async throws {
        try await Staffroom.open { room in
            for number in 0..<mails {
                try await room.student("S\(number)", "F\(number)", address: "s\(number)@s.example", in: [room.class4B])
            }
            guard let mailing = try await send(in: room, undo: undo) else { throw Trouble("nothing was sent") }
            try await body(
                ALine(
                    room: room, mailing: mailing, keyring: try Keyring(keys: [Array(repeating: 7, count: 32)]),
                    hand: MailClaim(of: .new(at: room.now), at: room.now)))
        }
    }

    private static func send(
        in room: Staffroom, undo: Span? = nil, after: Span = .seconds(0)
    ) async throws -> ID<Mailing>? {
        let now = room.now + after
        let new = NewMailing(
            act: .new(at: now), choice: MailingChoice(allTrackers: true), message: "", sender: room.signedIn(room.ada),
            undoUntil: undo.map { now + $0 }, mint: IDMint(at: now), now: now)
        return try await room.write { try $0.send(new, by: .teacher(room.ada)) }
    }

    /// Another mailing to the same people.
    func mail(after: Span) async throws -> ID<Mailing> {
        guard let mailing = try await Self.send(in: room, after: after) else { throw Trouble("nothing was sent") }
        return mailing
    }

    /// Mr. Dov mails one of his own.
    func single(to given: String) async throws -> ID<Account> {
        let student = try await room.student(given, "Lone", address: "\(given)@s.example", in: [room.class5A])
        let new = NewMailing(
            act: .new(at: room.now), choice: MailingChoice(allTrackers: false), message: "",
            sender: room.signedIn(room.dov), mint: IDMint(at: room.now), now: room.now)
        try await room.write { try $0.send(new, toOnly: student, again: false, by: .teacher(room.dov)) }
        return student
    }

    func press(_ wish: MailingWish, after: Span = .seconds(1)) -> MailingPress {
        let now = room.now + after
        return MailingPress(wish, act: .new(at: now), entry: .new(at: now), at: now)
    }

    func steer(
        _ press: MailingPress, _ other: ID<Mailing>? = nil, by reader: MailingReader? = nil
    ) async throws -> Bool {
        let (id, reader) = (other ?? mailing, reader ?? room.reader(room.ada))
        return try await room.database.write(at: .readCommitted) { try $0.steer(id, press, by: reader) }
    }

    func claim(_ limit: Int, after: Span = .seconds(0)) async throws -> [ClaimedMail] {
        let (keyring, hand, now) = (keyring, hand, room.now + after)
        let links = (0..<limit).map { _ in ID<ActivationLink>.random() }
        return try await room.database.write(at: .readCommitted) {
            try $0.claimMails(limit: limit, newLinks: links, keyring: keyring, by: hand, at: now)
        }
    }

    func settle(_ mail: ClaimedMail, _ outcome: MailOutcome) async throws {
        let (hand, now) = (hand, room.now)
        try await room.database.write(at: .readCommitted) { try $0.settle(mail.id, outcome, by: hand, at: now) }
    }

    func report() async throws -> MailingReport {
        let (mailing, room) = (mailing, room)
        let report = try await room.read { try $0.mailingReport(mailing, for: room.reader(room.ada), at: room.now) }
        guard let report else { throw Trouble("no report") }
        return report
    }

    struct Place: Equatable {
        let mail: ID<OutgoingMail>
        let due: Timestamp
    }

    /// The mails in the order in which they leave.
    func due() async throws -> [Place] {
        let mailing = mailing
        return try await room.read { connection in
            try connection.rows(
                "SELECT id, due_at FROM mail WHERE mailing_id = \(mailing) ORDER BY priority, due_at, id"
            ).map { Place(mail: try $0["id"], due: try $0["due_at"]) }
        }
    }

    func count(_ sql: SQL) async throws -> Int { try await room.read { try $0.value(sql) ?? 0 } }
}
