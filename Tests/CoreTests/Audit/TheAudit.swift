import Core
import Foundation
import Storage
import Testing

@Suite struct TheAudit {
    /// Two schools with a student each, a district's and a school's administrator, and a teacher of both schools.
    private struct House {
        let room: Staffroom
        let (oak, elm): (ID<School>, ID<School>)
        let (olga, emil): (ID<Account>, ID<Account>)
        let teacher: ID<Account>
        let (district, ofOak): (Administrator, Administrator)

        static func open(_ body: (House) async throws -> Void) async throws {
            try await Staffroom.open { room in
                let house = House(room)
                try await house.fill()
                try await body(house)
            }
        }

        private init(_ room: Staffroom) {
            self.room = room
            let now = room.now
            (oak, elm) = (.new(at: now), .new(at: now))
            (olga, emil) = (.new(at: now), .new(at: now))
            teacher = .new(at: now)
            district = Administrator(id: .new(at: now), hasDistrict: true)
            ofOak = Administrator(id: .new(at: now), hasDistrict: false)
        }

        private func fill() async throws {
            try await room.write { connection in
                try connection.execute("INSERT INTO school (id, name) VALUES (\(oak), 'Oak'), (\(elm), 'Elm')")
                let people: [(ID<Account>, AccountKind, String, ID<School>)] = [
                    (olga, .student, "Olga", oak), (emil, .student, "Emil", elm), (teacher, .staff, "Tove", elm),
                    (district.id, .staff, "Dora", oak), (ofOak.id, .staff, "Otto", oak),
                ]
                for (id, kind, name, school) in people {
                    try connection.addPerson(id, kind: kind, given: name, family: "Ott", school: school)
                }
                try connection.execute("INSERT INTO membership (account_id, school_id) VALUES (\(teacher), \(oak))")
                try connection.execute(
                    """
                    INSERT INTO administrator (account_id, scope) VALUES (\(district.id), 'district'), (\(ofOak.id), 'schools')
                    """)
                try connection.execute(
                    "INSERT INTO administrator_school (account_id, school_id) VALUES (\(ofOak.id), \(oak))")
            }
        }

        /// Adds a line, `minutes` after the day began.
        @discardableResult func record(
            _ act: AuditAct, by actor: ID<Account>?, subject: ID<Account>? = nil, people: SQL? = nil, count: Int = 1,
            minutes: Int = 0
        ) async throws -> ID<AuditEntry> {
            let at = room.now + .minutes(minutes)
            let id = ID<AuditEntry>.new(at: at)
            try await room.write {
                try $0.record(act, by: actor, subject: subject, people: people, count: count, id: id, at: at)
            }
            return id
        }

        func lines(
            _ administrator: Administrator, _ filter: AuditFilter = AuditFilter(), limit: Int = 100
        ) async throws -> AuditList {
            try await room.read { try $0.audit(for: administrator, filter: filter, limit: limit) }
        }
    }

    @Test func `shows an administrator of schools what touched them and their own acts, with no name from elsewhere`()
        async throws
    {
        try await House.open { house in
            let own = try await house.record(.auditExported, by: house.ofOak.id, minutes: 1)
            let inOak = try await house.record(.passwordReset, by: house.teacher, subject: house.olga, minutes: 2)
            try await house.record(.passwordReset, by: house.teacher, subject: house.emil, minutes: 3)
            try await house.record(.rosterRead, by: house.district.id, minutes: 4)
            let both = try await house.record(
                .mailingSent, by: house.district.id, people: "SELECT a.id FROM account a WHERE a.kind = 'student'",
                count: 2, minutes: 5)
            let elsewhere = try await house.record(.waitLifted, by: house.ofOak.id, subject: house.emil, minutes: 6)

            let all = try await house.lines(house.district)
            #expect(all.lines.count == 6)
            #expect(all.lines.first { $0.id == both }?.count == 2)
            let seen = try await house.lines(house.ofOak).lines
            #expect(seen.map(\.id) == [elsewhere, both, inOak, own])
            #expect(seen[1].count == 1 && seen[1].school == "Oak" && seen[1].schools == 1)
            #expect(seen[1].actor?.name == "Dora Ott")
            #expect(seen[2].subject?.name == "Olga Ott")
            // Their own act on somebody who has left their schools since: that it was done, not to whom.
            #expect(seen[0].subject == nil && seen[0].isSubjectHidden)
            #expect(!seen.contains { $0.subject?.name == "Emil Ott" })
        }
    }

