import Core
import Storage
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10))) struct AllWhileOneCancels {
    private let keyring: Keyring

    init() throws { keyring = try Keyring(keys: [Array(repeating: 7, count: 32)]) }

    @Test(arguments: [MailingWish.cancel, .pause])
    func `15 who send 300 mails send none of those that were said to be stopped`(_ wish: MailingWish) async throws {
        try await Rush.open { rush in
            let room = rush.room
            _ = try await rush.students(300)
            let new = NewMailing(
                act: .new(at: room.now), choice: MailingChoice(allTrackers: true), message: "",
                sender: room.signedIn(room.ada), mint: IDMint(at: room.now), now: room.now)
            let mailing = try #require(try await room.write { try $0.send(new, by: .teacher(room.ada)) })
            let (keyring, now) = (keyring, room.now + .seconds(1))
            let said = Mutex<Int?>(nil)
            let sentSoFar = Mutex(0)
            let sent = try await rush.each(16) { server, number -> [ID<OutgoingMail>] in
                if number == 7 {
                    while sentSoFar.withLock({ $0 }) < 40 { await Task.yield() }
                    let press = MailingPress(wish, act: .new(at: now), entry: .new(at: now), at: now)
                    let done = try await server.write(at: .readCommitted) {
                        try $0.steer(mailing, press, by: room.reader(room.ada))
                    }
                    #expect(done)
                    let state = wish == .cancel ? "cancelled" : "held"
                    let stopped: Int? = try await server.read {
                        try $0.value("SELECT count(*) AS value FROM mail WHERE state = \(state)")
                    }
                    said.withLock { $0 = stopped }
                    return []
                }
                let hand = MailClaim(of: .new(at: now), at: now)
                var mine: [ID<OutgoingMail>] = []
                while true {
                    let isSaid = said.withLock { $0 != nil }
                    let some = try await server.write(at: .readCommitted) {
                        try $0.claimMails(
                            limit: 2, newLinks: [.random(), .random()], keyring: keyring, by: hand, at: now)
                    }
                    if isSaid {
                        #expect(some.isEmpty, "a mail left after it was said how many were stopped")
                        return mine
                    }
                    for mail in some {
                        try await server.write(at: .readCommitted) {
                            try $0.settle(mail.id, .accepted, by: hand, at: now)
                        }
                    }
                    mine += some.map(\.id)
                    sentSoFar.withLock { $0 += some.count }
                    // All were sent before anybody came to stop them: then the test would prove nothing.
                    if some.isEmpty { await Task.yield() }
                }
            }.flatMap { $0 }
            let stopped = try #require(said.withLock { $0 })
            #expect(stopped > 0)
            #expect(sent.count + stopped == 300)
            #expect(Set(sent).count == sent.count)
            #expect(try await rush.count("SELECT count(*) AS value FROM mail WHERE state = 'accepted'") == sent.count)
            #expect(
                try await rush.count("SELECT count(*) AS value FROM mail WHERE state IN ('held', 'cancelled')")
                    == stopped)
        }
    }
}
