import Core
import Storage
import TestSupport
import Testing

@Suite struct StoppingAMailing {
    @Test func `cancels what has not left, says who did it, and does so once`() async throws {
        try await ALine.open(mails: 3) { line in
            let first = try #require(try await line.claim(1).first)
            let press = line.press(.cancel, after: .seconds(20))
            for _ in 0..<2 { #expect(try await line.steer(press)) }
            let report = try await line.report()
            #expect(report.counts == [.sending: 1, .cancelled: 2])
            #expect(report.stop?.isCancelled == true && report.stop?.stopped == 2 && report.stop?.isMine == true)
            #expect(report.stop?.isUnderWay == false)
            // What is in the postman's hand is finished; nothing else ever leaves.
            try await line.settle(first, .accepted)
            #expect(try await line.claim(10, after: .days(1)).isEmpty)
            #expect(try await line.count("SELECT sum(count) AS value FROM audit WHERE act = 'mailing-cancelled'") == 2)
            #expect(try await line.count("SELECT count(*) AS value FROM audit WHERE act = 'mailing-cancelled'") == 1)
            #expect(try await line.count("SELECT count(*) AS value FROM mailing_act") == 1)
        }
    }

    @Test func `leaves a student whose mail was cancelled as if it had never been pressed`() async throws {
        try await ALine.open(mails: 2) { line in
            #expect(try await line.steer(line.press(.cancel)))
            #expect(try await line.count("SELECT count(*) AS value FROM account WHERE mail_at IS NOT NULL") == 0)
            let (room, now) = (line.room, line.room.now + .seconds(1))
            let preview = try await room.read {
                try $0.previewMailing(MailingChoice(allTrackers: true), by: .teacher(room.ada), at: now)
            }
            #expect(preview.mailed.count == 2 && preview.recent.isEmpty)
        }
    }

    @Test func `tells of an earlier mail again once a later one is cancelled`() async throws {
        try await ALine.open(mails: 1) { line in
            let mail = try #require(try await line.claim(1).first)
            try await line.settle(mail, .accepted)
            let second = try await line.mail(after: .days(1))
            #expect(try await line.steer(line.press(.cancel, after: .days(1)), second))
            let state: String? = try await line.room.read {
                try $0.value("SELECT mail_state AS value FROM account WHERE kind = 'student'")
            }
            #expect(state == "accepted")
            let at: Timestamp? = try await line.room.read {
                try $0.value("SELECT mail_at AS value FROM account WHERE kind = 'student'")
            }
            #expect(at == line.room.now)
        }
    }

    @Test func `keeps the place in line of what is paused, and holds nobody else up`() async throws {
        try await ALine.open(mails: 3) { line in
            let order = try await line.due()
            #expect(try await line.steer(line.press(.pause)))
            #expect(try await line.report().counts == [.held: 3])
            #expect(try await line.claim(10, after: .hours(1)).isEmpty)
            let single = try await line.single(to: "Zoe")
            #expect(try await line.claim(10, after: .hours(1)).map(\.account) == [single])
            #expect(try await line.steer(line.press(.resume, after: .hours(2))))
            #expect(try await line.report().counts == [.queued: 3])
            #expect(try await line.due() == order)
            #expect(try await line.claim(10, after: .hours(2)).map(\.id) == order.map(\.mail))
        }
    }

    @Test(arguments: [MailingWish.pause, .cancel])
    func `takes along what comes back from a postman's hand afterwards`(_ wish: MailingWish) async throws {
        try await ALine.open(mails: 3) { line in
            let claimed = try await line.claim(3)
            #expect(claimed.count == 3)
            // A mailing of which all is in hand has nothing to stop; one mail of it comes back first.
            try await line.settle(claimed[0], .released)
            #expect(try await line.steer(line.press(wish)))
            try await line.settle(claimed[1], .deferred(reason: "450 Busy", until: line.room.now + .minutes(5)))
            try await line.settle(claimed[2], .released)
            let stopped: MailState = wish == .pause ? .held : .cancelled
            #expect(try await line.report().counts == [stopped: 3])
            #expect(try await line.claim(10, after: .days(1)).isEmpty)
            guard wish == .pause else { return }
            #expect(try await line.steer(line.press(.resume, after: .minutes(1))))
            // What was put off waits for its time.
            #expect(try await line.report().counts == [.queued: 2, .deferred: 1])
        }
    }

    @Test func `sends one mail of a cancelled mailing again when somebody asks for it`() async throws {
        try await ALine.open(mails: 2) { line in
            let claimed = try await line.claim(1)
            try await line.settle(claimed[0], .failed(reason: "554 No", addressIsBad: false))
            #expect(try await line.steer(line.press(.cancel)))
            let (room, mailing, now) = (line.room, line.mailing, line.room.now + .minutes(1))
            let mail = claimed[0].id
            let again = try await room.write {
                try $0.sendAgain(mail, of: mailing, by: room.reader(room.ada), entry: .new(at: now), at: now)
            }
            #expect(again)
            #expect(try await line.claim(10, after: .minutes(1)).map(\.id) == [mail])
        }
    }

    @Test func `is refused to everybody else, who learn nothing`() async throws {
        try await ALine.open(mails: 2) { line in
            for wish in MailingWish.allCases {
                let may = try await line.steer(line.press(wish), by: line.room.reader(line.room.dov))
                #expect(!may)
            }
            #expect(try await line.report().counts == [.queued: 2])
            #expect(try await line.count("SELECT count(*) AS value FROM mailing_act") == 0)
            #expect(
                try await line.count("SELECT count(*) AS value FROM audit WHERE act <> 'mailing-sent'") == 0)
        }
    }

    @Test func `does nothing when an old form is sent after the next press`() async throws {
        try await ALine.open(mails: 2) { line in
            let old = line.press(.pause)
            for press in [old, line.press(.resume, after: .seconds(5)), old] {
                let isTheirs = try await line.steer(press)
                #expect(isTheirs)
            }
            #expect(try await line.report().counts == [.queued: 2])
        }
    }

    @Test func `lets nothing go while it is paused and a mail server is set up`() async throws {
        try await ALine.open(mails: 2) { line in
            let now = line.room.now
            try await line.room.write { try $0.holdMails(at: now) }
            #expect(try await line.steer(line.press(.pause)))
            try await line.room.write { try $0.recoverOutbox(hasServer: true, by: .new(at: now), at: now) }
            #expect(try await line.report().counts == [.held: 2])
            #expect(try await line.steer(line.press(.resume)))
            #expect(try await line.report().counts == [.queued: 2])
        }
    }

    @Test func `leaves ten seconds to undo a mailing of several, and none for a row's single mail`() async throws {
        try await ALine.open(mails: 2, undo: Mailing.undo) { line in
            let single = try await line.single(to: "Zoe")
            #expect(try await line.claim(10, after: .seconds(9)).map(\.account) == [single])
            #expect(try await line.report().undoUntil == line.room.now + .seconds(10))
            #expect(try await line.claim(10, after: .seconds(10)).count == 2)
        }
    }
}
