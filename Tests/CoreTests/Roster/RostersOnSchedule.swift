import Core
import Foundation
import Storage
import Testing

@Suite struct RostersOnSchedule {
    /// 2026-11-27, a Friday, in New York.
    private static let zone = TimeZone(identifier: "America/New_York") ?? .gmt
    private static func at(_ day: Int, _ hour: Int, _ minute: Int = 0) -> Timestamp {
        // Five hours behind Greenwich in November.
        Timestamp(
            milliseconds: 1_795_737_600_000 + Int64((day - 27) * 24 + hour + 5) * 3_600_000 + Int64(minute) * 60_000)
    }

    private func due(
        _ now: Timestamp, nightlyAt: Int? = 120, changesEvery: Int? = nil, savedAt: Timestamp = at(20, 12),
        after past: [(RosterPull, Timestamp, Bool)] = []
    ) -> RosterPull? {
        let service = RosterService(
            version: "1.1", address: "https://sis.example/v1p1", tokenAddress: nil, client: "a", nightlyAt: nightlyAt,
            changesEvery: changesEvery)
        return RosterSchedule(service, savedAt: savedAt, in: Self.zone).due(
            at: now,
            after: past.map { PulledRoster(id: .new(at: $0.1), pull: $0.0, madeAt: $0.1, isRead: $0.2) })
    }

    @Test func `read all once a night, from the hour on that the district's clocks show`() {
        let before: [(RosterPull, Timestamp, Bool)] = [(.whole, Self.at(26, 2), true)]
        #expect(due(Self.at(27, 1, 59), after: before) == nil)
        #expect(due(Self.at(27, 2), after: before) == .whole)
        #expect(due(Self.at(27, 9), after: before) == .whole, "a server that slept does it when it wakes")
        #expect(due(Self.at(27, 9), after: [(.whole, Self.at(27, 2), true)] + before) == nil)
        #expect(due(Self.at(27, 9), nightlyAt: nil, after: before) == nil)
    }

    @Test func `begin in the night after the service was saved`() {
        #expect(due(Self.at(27, 9), savedAt: Self.at(27, 8)) == nil)
        #expect(due(Self.at(28, 2), savedAt: Self.at(27, 8)) == .whole)
    }

    @Test func `that failed are tried again after longer and longer, five times a night`() {
        var past: [(RosterPull, Timestamp, Bool)] = []
        var tries: [Timestamp] = []
        for minute in 0..<(23 * 60) {
            let now = Self.at(27, 2) + .minutes(minute)
            guard due(now, after: past) == .whole else { continue }
            tries.append(now)
            past.insert((.whole, now, false), at: 0)
        }
        let waits = zip(tries, tries.dropFirst()).map { ($1.milliseconds - $0.milliseconds) / 60_000 }
        #expect(waits == [10, 20, 40, 80])
    }

    @Test func `read changes within the day, once there is something to add them to`() {
        #expect(due(Self.at(27, 9), nightlyAt: nil, changesEvery: 60, after: [(.whole, Self.at(27, 2), false)]) == nil)
        let past: [(RosterPull, Timestamp, Bool)] = [(.changes, Self.at(27, 8), true), (.whole, Self.at(27, 2), true)]
        #expect(due(Self.at(27, 8, 59), changesEvery: 60, after: past) == nil)
        #expect(due(Self.at(27, 9), changesEvery: 60, after: past) == .changes)
        #expect(due(Self.at(28, 2), changesEvery: 60, after: past) == .whole)
        let failed = [(RosterPull.changes, Self.at(27, 9), false)] + past
        #expect(due(Self.at(27, 9, 30), changesEvery: 60, after: failed) == nil, "after a failure it waits as long")
    }

    @Test func `skip no night when the clocks change`() {
        // On 2027-03-14 there is no half past two in New York; on 2026-11-01 there are two.
        for (day, hours) in [("2027-03-14", 23), ("2026-11-01", 25)] {
            guard let midnight = Timestamp(startOf: day, in: Self.zone) else { Issue.record("no day"); continue }
            var past: [(RosterPull, Timestamp, Bool)] = [(.whole, midnight + .hours(-12), true)]
            var count = 0
            for minute in 0..<(hours * 60) {
                let now = midnight + .minutes(minute)
                guard due(now, nightlyAt: 150, savedAt: midnight + .days(-9), after: past) == .whole else { continue }
                past.insert((.whole, now, true), at: 0)
                count += 1
            }
            #expect(count == 1)
        }
    }
}
