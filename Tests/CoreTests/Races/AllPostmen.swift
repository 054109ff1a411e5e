import Core
import Storage
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10))) struct AllPostmen {
    private let keyring: Keyring

    init() throws { keyring = try Keyring(keys: [Array(repeating: 7, count: 32)]) }

    private func queue(_ count: Int, _ rush: Rush) async throws {
        let room = rush.room
        _ = try await rush.students(count)
        let new = NewMailing(
            act: .new(at: room.now), choice: MailingChoice(allTrackers: true), message: "",
            sender: room.signedIn(room.ada), mint: IDMint(at: room.now), now: room.now)
        _ = try await room.write { try $0.send(new, by: .teacher(room.ada)) }
    }

    private func server(at now: Timestamp) -> RunningServer {
        RunningServer(id: .new(at: now), place: "machine \(ID<RunningServer>.new(at: now))", keys: keyring.ids)
    }

    @Test func `16 who claim 200 mails take none twice, and leave none`() async throws {
        try await Rush.open { rush in
            try await queue(200, rush)
            let (keyring, now) = (keyring, rush.room.now)
            let claimed = try await rush.each(16) { server, _ in
                let hand = MailClaim(of: .new(at: now), at: now)
                var mails: [ID<OutgoingMail>] = []
                while true {
                    let links = (0..<3).map { _ in ID<ActivationLink>.random() }
                    let some = try await server.write(at: .readCommitted) {
                        try $0.claimMails(limit: 3, newLinks: links, keyring: keyring, by: hand, at: now)
                    }
                    // Where everything is in others' hands there may be more in a moment; their claims are all committed
                    // when nothing is queued.
                    if some.isEmpty {
                        let left: Int? = try await server.read {
                            try $0.value("SELECT count(*) AS value FROM mail WHERE state = 'queued'")
                        }
                        if left == 0 { return mails }
                    }
                    mails += some.map(\.id)
                }
            }.flatMap { $0 }
            #expect(claimed.count == 200)
            #expect(Set(claimed).count == 200)
        }
    }

    @Test func `who take up the mails of a silent server leave it those that it went on with`() async throws {
        try await Rush.open { rush in
            try await queue(40, rush)
            let (keyring, began) = (keyring, rush.room.now)
            let silent = server(at: began)
            let hand = MailClaim(of: silent.id, at: began)
            let links = (0..<40).map { _ in ID<ActivationLink>.random() }
            let held = try await rush.room.write { connection in
                try connection.announce(silent, isAlone: false, at: began)
                return try connection.claimMails(
                    limit: 40, newLinks: links, keyring: keyring, by: hand, at: began)
            }.map(\.id)
            #expect(held.count == 40)
            let now = began + RunningServer.lease + .seconds(1)
            let living = (0..<8).map { _ in server(at: now) }
            for one in living { try await rush.room.write { try $0.announce(one, isAlone: false, at: now) } }
            // The silent one wakes up in the same moment in which the others look.
            let hands = try await rush.each(16) {
                server, number -> (ours: [ID<OutgoingMail>], theirs: [ID<OutgoingMail>]) in
                if number.isMultiple(of: 2) {
                    let one = living[number / 2].id
                    let links = (0..<40).map { _ in ID<ActivationLink>.random() }
                    try await server.write(at: .readCommitted) {
                        try $0.recoverOutbox(hasServer: true, by: one, at: now)
                    }
                    let taken = try await server.write(at: .readCommitted) {
                        try $0.claimMails(
                            limit: 40, newLinks: links, keyring: keyring, by: MailClaim(of: one, at: now), at: now)
                    }
                    return ([], taken.map(\.id))
                }
                var ours: [ID<OutgoingMail>] = []
                for mail in held where held.firstIndex(of: mail).map({ $0 % 8 == number / 2 }) == true {
                    let goesOn = try await server.write(at: .readCommitted) {
                        try $0.markInData(mail, by: hand, at: now)
                    }
                    if goesOn { ours.append(mail) }
                }
                return (ours, [])
            }
            let (ours, theirs) = (hands.flatMap(\.ours), hands.flatMap(\.theirs))
            #expect(Set(theirs).count == theirs.count)
            #expect(Set(ours).isDisjoint(with: theirs), "a mail would leave twice")
            let lost = try await rush.count(
                "SELECT count(*) AS value FROM mail WHERE state NOT IN ('sending', 'in_data', 'unknown', 'queued')")
            #expect(lost == 0)
        }
    }
}
