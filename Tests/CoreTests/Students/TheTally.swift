import Core
import Storage
import TestSupport
import Testing

@Suite struct TheTally {
    /// Many students in four schools, some in two, with facts of every kind.
    private func crowd(of room: Staffroom, schools: [ID<School>]) async throws -> [ID<Account>] {
        try await room.write { connection in
            var random = SystemRandomNumberGenerator()
            for school in schools {
                try connection.execute("INSERT INTO school (id, name) VALUES (\(school), 'School')")
            }
            return try (0..<120).map { number -> ID<Account> in
                let id = ID<Account>.new(at: room.now)
                let home = schools[number % schools.count]
                try connection.addPerson(id, kind: .student, given: "S\(number)", family: "F\(number)", school: home)
                if number.isMultiple(of: 7) {
                    let other = schools[(number + 1) % schools.count]
                    try connection.execute("INSERT INTO membership (account_id, school_id) VALUES (\(id), \(other))")
                }
                let grade = ["3", "4", nil].randomElement(using: &random) ?? nil
                try connection.execute("UPDATE account SET grade = \(grade) WHERE id = \(id)")
                try connection.set(Facts.random(around: room.now, &random), on: id)
                return id
            }
        }
    }

    @Test func `is exact before and after it is settled, whatever changes and however late it is`() async throws {
        try await Staffroom.open { room in
            let schools = (0..<4).map { _ in ID<School>.new(at: room.now) }
            let students = try await crowd(of: room, schools: schools)
            for hour in 0..<6 {
                let now = room.now + .hours(hour)
                #expect(try await room.database.recountStudents(at: now) == [])
                try await room.write { connection in
                    var random = SystemRandomNumberGenerator()
                    for student in students.shuffled(using: &random).prefix(30) {
                        try connection.set(Facts.random(around: now, &random), on: student)
                    }
                    // Some leave their main school for another one, some for none.
                    for student in students.shuffled(using: &random).prefix(10) {
                        let school = Bool.random(using: &random) ? schools.randomElement(using: &random) : nil
                        try connection.execute("DELETE FROM membership WHERE account_id = \(student)")
                        try connection.execute("UPDATE account SET school_id = \(school) WHERE id = \(student)")
                        guard let school else { continue }
                        try connection.execute(
                            "INSERT INTO membership (account_id, school_id) VALUES (\(student), \(school))")
                    }
                    // Others keep it and have a new main school beside it.
                    for student in students.shuffled(using: &random).prefix(10) {
                        guard let school = schools.randomElement(using: &random) else { continue }
                        try connection.execute("UPDATE account SET school_id = \(school) WHERE id = \(student)")
                        try connection.execute(
                            """
                            INSERT INTO membership (account_id, school_id) VALUES (\(student), \(school))
                            ON CONFLICT DO NOTHING
                            """)
                    }
                }
            }
        }
    }

    @Test func `settles in short steps`() async throws {
        try await Staffroom.open { room in
            _ = try await crowd(of: room, schools: [.new(at: room.now), .new(at: room.now)])
            let steps = try await room.write { connection in
                var steps: [Int] = []
                while let step = Optional(try connection.settleStudents(limit: 50, at: room.now)), step > 0 {
                    steps.append(step)
                }
                return steps
            }
            #expect(steps.allSatisfy { $0 <= 100 })
            #expect(steps.count >= 3)
        }
    }
}
