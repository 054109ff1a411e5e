import Core
import Storage
import TestSupport
import Testing

@Suite struct MailingSchools {
    private let everybody = MailingChoice(allSchools: true)

    @Test func `finishes a small choice in the press, for the chosen schools of the sender alone`() async throws {
        try await ADistrict.open(students: 10) { district in
            let choice = MailingChoice(allSchools: false, schools: district.schools)
            let new = try await district.new(choice, by: district.principal)
            let id = try #require(try await district.database.write { try $0.send(new, by: district.principal) })
            let report = try #require(try await district.report(id, for: district.principal))
            #expect(report.audience.names == ["School 0"])
            #expect(report.expected == nil)
            #expect(report.counts == [.queued: 8])
            #expect(report.skipped.noAddress.count == 2)
            #expect(try await district.fill(100) == nil)
            let foreign = MailingChoice(allSchools: false, schools: [district.schools[2]])
            let none = try await district.new(foreign, by: district.principal)
            #expect(none.expected == 0)
            #expect(try await district.database.write { try $0.send(none, by: district.principal) } == nil)
            #expect(try await district.count("SELECT count(*) AS value FROM mailing") == 1)
        }
    }

    @Test func `queues a large choice step by step, nobody twice and nobody lost, wherever it was cut off`()
        async throws
    {
        try await ADistrict.open(students: 200) { district in
            let new = try await district.new(everybody, by: district.chief)
            #expect(new.expected == 480)
            let id = try #require(try await district.database.write { try $0.send(new, by: district.chief) })
            #expect(try await district.count("SELECT count(*) AS value FROM mail") == 0)
            #expect(try await district.count("SELECT sum(count) AS value FROM audit") == 480)
            var looked = 0
            // Each step is a transaction of its own; what they share stands in the database alone.
            for limit in [1, 7, 120, 3, 200, 64, 100, 41] { looked += try await district.fill(limit) ?? 0 }
            let midway = try #require(try await district.report(id, for: district.chief))
            #expect(midway.expected == 480)
            #expect(midway.counts[.queued] ?? 0 > 100)
            while let people = try await district.fill(90) { looked += people }
            #expect(looked == 600)
            let report = try #require(try await district.report(id, for: district.chief))
            #expect(report.expected == nil)
            #expect(report.counts == [.queued: 480])
            #expect(report.skipped.total == 120)
            #expect(report.mails.count == 200 && report.next != nil)
            #expect(report.skipped.noAddress.first.count == MailingPreview.named)
            #expect(try await district.count("SELECT count(DISTINCT account_id) AS value FROM mail") == 480)
            #expect(
                try await district.count("SELECT count(*) AS value FROM account WHERE mail_state = 'queued'") == 480)
        }
    }

    @Test func `finds the mailing again when pressed twice, also while it is queued`() async throws {
        try await ADistrict.open(students: 200) { district in
            let new = try await district.new(everybody, by: district.chief)
            let first = try await district.database.write { try $0.send(new, by: district.chief) }
            try await district.fill(50)
            let again = try await district.database.write { try $0.send(new, by: district.chief) }
            #expect(first != nil && first == again)
            while try await district.fill(300) != nil {}
            #expect(try await district.count("SELECT count(*) AS value FROM mail") == 480)
        }
    }

    @Test func `gives each student one mail when two administrators press at the same time`() async throws {
        try await ADistrict.open(students: 500) { district in
            let all = try await district.new(everybody, by: district.chief)
            let own = try await district.new(everybody, by: district.principal, after: .seconds(1))
            #expect(own.expected == 400)
            _ = try await district.database.write { try $0.send(all, by: district.chief) }
            let second = try #require(try await district.database.write { try $0.send(own, by: district.principal) })
            while try await district.fill(400) != nil {}
            #expect(try await district.count("SELECT count(*) AS value FROM mail") == 1_200)
            let report = try #require(try await district.report(second, for: district.principal))
            #expect(report.counts.isEmpty)
            #expect(report.skipped.recent.count == 400)
        }
    }

    @Test func `goes by the rights at the press, and shows no address to who has lost them`() async throws {
        try await ADistrict.open(students: 500) { district in
            let new = try await district.new(everybody, by: district.principal)
            let id = try #require(try await district.database.write { try $0.send(new, by: district.principal) })
            try await district.fill(100)
            try await district.database.write { try $0.execute("DELETE FROM administrator_school") }
            while try await district.fill(400) != nil {}
            #expect(try await district.count("SELECT count(*) AS value FROM mail") == 400)
            let report = try #require(try await district.report(id, for: district.principal))
            #expect(report.mails.allSatisfy { $0.address == nil })
            guard case .administrator(let administrator, let day) = district.principal else { return }
            let reader = MailingReader(
                teacher: Teacher(id: administrator.id, day: day), administrator: administrator)
            let mail = try #require(report.mails.first?.id)
            let again = try await district.database.write { connection in
                try connection.execute("UPDATE mail SET state = 'unknown'")
                return try connection.sendAgain(
                    mail, of: id, by: reader, entry: .new(at: ADistrict.now), at: ADistrict.now)
            }
            #expect(!again)
        }
    }

    @Test func `leaves out who becomes active while it is queued, and cancels the mail of who has one`() async throws {
        try await ADistrict.open(students: 200) { district in
            let new = try await district.new(everybody, by: district.chief)
            let id = try #require(try await district.database.write { try $0.send(new, by: district.chief) })
            try await district.fill(150)
            let (queued, now) = (
                try await district.report(id, for: district.chief)?.counts[.queued] ?? 0, ADistrict.now
            )
            try await district.database.write {
                try $0.execute("UPDATE account SET active_at = \(now), password_hash = 'x' WHERE kind = 'student'")
            }
            while try await district.fill(200) != nil {}
            let keyring = try Keyring(keys: [Array(repeating: 7, count: 32)])
            let claimed = try await district.database.write {
                try $0.claimMails(
                    limit: 5, newLinks: (0..<5).map { _ in .random() }, keyring: keyring,
                    by: MailClaim(of: .new(at: now), at: now), at: now)
            }
            #expect(claimed.isEmpty)
            let report = try #require(try await district.report(id, for: district.chief))
            #expect(report.counts == [.cancelled: queued])
            #expect(report.skipped.active.count + report.skipped.noAddress.count == 600 - queued)
        }
    }

    @Test func `lets a class and a single mail overtake a district`() async throws {
        try await ADistrict.open(students: 200) { district in
            let new = try await district.new(everybody, by: district.chief)
            _ = try await district.database.write { try $0.send(new, by: district.chief) }
            try await district.fill(100)
            let last: ID<Account> = try #require(
                try await district.database.read {
                    try $0.value(
                        """
                        SELECT id AS value FROM account
                        WHERE kind = 'student' AND mail_state IS NULL AND address IS NOT NULL ORDER BY id DESC LIMIT 1
                        """)
                })
            let one = try await district.new(MailingChoice(allSchools: false), by: district.chief, after: .seconds(1))
            _ = try await district.database.write { try $0.send(one, toOnly: last, again: false, by: district.chief) }
            let first: ID<Account>? = try await district.database.read {
                try $0.value("SELECT account_id AS value FROM mail ORDER BY priority, due_at, id LIMIT 1")
            }
            #expect(first == last)
        }
    }

    @Test func `is seen by its sender and by who administers all of its schools`() async throws {
        try await ADistrict.open(students: 3) { district in
            let own = try await district.new(everybody, by: district.principal)
            let all = try await district.new(
                MailingChoice(allSchools: false, schools: [district.schools[2]]), by: district.chief)
            let (mine, theirs) = try await district.database.write { connection in
                (
                    try connection.send(own, by: district.principal), try connection.send(all, by: district.chief)
                )
            }
            #expect(try await district.report(try #require(mine), for: district.chief)?.isMine == false)
            #expect(try await district.report(try #require(theirs), for: district.principal) == nil)
        }
    }
}