    @Test func `is narrowed by person, student, school, kind and days, each within the scope`() async throws {
        try await House.open { house in
            let olga = try await house.record(.passwordReset, by: house.teacher, subject: house.olga, minutes: 1)
            let emil = try await house.record(.cardSheetMade, by: house.district.id, subject: house.emil, minutes: 2)
            let last = try await house.record(.passwordReset, by: house.district.id, subject: house.emil, minutes: 3)
            func ids(_ filter: AuditFilter, _ administrator: Administrator) async throws -> [ID<AuditEntry>] {
                try await house.lines(administrator, filter).lines.map(\.id)
            }
            let (district, ofOak) = (house.district, house.ofOak)
            #expect(try await ids(AuditFilter(actor: house.teacher), district) == [olga])
            #expect(try await ids(AuditFilter(subject: house.emil), district) == [last, emil])
            #expect(try await ids(AuditFilter(school: house.elm), district) == [last, emil])
            #expect(try await ids(AuditFilter(school: house.elm, kind: .printed), district) == [emil])
            #expect(try await ids(AuditFilter(kind: .reset), district) == [last, olga])
            #expect(try await ids(AuditFilter(actor: house.district.id, kind: .reset), district) == [last])
            let from = house.room.now + .minutes(2)
            #expect(try await ids(AuditFilter(from: from), district) == [last, emil])
            #expect(try await ids(AuditFilter(until: from), district) == [olga])
            #expect(try await ids(AuditFilter(from: from, until: from + .minutes(1)), district) == [emil])

            #expect(try await ids(AuditFilter(), ofOak) == [olga])
            #expect(try await ids(AuditFilter(kind: .reset), ofOak) == [olga])
            #expect(try await ids(AuditFilter(kind: .printed), ofOak) == [])
            for filter in [
                AuditFilter(subject: house.emil), AuditFilter(school: house.elm), AuditFilter(actor: district.id),
                AuditFilter(school: .new(at: house.room.now)),
            ] {
                #expect(try await ids(filter, ofOak) == [])
            }
        }
    }

    @Test func `is read page after page, every line once, by whichever way`() async throws {
        try await House.open { house in
            for minute in 0..<25 {
                try await house.record(
                    minute.isMultiple(of: 2) ? .passwordReset : .waitLifted, by: house.teacher, subject: house.olga,
                    minutes: minute)
            }
            for (administrator, filter) in [
                (house.district, AuditFilter()), (house.ofOak, AuditFilter()),
                (house.district, AuditFilter(school: house.oak, kind: .reset)),
                (house.ofOak, AuditFilter(subject: house.olga)), (house.district, AuditFilter(kind: .reset)),
            ] {
                var (found, rest, pages) = ([ID<AuditEntry>](), filter, 0)
                repeat {
                    let page = try await house.lines(administrator, rest, limit: 10)
                    found += page.lines.map(\.id)
                    rest.after = page.next
                    pages += 1
                } while rest.after != nil
                #expect(found.count == 25 && pages == 3)
                #expect(found == found.sorted(by: >) && Set(found).count == 25)
            }
        }
    }

    @Test func `is walked for a scope of many schools too`() async throws {
        try await House.open { house in
            let more = (0..<60).map { _ in ID<School>.new(at: house.room.now) }
            try await house.room.write { connection in
                for school in more {
                    try connection.execute("INSERT INTO school (id, name) VALUES (\(school), 'S')")
                    try connection.execute(
                        """
                        INSERT INTO administrator_school (account_id, school_id) VALUES (\(house.ofOak.id), \(school))
                        """)
                }
            }
            let olga = try await house.record(.passwordReset, by: house.teacher, subject: house.olga, minutes: 1)
            try await house.record(.passwordReset, by: house.teacher, subject: house.emil, minutes: 2)
            let own = try await house.record(.auditExported, by: house.ofOak.id, minutes: 3)
            #expect(try await house.lines(house.ofOak).lines.map(\.id) == [own, olga])
            #expect(try await house.lines(house.ofOak, AuditFilter(kind: .reset)).lines.map(\.id) == [olga])
        }
    }

    @Test(arguments: [
        ("olga", true, ["Olga Ott"]), ("ott em", true, ["Emil Ott"]), ("emil", false, []), ("%", true, []),
        ("", true, []),
        ("ott", false, ["Dora Ott", "Olga Ott", "Otto Ott", "Tove Ott"]),
    ])
    func `finds whom a typed text means, in the scope alone`(
        typed: String, inDistrict: Bool, names: [String]
    ) async throws {
        try await House.open { house in
            let administrator = inDistrict ? house.district : house.ofOak
            let found = try await house.room.read {
                try $0.people(meaning: typed, kind: nil, for: administrator).map(\.name)
            }
            #expect(found == names)
        }
    }

    @Test func `is only ever added to, by any statement of the program`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let sources = root.appending(path: "Sources")
        let files = try #require(FileManager.default.enumerator(atPath: sources.path)).compactMap { $0 as? String }
            .filter { $0.hasSuffix(".swift") || $0.hasSuffix(".sql") }
        #expect(files.count > 100)
        let change =
            /(?i)\b(UPDATE|DELETE\s+FROM|REPLACE\s+INTO|TRUNCATE(\s+TABLE)?|DROP\s+TABLE)\s+"?audit(_school)?\b/
        for file in files {
            let text = try String(contentsOf: sources.appending(path: file), encoding: .utf8)
            #expect(text.firstMatch(of: change) == nil, "\(file)")
        }
    }
}
