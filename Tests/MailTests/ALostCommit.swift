import Core
import Storage
import TestSupport
import Testing

@testable import Mail

/// The database goes away while a commit is under way, and nobody says whether it was done.
@Suite struct ALostCommit {
    /// The postman, again and again, until nothing is due.
    private func empty(_ outbox: Outbox, by postman: Postman) async throws {
        let isDue: SQL = "SELECT id FROM mail WHERE state IN ('queued', 'deferred', 'sending', 'in_data')"
        for _ in 0..<4 {
            await postman.workOff()
            do { try await postman.recover() } catch StorageError.commitUnknown {}
            guard try await outbox.database.read({ try $0.exists(isDue) }) else { return }
        }
    }

    @Test(arguments: LossyDatabase.Loss.allCases)
    func `of the postman loses no mail and sends none twice`(loss: LossyDatabase.Loss) async throws {
        for number in 0... {
            var hasLost = false
            try await Outbox.open { outbox in
                let mails = [try await outbox.queue(2), try await outbox.queue(3), try await outbox.queue(4)]
                let lossy = LossyDatabase(outbox.database, losing: loss, at: [number])
                try await empty(outbox, by: outbox.postmanOn(lossy))
                for person: UInt8 in 2...4 { #expect(try await outbox.mail(person).state == .accepted) }
                #expect(outbox.server.taken.map(\.name).sorted() == mails.map(\.description).sorted())
                hasLost = lossy.hasLost
            }
            guard hasLost else {
                #expect(number > 6)
                return
            }
        }
    }

    @Test func `after another leaves nothing in the hand of a server that has none`() async throws {
        try await Outbox.open(connections: 2) { outbox in
            for person: UInt8 in 2...6 { try await outbox.queue(person) }
            let lossy = LossyDatabase(outbox.database, losing: .done, at: [0, 1, 2, 5, 6, 9])
            try await empty(outbox, by: outbox.postmanOn(lossy))
            for person: UInt8 in 2...6 { #expect(try await outbox.mail(person).state == .accepted) }
            #expect(Set(outbox.server.taken.map(\.name)).count == 5)
            #expect(outbox.server.taken.count == 5)
            #expect(try await outbox.database.read { try $0.claims(of: outbox.atWork.id) } == [])
        }
    }

    @Test func `does not let a server take back what it has in hand`() async throws {
        try await Outbox.open { outbox in
            let mail = try await outbox.queue(2)
            outbox.server.whenAsked { try await outbox.postman.recover() }
            await outbox.postman.workOff()
            #expect(try await outbox.mail(2).state == .accepted)
            #expect(outbox.server.taken.map(\.name) == [mail.description])
        }
    }
}
