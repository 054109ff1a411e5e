import Core
import Storage
import Testing

@Suite struct AMailToAllPendingStaff {
    private func new(_ act: ID<Act>, by maker: ID<Account>, in room: Staffroom) -> NewMailing {
        NewMailing(
            act: act, choice: MailingChoice(allSchools: true), message: "",
            sender: SignedIn(
                id: maker, kind: .staff, name: "Ruth Ott", username: "ruth", isAdministrator: true, place: "District"),
            mint: IDMint(at: room.now), now: room.now)
    }

    /// A crowd that waits for a password, half of it in each school; every tenth has no address.
    private func crowd(_ count: Int, in schools: [ID<School>], of room: Staffroom) async throws {
        let now = room.now
        try await room.write { connection in
            for school in schools {
                try connection.execute(
                    "INSERT INTO school (id, name) VALUES (\(school), 'S') ON CONFLICT (id) DO NOTHING")
            }
            for number in 0..<count {
                try connection.addPerson(
                    .new(at: now), kind: .staff, given: "P\(number)", family: "Q",
                    school: schools[number % schools.count],
                    address: number % 10 == 0 ? nil : "p\(number)@school.example")
            }
        }
    }

    private func fill(_ room: Staffroom, limit: Int) async throws -> Int {
        var steps = 0
        while let people = try await room.write({
            try $0.fillOutbox(limit: limit, mint: IDMint(at: room.now), at: room.now)
        }) {
            #expect(people <= limit)
            steps += 1
        }
        return steps
    }

    private let mails: SQL = "SELECT count(*) AS value FROM mail"

    @Test func `is queued in short steps, each person once, however often it is pressed`() async throws {
        try await Staffroom.open { room in
            let oak = ID<School>.new(at: room.now)
            let ruth = room.district(try await room.member("Ruth", administers: []))
            try await crowd(1_000, in: [oak], of: room)
            let act = ID<Act>.new(at: room.now)
            var made: Set<ID<Mailing>> = []
            for _ in 0..<2 {
                let mailing = try await room.write {
                    try $0.invitePendingStaff(new(act, by: ruth.id, in: room), by: ruth)
                }
                made.insert(try #require(mailing))
            }
            let mailing = try #require(made.first)
            #expect(made.count == 1)
            // The press itself queues nothing of so many, and says how many there will be.
            #expect(try await room.value(mails) == 0)
            func report() async throws -> MailingReport? {
                let reader = MailingReader(teacher: Teacher(id: ruth.id, day: room.ada.day), administrator: ruth)
                return try await room.read { try $0.mailingReport(mailing, for: reader, at: room.now) }
            }
            #expect(try await report()?.expected == 900)
            #expect(try await fill(room, limit: 100) > 10)
            #expect(try await room.value(mails) == 900)
            // Ada and Dov of the room have no address either.
            #expect(try await room.value("SELECT count(*) AS value FROM mailing_skip") == 102)
            let after = try #require(try await report())
            #expect(after.kind == .staff && after.expected == nil && after.counts == [.queued: 900])
            #expect(try await room.value("SELECT count AS value FROM audit WHERE act = 'staff-mailed'") == 900)
            // Who was mailed just now is not mailed again by a second press of a new form.
            let again = try await room.write {
                try $0.invitePendingStaff(new(.new(at: room.now), by: ruth.id, in: room), by: ruth)
            }
            #expect(again == nil)
        }
    }

    @Test func `of a school's administrator reaches the own schools alone, as they were at the press`() async throws {
        try await Staffroom.open { room in
            let (oak, elm) = (ID<School>.new(at: room.now), ID<School>.new(at: room.now))
            let chief = Administrator(
                id: try await room.member("Chief", in: [oak], administers: [oak]), hasDistrict: false)
            try await crowd(1_000, in: [oak, elm], of: room)
            let act = ID<Act>.new(at: room.now)
            _ = try await room.write { try $0.invitePendingStaff(new(act, by: chief.id, in: room), by: chief) }
            try await room.write {
                _ = try $0.execute("UPDATE administrator_school SET school_id = \(elm) WHERE account_id = \(chief.id)")
            }
            _ = try await fill(room, limit: 70)
            let foreign: SQL = """
                SELECT count(*) AS value FROM mail x JOIN membership m ON m.account_id = x.account_id
                WHERE m.school_id <> \(oak)
                """
            #expect(try await room.value(foreign) == 0)
            #expect(try await room.value(mails) == 400)
        }
    }

    @Test func `of few is queued in the press`() async throws {
        try await Staffroom.open { room in
            let ruth = room.district(try await room.member("Ruth", administers: []))
            try await crowd(20, in: [.new(at: room.now)], of: room)
            let mailing = try await room.write {
                try $0.invitePendingStaff(new(.new(at: room.now), by: ruth.id, in: room), by: ruth)
            }
            #expect(mailing != nil)
            #expect(try await room.value(mails) == 18)
            #expect(try await fill(room, limit: 10) == 0)
        }
    }
}
