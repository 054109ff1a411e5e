import Core
import Logging
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Mail

@Suite struct TheOutboxFiller {
    @Test func `queues what waits, wakes the postman, and the mails leave`() async throws {
        try await Outbox.open { outbox in
            let students = 30
            try await outbox.waitingMailing(students: students)
            let rings = Mutex(0)
            let filler = OutboxFiller(
                database: outbox.database, clock: outbox.clock.clock,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            ) { rings.withLock { $0 += 1 } }
            try await filler.workOff()
            #expect(rings.withLock { $0 } >= 2)
            await outbox.postman.workOff()
            let accepted: Int? = try await outbox.database.read {
                try $0.value("SELECT count(*) AS value FROM mail WHERE state = 'accepted' AND priority = 2")
            }
            #expect(accepted == students)
        }
    }

    @Test(arguments: LossyDatabase.Loss.allCases)
    func `queues nobody twice and leaves nobody out where the answer to a commit is lost`(
        loss: LossyDatabase.Loss
    ) async throws {
        for number in 0... {
            var hasLost = false
            try await Outbox.open { outbox in
                try await outbox.waitingMailing(students: 30)
                let lossy = LossyDatabase(outbox.database, losing: loss, at: [number])
                let filler = OutboxFiller(
                    database: lossy, clock: outbox.clock.clock,
                    logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
                ) {}
                do { try await filler.workOff() } catch StorageError.commitUnknown { try await filler.workOff() }
                let (mails, people): (Int?, Int?) = try await outbox.database.read { connection in
                    (
                        try connection.value("SELECT count(*) AS value FROM mail"),
                        try connection.value("SELECT count(DISTINCT account_id) AS value FROM mail")
                    )
                }
                #expect(mails == 30 && people == 30)
                hasLost = lossy.hasLost
            }
            guard hasLost else { return }
        }
    }
}

extension Outbox {
    /// A mailing to a school that nobody has begun to queue.
    fileprivate func waitingMailing(students: Int) async throws {
        let now = clock.now
        let (school, mailing, act): (ID<School>, ID<Mailing>, ID<Act>) = (Self.id(1), Self.id(1), Self.id(1))
        try await database.write { connection in
            try connection.execute("INSERT INTO school (id, name) VALUES (\(school), 'Alder Creek')")
            for number in 0..<students {
                let id: ID<Account> = Self.id(UInt8(100 + number))
                let address = "s\(number)@school.example"
                try connection.execute(
                    """
                    INSERT INTO account (id, kind, origin, school_id, username, given_name, family_name, sort_name,
                      address, address_key)
                    VALUES (\(id), 'student', 'roster', \(school), \("s\(number)"), 'S', 'Dunn', 'dunn s', \(address),
                      \(address))
                    """)
                try connection.execute("INSERT INTO membership (account_id, school_id) VALUES (\(id), \(school))")
            }
            try connection.execute(
                """
                INSERT INTO mailing (id, act_id, kind, made_by, made_at, sender_name, sender_place, all_trackers, message,
                  template_version, for_schools, is_queueing, expected)
                VALUES (\(mailing), \(act), 'student', \(Self.teacher), \(now), 'Ruth', 'School', TRUE, '', 1, TRUE, TRUE,
                  \(students))
                """)
            try connection.execute(
                "INSERT INTO mailing_school (mailing_id, school_id) VALUES (\(mailing), \(school))")
        }
    }
}
