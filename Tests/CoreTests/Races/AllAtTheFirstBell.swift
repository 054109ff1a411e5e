import Storage
import Testing

@testable import Core

@Suite(.timeLimit(.minutes(10))) struct AllAtTheFirstBell {
    private let limits = SessionLimits.standard

    private func link(to student: ID<Account>, _ rush: Rush) async throws -> ID<ActivationLink> {
        let (link, now) = (ID<ActivationLink>.random(), rush.room.now)
        try await rush.room.write { connection in
            try connection.execute(
                """
                INSERT INTO activation_link (id, account_id, origin, key_id, generation, address, made_at, ends_at)
                SELECT \(link), a.id, 'mail', 'k1', a.generation, a.address, \(now), \(now + .days(14))
                FROM account a WHERE a.id = \(student)
                """)
        }
        return link
    }

    private func choose(by link: ID<ActivationLink>, at now: Timestamp, _ connection: any Connection) throws -> Bool {
        try connection.becomeActive(
            by: .link(link), hash: "hash", entry: .new(at: now), on: "2026-09-01", at: now
        ) { account, kind in
            try connection.startSession(.new(), of: account, kind: kind, language: nil, limits: limits, at: now)
        }
    }

    @Test func `64 people choose a password, and each is counted`() async throws {
        try await Rush.open { rush in
            var links: [ID<ActivationLink>] = []
            for student in try await rush.students(64) { links.append(try await link(to: student, rush)) }
            let (all, now) = (links, rush.room.now)
            let entered = try await rush.all(64) { try choose(by: all[$1], at: now, $0) }
            #expect(entered == Array(repeating: true, count: 64))
            #expect(try await rush.count("SELECT CAST(sum(count) AS BIGINT) AS value FROM activation_count") == 64)
            #expect(try await rush.count("SELECT count(*) AS value FROM session") == 64)
            #expect(try await rush.count("SELECT count(*) AS value FROM audit WHERE act = 'password-chosen'") == 64)
        }
    }

    @Test func `64 try the same link, and one gets through`() async throws {
        try await Rush.open { rush in
            let ben = try await rush.room.student("Ben", "A", address: "ben@home.example", in: [rush.room.class4B])
            let (link, now) = (try await link(to: ben, rush), rush.room.now)
            let entered = try await rush.all(64) { connection, _ in try choose(by: link, at: now, connection) }
            #expect(entered.count { $0 } == 1)
            #expect(try await rush.count("SELECT CAST(sum(count) AS BIGINT) AS value FROM activation_count") == 1)
            #expect(try await rush.count("SELECT count(*) AS value FROM session") == 1)
        }
    }

    @Test func `64 people sign in while the sessions of yesterday are cleared away`() async throws {
        try await Rush.open { rush in
            let (students, now) = (try await rush.students(64), rush.room.now)
            let limits = limits
            try await rush.room.write { connection in
                try connection.execute(
                    "UPDATE account SET password_hash = 'hash', active_at = \(now) WHERE kind = 'student'")
                for student in students {
                    try connection.startSession(
                        .new(), of: student, kind: .student, language: nil, limits: limits, at: now - .days(1))
                }
            }
            let entered = try await rush.each(64) { server, number in
                let throttle = Throttle(name: "s\(number)")
                _ = try await server.write(at: .readCommitted) {
                    try $0.claimTry(throttle, at: .ownPassword, now: now)
                }
                return try await server.write { connection in
                    try connection.enter(
                        Door.Own(account: students[number], kind: .student, hash: "hash"), nil, .new(), throttle,
                        language: nil, entry: .new(at: now), limits: limits, at: now)
                }
            }
            #expect(entered == Array(repeating: true, count: 64))
            #expect(try await rush.count("SELECT count(*) AS value FROM session WHERE ends_at > \(now)") == 64)
            #expect(try await rush.count("SELECT count(*) AS value FROM throttle") == 0)
        }
    }

    @Test func `five of 64 guesses at one name pass, however many servers there are`() async throws {
        try await Rush.open { rush in
            let (throttle, now) = (Throttle(name: "ben.ames"), rush.room.now)
            let passed = try await rush.all(64, at: .readCommitted) { connection, _ in
                if case .go = try connection.claimTry(throttle, at: .temporaryPassword, now: now) {
                    true
                } else {
                    false
                }
            }
            #expect(passed.count { $0 } == 5)
        }
    }
}
