import Core
import Storage
import TestSupport
import Testing

@testable import Core

@Suite struct TheErasing {
    private func lines(_ act: String, _ school: Schoolhouse) async throws -> Int {
        try await school.count("SELECT count(*) AS value FROM audit WHERE act = \(act)")
    }

    @Test func `is done once by one press, and told of by name of who pressed`() async throws {
        try await Schoolhouse.open { school in
            try await school.setRule()
            try await school.leave(Cast.ben, Cast.hal, days: 401)
            let act = ID<Act>.new(at: school.clock.now)
            let first = try await school.eraseAll(act: act)
            #expect(try await school.eraseAll(act: act) == first)
            #expect(try await school.isErased(Cast.ben))
            #expect(try await school.isErased(Cast.hal))
            #expect(try await lines("erasure-begun", school) == 1)
            #expect(
                try await school.count(
                    """
                    SELECT count(*) AS value FROM audit WHERE act = 'person-erased' AND actor_id = \(Cast.ruth.id)
                    AND subject_id IN (\(Cast.ben.id), \(Cast.hal.id))
                    """) == 2)
            let erasure = try #require(try await school.read { try $0.erasures() }.first)
            #expect(erasure.madeBy == "Ruth Okoye" && erasure.expected == 2 && erasure.erased == 2)
            #expect(erasure.endedAt != nil)
            // Each school reads of its own.
            #expect(
                try await school.count(
                    "SELECT count(*) AS value FROM audit_school WHERE act = 'person-erased' AND school_id = \(Cast.birch)"
                )
                    == 1)
        }
    }

    @Test func `of one school leaves the others`() async throws {
        try await Schoolhouse.open { school in
            try await school.setRule()
            try await school.leave(Cast.ben, Cast.hal, days: 401)
            try await school.eraseAll(school: Cast.birch)
            #expect(try await school.isErased(Cast.hal))
            #expect(try await !school.isErased(Cast.ben))
        }
    }

    @Test func `is not begun for other people than were shown, nor for whom the rule does not let go`() async throws {
        try await Schoolhouse.open { school in
            try await school.setRule()
            try await school.leave(Cast.ben, days: 401)
            let now = school.clock.now
            let erasures = school.erasures
            func press(_ days: Int, _ count: Int) async throws -> ErasureOutcome {
                try await erasures.begin(
                    ErasurePress(act: .new(at: now), until: now - .days(days), count: count),
                    by: Schoolhouse.district)
            }
            #expect(try await press(400, 2) == .changed)
            #expect(try await press(400, 0) == .changed)
            #expect(try await press(10, 1) == .changed, "a form that says another day than the rule")
            try await school.setRule(erase: nil)
            #expect(try await press(400, 1) == .changed)
            #expect(try await school.count("SELECT count(*) AS value FROM erasure") == 0)
            #expect(try await lines("erasure-begun", school) == 0)
            #expect(try await !school.isErased(Cast.ben))
        }
    }

    @Test func `goes on where a server was killed, and counts nobody twice`() async throws {
        try await Schoolhouse.open { school in
            try await school.setRule()
            try await school.leave(Cast.ben, Cast.cleo, Cast.dina, Cast.hal, days: 401)
            let now = school.clock.now
            let id = ID<Erasure>.new(at: now)
            try await school.write { connection in
                _ = try connection.beginErasure(
                    id, ErasurePress(act: .new(at: now), until: now - .days(400), count: 4), of: [],
                    by: Cast.ruth.id, on: .new(at: now), entry: .new(at: now), at: now)
            }
            let next = try await school.read { try $0.nextToErase(in: id, after: nil, limit: 3) }
            let done = try await school.write {
                try $0.erase(next.map(\.id), in: id, limit: 3, mint: IDMint(at: now), at: now)
            }
            #expect(done == 3)
            #expect(try await school.count("SELECT erased AS value FROM erasure") == 3)
            // Another server, by and by two of them.
            async let one: Void = school.erasures.resumeUnfinished()
            async let other: Void = school.erasures.resumeUnfinished()
            _ = try await (one, other)
            #expect(try await school.count("SELECT erased AS value FROM erasure WHERE ended_at IS NOT NULL") == 4)
            #expect(try await lines("person-erased", school) == 4)
            try await school.erasures.resumeUnfinished()
            #expect(try await lines("person-erased", school) == 4)
        }
    }

    @Test
    func `is done by the rule itself only where the district switched that on, and stops when it is switched off`()
        async throws
    {
        try await Schoolhouse.open { school in
            try await school.setRule()
            try await school.leave(Cast.ben, days: 400)
            try await school.erasures.eraseByItself()
            #expect(try await !school.isErased(Cast.ben))
            try await school.setRule(byItself: true)
            try await school.erasures.eraseByItself()
            try await school.erasures.eraseByItself()
            #expect(try await school.isErased(Cast.ben))
            #expect(try await school.count("SELECT count(*) AS value FROM erasure WHERE made_by IS NULL") == 1)
            #expect(
                try await school.count(
                    "SELECT count(*) AS value FROM audit WHERE act = 'person-erased' AND actor_id IS NULL") == 1)

            try await school.leave(Cast.hal, days: 400)
            let now = school.clock.now
            let id = ID<Erasure>.new(at: now)
            let isBegun = try await school.write {
                try $0.beginErasure(id, byRuleOn: .new(at: now), entry: .new(at: now), at: now)
            }
            #expect(isBegun)
            try await school.setRule()
            try await school.erasures.resumeUnfinished()
            #expect(try await !school.isErased(Cast.hal))
            #expect(try await school.count("SELECT count(*) AS value FROM erasure WHERE ended_at IS NULL") == 0)
        }
    }

    @Test func `takes staff who left as well, and their signature from what they sent`() async throws {
        try await Schoolhouse.open { school in
            try await school.setRule()
            let ada = try await school.visitor(signedInAs: Cast.ada)
            let row = "/people/students/\(Cast.ben.id)/activation-email"
            #expect(try await ada.post(row, ["act": "\(Cast.id(88) as ID<Act>)"]).status == 303)
            try await school.leave(Cast.ada, days: 401)
            try await school.eraseAll()
            #expect(try await school.isErased(Cast.ada))
            #expect(try await school.count("SELECT count(*) AS value FROM mailing WHERE sender_name = ''") == 1)
            #expect(try await school.count("SELECT count(*) AS value FROM mail") == 1, "Ben's mail is Ben's")
            let names = try await school.read { try $0.staff(of: Schoolhouse.district) }.lines.map(\.name)
            #expect(names.contains("Gwen Gray") && !names.contains(""))
        }
    }
}
