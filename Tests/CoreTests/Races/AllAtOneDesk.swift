import Core
import Storage
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10))) struct AllAtOneDesk {
    private let keyring: Keyring

    init() throws { keyring = try Keyring(keys: [Array(repeating: 7, count: 32)]) }

    @Test func `64 presses of one Send make one mailing, with a mail for each`() async throws {
        try await Rush.open { rush in
            let room = rush.room
            _ = try await rush.students(12)
            let new = NewMailing(
                act: .new(at: room.now), choice: MailingChoice(allTrackers: true), message: "",
                sender: room.signedIn(room.ada), mint: IDMint(at: room.now), now: room.now)
            let mailings = try await rush.all(64) { connection, _ in try connection.send(new, by: .teacher(room.ada)) }
            #expect(Set(mailings).count == 1 && mailings.first != nil)
            #expect(try await rush.count("SELECT count(*) AS value FROM mailing") == 1)
            #expect(try await rush.count("SELECT count(*) AS value FROM mail") == 12)
            #expect(try await rush.count("SELECT count(*) AS value FROM audit") == 1)
        }
    }

    @Test func `16 card sheets have 16 numbers`() async throws {
        try await Rush.open { rush in
            let room = rush.room
            _ = try await rush.students(12)
            let key = keyring.current
            let sheets = try await rush.all(16) { connection, _ in
                let new = NewCardSheet(
                    act: .new(at: room.now), scope: .groups(MailingChoice(allTrackers: true)), states: nil,
                    repeatsCards: false, key: key, mint: IDMint(at: room.now), now: room.now)
                return try connection.makeCardSheet(new, by: .teacher(room.ada))
            }
            #expect(Set(sheets).count == 16)
            let numbers: [Int] = try await room.read {
                try $0.rows("SELECT number FROM card_sheet ORDER BY number").map { try $0["number"] }
            }
            #expect(numbers == Array(1...16))
            // A student's card shows the same password on each sheet.
            #expect(try await rush.count("SELECT count(*) AS value FROM credential") == 12)
        }
    }

    @Test func `16 single cards for 16 students have 16 numbers`() async throws {
        try await Rush.open { rush in
            let room = rush.room
            let students = try await rush.students(16)
            let key = keyring.current
            let sheets = try await rush.all(16) { connection, number in
                let new = NewCardSheet(
                    act: .new(at: room.now), scope: .student(students[number]), states: nil, repeatsCards: false,
                    key: key, mint: IDMint(at: room.now), now: room.now)
                return try connection.makeCardSheet(new, by: .teacher(room.ada))
            }
            #expect(Set(sheets).count == 16)
            #expect(try await rush.count("SELECT count(DISTINCT number) AS value FROM card_sheet") == 16)
        }
    }

    @Test func `the tally is right when it is settled by four while students change`() async throws {
        try await Rush.open { rush in
            let (students, now) = (try await rush.students(60), rush.room.now)
            _ = try await rush.each(12) { server, number in
                for round in 0..<10 {
                    if number < 4 {
                        try await server.write(at: .readCommitted) { _ = try $0.settleStudents(limit: 10, at: now) }
                    } else {
                        let student = students[(number * 31 + round * 7) % students.count]
                        let grade = ["3", "4", "5"][(number + round) % 3]
                        try await server.write { connection in
                            try connection.execute("UPDATE account SET grade = \(grade) WHERE id = \(student)")
                            try connection.execute(
                                """
                                UPDATE account SET card_state = 'printed', card_at = \(now), card_ends_at = \(now + .days(1))
                                WHERE id = \(student)
                                """)
                        }
                    }
                }
            }
            #expect(try await rush.room.database.recountStudents(at: now) == [])
            while try await rush.room.write({ try $0.settleStudents(limit: 50, at: now) }) > 0 {}
            #expect(try await rush.room.database.recountStudents(at: now) == [])
        }
    }
}
