import Core
import Storage
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10))) struct AllWhoApplyAPlan {
    @Test func `apply it once, whoever presses first`() async throws {
        let house = try await RosterHouse()
        let plan = try await house.plan(.crowd(60))
        let applied = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    do { return try await house.syncs().apply(plan, by: nil) } catch is RosterSyncRefused {
                        return false
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(applied.count { $0 } == 1)
        try await house.waitUntilApplied(plan)
        #expect(try await house.count("SELECT count(*) AS value FROM account WHERE kind = 'student'") == 63)
        #expect(try await house.count("SELECT count(*) AS value FROM audit WHERE act = 'roster-applied'") == 1)
        #expect(try await house.main.recountStudents(at: house.clock.now()) == [])
    }
}
