import Core
import Storage
import TestSupport
import Testing

@Suite struct StoppingALargeMailing {
    private func steer(
        _ wish: MailingWish, _ mailing: ID<Mailing>, _ district: ADistrict, by viewer: StudentViewer, after: Span
    ) async throws -> Bool {
        guard case .administrator(let administrator, let day) = viewer else { return false }
        let reader = MailingReader(teacher: Teacher(id: administrator.id, day: day), administrator: administrator)
        let now = ADistrict.now + after
        let press = MailingPress(wish, act: .new(at: now), entry: .new(at: now), at: now)
        return try await district.database.write(at: .readCommitted) { try $0.steer(mailing, press, by: reader) }
    }

    private func follow(_ district: ADistrict, limit: Int, after: Span) async throws -> Int? {
        let now = ADistrict.now + after
        return try await district.database.write(at: .readCommitted) { try $0.followMailings(limit: limit, at: now) }
    }

    private func claim(_ district: ADistrict, after: Span) async throws -> Int {
        let keyring = try Keyring(keys: [Array(repeating: 7, count: 32)])
        let now = ADistrict.now + after
        let hand = MailClaim(of: .new(at: now), at: now)
        return try await district.database.write(at: .readCommitted) {
            try $0.claimMails(limit: 1, newLinks: [.random()], keyring: keyring, by: hand, at: now).count
        }
    }

    private func send(_ district: ADistrict) async throws -> ID<Mailing> {
        let new = try await district.new(MailingChoice(allSchools: true), by: district.chief)
        return try #require(try await district.database.write { try $0.send(new, by: district.chief) })
    }

    @Test func `puts nobody else in line once it is cancelled, and says how many were left out`() async throws {
        try await ADistrict.open(students: 200) { district in
            let id = try await send(district)
            try await district.fill(100)
            let queued = try await district.count("SELECT count(*) AS value FROM mail")
            #expect(try await steer(.cancel, id, district, by: district.chief, after: .seconds(1)))
            #expect(try await district.fill(100) == nil)
            let report = try #require(try await district.report(id, for: district.chief))
            #expect(report.counts == [.cancelled: queued] && report.expected == nil)
            #expect(report.stop?.stopped == queued && report.stop?.leftOut == 480 - queued)
        }
    }

    @Test func `is held in steps, with nothing leaving meanwhile, and goes on in steps`() async throws {
        try await ADistrict.open(students: 300) { district in
            let id = try await send(district)
            while try await district.fill(300) != nil {}
            #expect(try await steer(.pause, id, district, by: district.chief, after: .seconds(1)))
            var report = try #require(try await district.report(id, for: district.chief))
            #expect(report.counts == [.held: 400, .queued: 320] && report.stop?.isUnderWay == true)
            #expect(try await claim(district, after: .seconds(2)) == 0)
            var moved = 0
            while let some = try await follow(district, limit: 130, after: .seconds(2)) { moved += some }
            #expect(moved == 320)
            #expect(try await claim(district, after: .seconds(3)) == 0)
            report = try #require(try await district.report(id, for: district.chief))
            #expect(report.counts == [.held: 720] && report.stop?.isUnderWay == false)
            #expect(try await steer(.resume, id, district, by: district.chief, after: .seconds(4)))
            while try await follow(district, limit: 200, after: .seconds(4)) != nil {}
            report = try #require(try await district.report(id, for: district.chief))
            #expect(report.counts == [.queued: 720] && report.stop == nil)
            #expect(try await claim(district, after: .seconds(5)) == 1)
            let audited = try await district.count(
                "SELECT count(*) AS value FROM audit_school WHERE act IN ('mailing-paused', 'mailing-resumed')")
            #expect(audited == 6)
        }
    }

    @Test func `waits in line while it is paused before all are queued`() async throws {
        try await ADistrict.open(students: 200) { district in
            let id = try await send(district)
            #expect(try await steer(.pause, id, district, by: district.chief, after: .seconds(1)))
            #expect(try await district.fill(100) == nil)
            #expect(try await steer(.resume, id, district, by: district.chief, after: .seconds(2)))
            while try await district.fill(100) != nil {}
            #expect(try await district.count("SELECT count(*) AS value FROM mail WHERE state = 'queued'") == 480)
        }
    }

    @Test func `is nobody's who administers but some of its schools`() async throws {
        try await ADistrict.open(students: 10) { district in
            let id = try await send(district)
            for wish in MailingWish.allCases {
                #expect(try await steer(wish, id, district, by: district.principal, after: .seconds(1)) == false)
            }
            #expect(try await district.count("SELECT count(*) AS value FROM mailing_act") == 0)
        }
    }

    @Test func `can be stopped, but not let go on, by its sender who administers its schools no more`() async throws {
        try await ADistrict.open(students: 10) { district in
            let id = try await send(district)
            guard case .administrator(let chief, let day) = district.chief else { return }
            let reader = MailingReader(teacher: Teacher(id: chief.id, day: day), administrator: nil)
            func press(_ wish: MailingWish, _ second: Int) async throws -> Bool {
                let now = ADistrict.now + .seconds(second)
                let press = MailingPress(wish, act: .new(at: now), entry: .new(at: now), at: now)
                return try await district.database.write(at: .readCommitted) { try $0.steer(id, press, by: reader) }
            }
            #expect(try await press(.pause, 1))
            #expect(try await press(.resume, 2) == false)
            #expect(try await press(.cancel, 3))
            #expect(try await district.count("SELECT count(*) AS value FROM mail WHERE state = 'cancelled'") == 24)
        }
    }
}
