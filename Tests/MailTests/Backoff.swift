import Core
import Testing

@Suite struct Backoff {
    private let start = Timestamp(milliseconds: 1_000_000_000)

    @Test func `waits 5, 15, 30 minutes, then 1, 2 and ever 3 hours`() {
        let waits = (0..<9).map { attempts in
            OutboxBackoff.next(attempts: attempts, firstTriedAt: start, now: start, jitter: 0.5)
        }
        let expected: [Span] = [
            .minutes(5), .minutes(15), .minutes(30), .hours(1), .hours(2), .hours(3), .hours(3), .hours(3), .hours(3),
        ]
        #expect(waits == expected.map { start + $0 })
    }

    @Test func `gives or takes a fifth`() {
        #expect(OutboxBackoff.next(attempts: 0, firstTriedAt: nil, now: start, jitter: 0) == start + .minutes(4))
        #expect(OutboxBackoff.next(attempts: 0, firstTriedAt: nil, now: start, jitter: 1) == start + .minutes(6))
    }

    @Test func `ends five days after the first try`() {
        #expect(OutboxBackoff.next(attempts: 40, firstTriedAt: start, now: start + .days(5), jitter: 0) == nil)
        #expect(OutboxBackoff.next(attempts: 40, firstTriedAt: start, now: start + .hours(119), jitter: 0) != nil)
    }
}
