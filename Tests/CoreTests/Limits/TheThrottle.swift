import Core
import Storage
import TestSupport
import Testing

@Suite struct TheThrottle {
    @Test func `lets five of fifty parallel tries through`() async throws {
        try await Schoolhouse.open { school in
            let throttle = Throttle(name: "ben.ames")
            let now = school.clock.now
            let passed = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<50 {
                    group.addTask {
                        let verdict = try await school.write {
                            try $0.claimTry(throttle, at: .temporaryPassword, now: now)
                        }
                        if case .go = verdict { return true }
                        return false
                    }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(passed == 5)
        }
    }

    @Test func `takes a try back that could not be checked`() async throws {
        try await Schoolhouse.open { school in
            let throttle = Throttle(name: "ben.ames")
            let now = school.clock.now
            for _ in 0..<20 {
                let verdict = try await school.write { connection in
                    let verdict = try connection.claimTry(throttle, at: .ownPassword, now: now)
                    try connection.releaseTry(throttle, at: now)
                    return verdict
                }
                #expect(verdict == .go(nextAt: nil))
            }
        }
    }

    @Test func `counts a name as the door reads it`() {
        #expect(Throttle(name: "Ben.Ames") == Throttle(name: "ben.ames"))
        #expect(Throttle(name: "Dunn@Home.Example") == Throttle(name: "dunn@home.example"))
        #expect(Throttle(name: "ben.ames") != Throttle(name: "ben.ame"))
    }

    @Test func `forgets what is a day old`() async throws {
        try await Schoolhouse.open { school in
            for number in 0..<50 {
                let now = school.clock.now
                try await school.write {
                    _ = try $0.claimTry(Throttle(name: "nobody\(number)"), at: .ownPassword, now: now)
                }
                school.clock.advance(by: .hours(1))
            }
            let kept = try await school.count("SELECT count(*) AS value FROM throttle")
            #expect(kept <= 26)
        }
    }
}
