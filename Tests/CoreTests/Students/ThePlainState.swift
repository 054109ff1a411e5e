import Core
import Storage
import Testing

/// The facts of a student's row, as a hand would set them.
struct Facts: Sendable {
    var suspendedAt: Timestamp?
    var activeAt: Timestamp?
    var guessedUntil: Timestamp?
    var mail: (state: MailState, at: Timestamp)?
    var link: (state: String, at: Timestamp, ends: Timestamp)?
    var card: (state: String, at: Timestamp, ends: Timestamp)?
    var address: String? = "ben@school.example"

    /// The state by design section 3, said once more in Swift: the newest way in that still works, else why none does.
    func state(at now: Timestamp) -> StudentState {
        if suspendedAt != nil { return .suspended }
        if activeAt != nil { return .active }
        if let guessedUntil, guessedUntil > now { return .locked }
        var ways: [(at: Timestamp, rank: Int, state: StudentState)] = []
        if let card, card.ends > now { ways.append((card.at, 2, StudentState(rawValue: card.state) ?? .active)) }
        if let mail, [.queued, .sending, .inData, .deferred, .held].contains(mail.state) {
            ways.append((mail.at, 1, .sending))
        }
        if let link, link.ends > now { ways.append((link.at, 0, StudentState(rawValue: link.state) ?? .active)) }
        if let newest = ways.max(by: { ($0.at, $0.rank) < ($1.at, $1.rank) }) { return newest.state }
        if mail?.state == .bounced { return .bounced }
        if mail?.state == .failed { return .failed }
        if card != nil || link != nil { return .ranOut }
        return address == nil ? .noAddress : .notMailed
    }

    static func random(around now: Timestamp, _ random: inout some RandomNumberGenerator) -> Facts {
        func moment(_ generator: inout some RandomNumberGenerator) -> Timestamp {
            now + .hours(Int.random(in: -3...3, using: &generator))
        }
        var facts = Facts()
        if Int.random(in: 0..<8, using: &random) == 0 { facts.suspendedAt = moment(&random) }
        if Int.random(in: 0..<6, using: &random) == 0 { facts.activeAt = moment(&random) }
        if Int.random(in: 0..<6, using: &random) == 0 { facts.guessedUntil = moment(&random) }
        if Bool.random(using: &random), let state = MailState.allCases.randomElement(using: &random) {
            facts.mail = (state, moment(&random))
        }
        if Bool.random(using: &random) {
            facts.link = (Bool.random(using: &random) ? "mailed" : "maybe", moment(&random), moment(&random))
        }
        if Bool.random(using: &random) {
            facts.card = (Bool.random(using: &random) ? "printed" : "handed", moment(&random), moment(&random))
        }
        if Bool.random(using: &random) { facts.address = nil }
        return facts
    }
}

@Suite struct ThePlainState {
    @Test func `is the same by the database's one expression and by the rule, for 2,000 random rows`() async throws {
        try await Staffroom.open { room in
            let ben = try await room.student("Ben", "Abbott", in: [room.class4B])
            // One transaction for all: what is proven is the expression, not the disk.
            let wrong = try await room.write { connection in
                var random = SystemRandomNumberGenerator()
                return try (0..<2_000).compactMap { _ -> String? in
                    let facts = Facts.random(around: room.now, &random)
                    try connection.set(facts, on: ben)
                    let now = room.now + .hours(Int.random(in: -4...4, using: &random))
                    let found = try connection.student(ben, visibleTo: room.ada, at: now)?.state
                    let stored = try connection.storedState(of: ben, at: now)
                    let isRight = found == facts.state(at: now) && (stored == nil || stored == found)
                    return isRight ? nil : "\(facts) gives \(String(describing: found)), \(String(describing: stored))"
                }
            }
            #expect(wrong.isEmpty, "\(wrong.prefix(3))")
        }
    }

    @Test func `orders those who need the teacher first and the active behind those on the way`() async throws {
        try await Staffroom.open { room in
            let now = room.now
            let active = try await room.student("Ann", "A", address: "a@b.example", in: [room.class4B])
            let printed = try await room.student("Ben", "B", in: [room.class4B])
            let todo = try await room.student("Cleo", "C", address: "c@b.example", in: [room.class4B])
            let bounced = try await room.student("Dina", "D", address: "d@b.example", in: [room.class4B])
            try await room.write { connection in
                try connection.set(Facts(activeAt: now), on: active)
                try connection.set(Facts(card: ("printed", now, now + .days(30))), on: printed)
                try connection.set(Facts(mail: (.bounced, now)), on: bounced)
            }
            let list = try await room.read { try $0.students(of: room.ada, at: now) }
            #expect(list.lines.map(\.id) == [bounced, todo, printed, active])
            #expect(list.lines.map(\.state) == [.bounced, .notMailed, .printed, .active])
        }
    }
}

extension Connection {
    /// The state as the row has it; nil once time has changed it.
    fileprivate func storedState(of student: ID<Account>, at now: Timestamp) throws -> StudentState? {
        // Settled at an earlier moment, or never.
        try execute("UPDATE account SET seen_at = \(now - .hours(1)) WHERE id = \(student) AND given_name = 'Ben'")
        let row = try rows(
            """
            SELECT state FROM account WHERE id = \(student) AND (state_ends_at IS NULL OR state_ends_at > \(now))
            """
        ).first
        return try row.map { try $0["state"] }
    }

    func set(_ facts: Facts, on student: ID<Account>) throws {
        try execute(
            """
            UPDATE account SET suspended_at = \(facts.suspendedAt),
              suspended_for = \(facts.suspendedAt == nil ? nil : "roster"), active_at = \(facts.activeAt),
              password_hash = \(facts.activeAt == nil ? nil : "x"), guessed_until = \(facts.guessedUntil),
              mail_state = \(facts.mail?.state.rawValue), mail_at = \(facts.mail?.at),
              link_state = \(facts.link?.state), link_at = \(facts.link?.at), link_ends_at = \(facts.link?.ends),
              card_state = \(facts.card?.state), card_at = \(facts.card?.at), card_ends_at = \(facts.card?.ends),
              address = \(facts.address), address_key = \(facts.address)
            WHERE id = \(student)
            """)
    }
}
