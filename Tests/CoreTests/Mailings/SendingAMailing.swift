import Core
import Storage
import Testing

@Suite struct SendingAMailing {
    private func new(
        _ room: Staffroom, act: ID<Act>? = nil, all: Bool = true, trackers: [ID<Tracker>] = [],
        after: Span = .seconds(0)
    ) -> NewMailing {
        NewMailing(
            act: act ?? .new(at: room.now), choice: MailingChoice(allTrackers: all, trackers: trackers),
            message: "See you on Thursday.", sender: room.signedIn(room.ada), mint: IDMint(at: room.now),
            now: room.now + after)
    }

    @Test func `tells beforehand of everybody who gets a mail and who does not, and then does just that`() async throws
    {
        try await Staffroom.open { room in
            let mailed = try await room.student("Ben", "A", address: "ben@s.example", in: [room.class4B, room.chess])
            try await room.student("Dina", "B", in: [room.class4B])
            let active = try await room.student("Eve", "C", address: "eve@s.example", in: [room.class4B])
            let bad = try await room.student("Finn", "D", address: "finn@s.example", in: [room.class4B])
            let gone = try await room.student("Gil", "E", address: "gil@s.example", in: [room.class4B])
            let maybe = try await room.student("Hana", "F", address: "hana@s.example", in: [room.class4B])
            try await room.student("Otto", "G", address: "otto@s.example", in: [room.class5A])
            let now = room.now
            try await room.write { connection in
                try connection.execute(
                    "UPDATE account SET active_at = \(now), password_hash = 'x' WHERE id = \(active)")
                try connection.execute("UPDATE account SET address_is_bad = TRUE WHERE id = \(bad)")
                try connection.execute(
                    "UPDATE account SET suspended_at = \(now), suspended_for = 'roster' WHERE id = \(gone)")
                try connection.execute(
                    """
                    UPDATE account SET mail_state = 'unknown', mail_at = \(now), link_state = 'maybe', link_at = \(now),
                      link_ends_at = \(now + .days(14)) WHERE id = \(maybe)
                    """)
            }
            let preview = try await room.read {
                try $0.previewMailing(MailingChoice(allTrackers: true), by: .teacher(room.ada), at: now)
            }
            #expect(preview.mailed.first.map(\.id) == [mailed])
            #expect(preview.noAddress.first.map(\.name) == ["Dina B"])
            #expect(preview.active.first.map(\.id) == [active])
            #expect(preview.bounced.first.map(\.id) == [bad])
            #expect(preview.suspended.first.map(\.id) == [gone])
            #expect(preview.maybeSent.first.map(\.id) == [maybe])
            #expect(preview.total == 6)

            let new = new(room)
            let id = try #require(try await room.write { try $0.send(new, by: .teacher(room.ada)) })
            let report = try #require(
                try await room.read { try $0.mailingReport(id, for: room.reader(room.ada), at: now) })
            #expect(report.mails.map(\.student) == [mailed])
            #expect(report.mails.map(\.state) == [.queued])
            #expect(report.skipped.total == 5)
            #expect(report.skipped.noAddress == preview.noAddress)
            let line = try await room.read { try $0.student(mailed, visibleTo: room.ada, at: now) }
            #expect(line?.state == .sending)
        }
    }

    @Test func `mails once when Send is pressed in many places at the same time`() async throws {
        try await Staffroom.open { room in
            try await room.student("Ben", "A", address: "ben@s.example", in: [room.class4B])
            let new = new(room)
            let ids = try await withThrowingTaskGroup(of: ID<Mailing>?.self) { group in
                for _ in 0..<32 { group.addTask { try await room.write { try $0.send(new, by: .teacher(room.ada)) } } }
                return try await group.reduce(into: Set<ID<Mailing>?>()) { $0.insert($1) }
            }
            #expect(ids.count == 1)
            let mails: Int? = try await room.read { try $0.value("SELECT count(*) AS value FROM mail") }
            let audits: Int? = try await room.read {
                try $0.value("SELECT count(*) AS value FROM audit WHERE act = 'mailing-sent'")
            }
            #expect(mails == 1)
            #expect(audits == 1)
        }
    }

    @Test func `gives a child one mail when two teachers press Send within the hour`() async throws {
        try await Staffroom.open { room in
            try await room.student("Ben", "A", address: "ben@s.example", in: [room.class4B, room.class5A])
            let first = new(room)
            let second = new(room, after: .minutes(1))
            try await room.write { try $0.send(first, by: .teacher(room.ada)) }
            let preview = try await room.read {
                try $0.previewMailing(MailingChoice(allTrackers: true), by: .teacher(room.dov), at: second.now)
            }
            #expect(preview.recent.first.map(\.name) == ["Ben A"])
            try await room.write { try $0.send(second, by: .teacher(room.dov)) }
            let mails: Int? = try await room.read { try $0.value("SELECT count(*) AS value FROM mail") }
            #expect(mails == 1)
        }
    }

    @Test func `does not reach a tracker of somebody else, named or not`() async throws {
        try await Staffroom.open { room in
            try await room.student("Otto", "Other", address: "otto@s.example", in: [room.class5A])
            let all = new(room)
            let named = new(room, all: false, trackers: [room.class5A])
            let sent = try await room.write {
                [try $0.send(all, by: .teacher(room.ada)), try $0.send(named, by: .teacher(room.ada))]
            }
            #expect(sent == [nil, nil])
            let mails: Int? = try await room.read { try $0.value("SELECT count(*) AS value FROM mail") }
            #expect(mails == 0)
        }
    }

    @Test func `mails one child at once, before every mailing, and nobody else's child`() async throws {
        try await Staffroom.open { room in
            let ben = try await room.student("Ben", "A", address: "ben@s.example", in: [room.class4B])
            let otto = try await room.student("Otto", "O", address: "otto@s.example", in: [room.class5A])
            let new = new(room)
            let foreign = self.new(room)
            let done = try await room.write { connection in
                [
                    try connection.send(new, toOnly: ben, again: false, by: .teacher(room.ada)),
                    try connection.send(foreign, toOnly: otto, again: false, by: .teacher(room.ada)),
                ]
            }
            #expect(done[0] != nil)
            #expect(done[1] == nil)
            let priority: Int? = try await room.read { try $0.value("SELECT priority AS value FROM mail") }
            #expect(priority == 0)
        }
    }

    @Test func `is a mailing that does not exist for everybody but its sender`() async throws {
        try await Staffroom.open { room in
            try await room.student("Ben", "A", address: "ben@s.example", in: [room.class4B, room.class5A])
            let new = new(room)
            let id = try #require(try await room.write { try $0.send(new, by: .teacher(room.ada)) })
            let report = try await room.read { try $0.mailingReport(id, for: room.reader(room.dov), at: room.now) }
            #expect(report == nil)
            let mail: ID<OutgoingMail>? = try await room.read { try $0.value("SELECT id AS value FROM mail") }
            let again = try await room.write {
                try $0.sendAgain(
                    try #require(mail), of: id, by: room.reader(room.dov), entry: .new(at: room.now), at: room.now)
            }
            #expect(!again)
        }
    }

    @Test func `sends a doubtful mail again once, keeping its row`() async throws {
        try await Staffroom.open { room in
            let ben = try await room.student("Ben", "A", address: "ben@s.example", in: [room.class4B])
            let new = new(room)
            let id = try #require(try await room.write { try $0.send(new, by: .teacher(room.ada)) })
            let mail: ID<OutgoingMail> = try #require(
                try await room.read { try $0.value("SELECT id AS value FROM mail") })
            try await room.write {
                try $0.execute("UPDATE mail SET state = 'unknown'")
                try $0.execute("UPDATE account SET mail_state = 'unknown' WHERE id = \(ben)")
            }
            for _ in 0..<2 {
                let done = try await room.write {
                    try $0.sendAgain(mail, of: id, by: room.reader(room.ada), entry: .new(at: room.now), at: room.now)
                }
                #expect(done)
            }
            let audits: Int? = try await room.read {
                try $0.value("SELECT count(*) AS value FROM audit WHERE act = 'mail-sent-again'")
            }
            #expect(audits == 1)
            let report = try await room.read { try $0.mailingReport(id, for: room.reader(room.ada), at: room.now) }
            #expect(report?.mails.map(\.state) == [.queued])
        }
    }

    @Test func `sends nothing again to a student whom the sender does not teach any more`() async throws {
        try await Staffroom.open { room in
            try await room.student("Ben", "A", address: "ben@s.example", in: [room.class4B])
            let new = new(room)
            let id = try #require(try await room.write { try $0.send(new, by: .teacher(room.ada)) })
            let mail: ID<OutgoingMail> = try #require(
                try await room.read { try $0.value("SELECT id AS value FROM mail") })
            let again = try await room.write { connection in
                try connection.execute("UPDATE mail SET state = 'unknown'")
                try connection.execute("DELETE FROM enrollment WHERE account_id = \(room.ada.id)")
                return try connection.sendAgain(
                    mail, of: id, by: room.reader(room.ada), entry: .new(at: room.now), at: room.now)
            }
            #expect(!again)
            let state: String? = try await room.read { try $0.value("SELECT state AS value FROM mail") }
            #expect(state == "unknown")
        }
    }
}

@Suite struct TheAdditionalMessage {
    @Test func `keeps its lines and loses what could deceive`() {
        #expect(
            AdditionalMessage.cleaned("One\r\nTwo\rThree\u{2028}Four\u{0}\u{202E}!\n\n") == "One\nTwo\nThree\nFour!")
        #expect(AdditionalMessage.cleaned("\r\n.\r\nBcc: x") == ".\nBcc: x")
    }

    @Test func `is refused beyond 2,000 code points`() {
        #expect(AdditionalMessage.cleaned(String(repeating: "é", count: 2_000)) != nil)
        #expect(AdditionalMessage.cleaned(String(repeating: "é", count: 2_001)) == nil)
    }
}
