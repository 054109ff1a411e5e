import Core
import Storage
import TestSupport
import Testing

@Suite struct Guessing {
    @Test func `is free five times, then waits grow and are said in words`() async throws {
        try await Schoolhouse.open { school in
            let thief = school.visitor()
            for _ in 0..<5 { #expect(try await thief.signIn("ada.moss", "guess").status == 422) }
            for wait in [15, 30, 60, 120, 300, 900, 900] {
                let blocked = try await thief.signIn("ada.moss", "guess")
                #expect(blocked.status == 429)
                #expect(blocked["retry-after"] == "\(wait)")
                school.clock.advance(by: .seconds(wait))
                #expect(try await thief.signIn("ada.moss", "guess").status == 422)
            }
        }
    }

    @Test func `stops at five minutes for a temporary password and burns nothing`() async throws {
        try await Schoolhouse.open { school in
            let slip = try await school.printedSlip(for: Cast.ben)
            let thief = school.visitor()
            var longest = 0
            for _ in 0..<30 {
                let answer = try await thief.signIn("ben.ames", "guess")
                guard answer.status == 429 else { continue }
                let wait = Int(answer["retry-after"] ?? "") ?? 0
                longest = max(longest, wait)
                school.clock.advance(by: .seconds(wait))
            }
            #expect(longest == 300)
            school.clock.advance(by: .minutes(5))
            #expect(try await school.visitor().signIn("ben.ames", slip.password).location == "/choose-password")
        }
    }

    @Test func `holds for names that nobody has`() async throws {
        try await Schoolhouse.open { school in
            for _ in 0..<5 { _ = try await school.visitor().signIn("nobody.here", "guess") }
            #expect(try await school.visitor().signIn("nobody.here", "guess").status == 429)
        }
    }

    @Test func `in parallel gets no more tries than one after the other`() async throws {
        try await Schoolhouse.open { school in
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<20 { group.addTask { try await school.visitor().signIn("cleo.bell", "guess").status } }
                return try await group.reduce(into: [Int]()) { $0.append($1) }
            }
            #expect(statuses.filter { $0 == 422 }.count == 5)
            #expect(statuses.filter { $0 == 429 }.count == 15)
        }
    }

    @Test func `ends with the right password, and is forgotten after a day`() async throws {
        try await Schoolhouse.open { school in
            for _ in 0..<4 { _ = try await school.visitor().signIn("cleo.bell", "guess") }
            #expect(try await school.visitor().signIn("cleo.bell", Cast.password).status == 303)
            for _ in 0..<4 { #expect(try await school.visitor().signIn("cleo.bell", "guess").status == 422) }
            school.clock.advance(by: .hours(25))
            for _ in 0..<5 { #expect(try await school.visitor().signIn("cleo.bell", "guess").status == 422) }
        }
    }

    @Test func `at one child leaves the rest of the class alone`() async throws {
        try await Schoolhouse.open { school in
            for _ in 0..<8 { _ = try await school.visitor().signIn("ben.ames", "guess") }
            for _ in 0..<8 { #expect(try await school.visitor().signIn("cleo.bell", Cast.password).status == 303) }
        }
    }

    @Test func `shows the teacher a locked row, whose wait she lifts; nobody else's teacher can`() async throws {
        try await Schoolhouse.open { school in
            let slip = try await school.printedSlip(for: Cast.ben)
            for _ in 0..<5 { _ = try await school.visitor().signIn("ben.ames", "guess") }
            let state: @Sendable () async throws -> String? = {
                try await school.read { connection in
                    try connection.value(
                        "SELECT \(StudentState.sql(at: school.clock.now)) AS value FROM account a WHERE a.id = \(Cast.ben.id)"
                    )
                }
            }
            #expect(try await state() == "locked")
            #expect(try await school.visitor().signIn("ben.ames", slip.password).status == 429)
            let dov = try await school.visitor(signedInAs: Cast.dov)
            #expect(try await dov.post("/people/students/\(Cast.ben.id)/unlock").status == 404)
            #expect(try await state() == "locked")
            let ada = try await school.visitor(signedInAs: Cast.ada)
            #expect(try await ada.post("/people/students/\(Cast.ben.id)/unlock").status == 303)
            #expect(try await state() == "printed")
            #expect(try await school.visitor().signIn("ben.ames", slip.password).location == "/choose-password")
        }
    }

    @Test func `writes down no name that was typed`() async throws {
        try await Schoolhouse.open { school in
            _ = try await school.visitor().signIn("my secret typed into the wrong field", "x")
            let kept = try await school.read {
                try $0.rows("SELECT name_key FROM throttle").map { try $0.text("name_key") ?? "" }
            }
            #expect(kept.count == 1)
            #expect(kept.allSatisfy { $0.utf8.count == 64 && !$0.contains("secret") })
        }
    }
}
