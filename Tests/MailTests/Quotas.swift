import Core
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Mail

@Suite struct Quotas {
    /// Moments in which the server was handed a mail.
    private final class Moments: Sendable {
        private let all = Mutex<[Int64]>([])
        func note(_ now: Timestamp) { all.withLock { $0.append(now.milliseconds) } }

        /// The most mails within any span of that length.
        func most(within span: Span) -> Int {
            all.withLock { all in
                all.map { begin in all.count { $0 >= begin && $0 < begin + span.milliseconds } }.max() ?? 0
            }
        }
    }

    private func open(
        _ quota: MailQuota, connections: Int = 1, _ body: (Outbox, Moments) async throws -> Void
    ) async throws {
        try await Outbox.open(
            connections: connections,
            settings: { settings, clock in
                settings.quota = quota
                settings.sleep = { clock.advance($0) }
            },
            { outbox in
                let moments = Moments()
                outbox.server.whenAsked { moments.note(outbox.clock.now) }
                try await body(outbox, moments)
            })
    }

    @Test(arguments: [(10, 1), (60, 1), (60, 4), (600, 4), (1, 1)])
    func `of a minute hold in any 60 seconds`(_ limit: Int, _ connections: Int) async throws {
        try await open(MailQuota(perMinute: limit), connections: connections) { outbox, moments in
            let count = min(3 * limit, 200)
            try await outbox.queueMailing("oak", to: count)
            let began = outbox.clock.now
            while outbox.taken.count < count {
                await outbox.postman.workOff()
                outbox.clock.advance(.seconds(1))
            }
            #expect(moments.most(within: .minutes(1)) <= limit)
            // Nor does it take much longer than it must.
            let minutes = Int(outbox.clock.now.milliseconds - began.milliseconds) / 60_000
            #expect(minutes <= count / MailQuota.share(of: limit) + 1)
        }
    }

    @Test func `of a minute leave room for a single mail at any moment`() async throws {
        try await open(MailQuota(perMinute: 60)) { outbox, moments in
            try await outbox.queueMailing("oak", to: 100)
            let queued = Mutex<[UInt8: Timestamp]>([:])
            outbox.server.whenAsked {
                moments.note(outbox.clock.now)
                let number = UInt8(outbox.taken.count / 30 + 2)
                guard outbox.taken.count % 30 == 29, queued.withLock({ $0[number] == nil }) else { return }
                queued.withLock { $0[number] = outbox.clock.now }
                try await outbox.queue(number, address: "n\(number)@single.example", priority: 0)
            }
            while outbox.taken.count < 103 {
                await outbox.postman.workOff()
                outbox.clock.advance(.seconds(1))
            }
            // The one that was under way goes first, and nothing else.
            for number in 2...4 {
                let place = try #require(outbox.taken.firstIndex(of: "n\(number)@single"))
                #expect(place == (number - 1) * 30)
            }
            #expect(moments.most(within: .minutes(1)) <= 60)
        }
    }

    @Test func `of a day hold for all servers together and after a new start`() async throws {
        try await open(MailQuota(perDay: 20)) { outbox, moments in
            try await outbox.queueMailing("oak", to: 30)
            await outbox.postman.workOff()
            #expect(outbox.taken.count == 18)
            // A tenth is kept for those whom one person waits for.
            for number: UInt8 in 2..<5 { try await outbox.queue(number, address: "n\(number)@x.example", priority: 0) }
            let other = outbox.postmanOn(outbox.database)
            await other.workOff()
            #expect(outbox.taken.count == 20)
            outbox.clock.advance(.hours(23))
            await other.workOff()
            #expect(outbox.taken.count == 20)
            outbox.clock.advance(.hours(1))
            await other.workOff()
            #expect(outbox.taken.count == 33)
            #expect(moments.most(within: .days(1)) == 20)
        }
    }

    @Test func `do not count what the server never asked the body of`() async throws {
        try await open(MailQuota(perDay: 10)) { outbox, _ in
            outbox.server.answer(.early(.failed(.said(550, "5.1.1 No such child", .recipient))))
            try await outbox.queueMailing("oak", to: 10)
            await outbox.postman.workOff()
            #expect(outbox.taken.count == 9)
        }
    }

    @Test func `say until when they last`() async throws {
        try await open(MailQuota(perMinute: 10, perDay: 100)) { outbox, _ in
            let (quota, now) = (MailQuota(perMinute: 10, perDay: 100), outbox.clock.now)
            #expect(try await outbox.database.read { try $0.allowance(of: quota, at: now) } == .everything)
            try await outbox.queueMailing("oak", to: 12)
            try await outbox.change("UPDATE mail SET handed_at = \(now) WHERE address IS NULL")
            #expect(
                try await outbox.database.read { try $0.allowance(of: quota, at: now) }
                    == .nothing(until: now + .minutes(1)))
            #expect(try await outbox.database.read { try $0.allowance(of: MailQuota(), at: now) } == .everything)
        }
    }
}
