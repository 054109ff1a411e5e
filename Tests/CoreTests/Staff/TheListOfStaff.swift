import Core
import Storage
import Testing

@Suite struct TheListOfStaff {
    @Test func `is narrowed by state, role, school, proposal and words, and paged by key`() async throws {
        try await Staffroom.open { room in
            let (oak, elm) = (ID<School>.new(at: room.now), ID<School>.new(at: room.now))
            let ruth = room.district(try await room.member("Ruth", administers: []))
            var ids: [ID<Account>] = []
            for number in 100..<110 {
                ids.append(try await room.member("T\(number)", in: [number < 105 ? oak : elm], isActive: number > 101))
            }
            let aide = ids[9]
            try await room.write {
                try $0.execute("UPDATE account SET roster_roles = 'aide', role_waits = TRUE WHERE id = \(aide)")
            }
            func found(_ filter: StaffFilter) async throws -> Int {
                let list = try await room.read { try $0.staff(of: ruth, filter: filter) }
                #expect(list.found == list.lines.count)
                return list.found
            }
            // Ada and Dov of the room are there too, and wait for a password.
            #expect(try await found(StaffFilter()) == 13)
            #expect(try await found(StaffFilter(state: .pending)) == 4)
            #expect(try await found(StaffFilter(role: .administrator)) == 1)
            #expect(try await found(StaffFilter(role: .teacher)) == 11)
            #expect(try await found(StaffFilter(role: .other)) == 1)
            #expect(try await found(StaffFilter(school: elm)) == 5)
            #expect(try await found(StaffFilter(isProposed: true)) == 1)
            #expect(try await found(StaffFilter(role: .teacher, school: oak, search: "t10")) == 5)
            var names: [String] = []
            var filter = StaffFilter(search: "ott")
            repeat {
                let current = filter
                let page = try await room.read { try $0.staff(of: ruth, filter: current, limit: 4) }
                #expect(page.found == 11)
                names += page.lines.map(\.username)
                filter.after = page.next
            } while filter.after != nil
            #expect(names == ["ruth"] + (100..<110).map { "t\($0)" })
        }
    }

    @Test func `shows a school's administrator nothing of other schools`() async throws {
        try await Staffroom.open { room in
            let (oak, elm) = (ID<School>.new(at: room.now), ID<School>.new(at: room.now))
            let chief = Administrator(
                id: try await room.member("Chief", in: [oak], administers: [oak]), hasDistrict: false)
            let shared = try await room.member("Shared", in: [oak, elm])
            let lent = try await room.member("Lent", in: [oak])
            let other = try await room.member("Other", in: [elm])
            try await room.write { connection in
                let tracker = ID<Tracker>.new(at: room.now)
                try connection.execute("INSERT INTO tracker (id, school_id, name) VALUES (\(tracker), \(elm), 'E')")
                try connection.execute(
                    """
                    INSERT INTO enrollment (tracker_id, account_id, role, origin)
                    VALUES (\(tracker), \(lent), 'teacher', 'hand')
                    """)
            }
            let list = try await room.read { try $0.staff(of: chief) }
            #expect(list.lines.map(\.username) == ["chief", "lent", "shared"])
            #expect(list.lines.allSatisfy { $0.schools == ["S"] })
            #expect(list.counts == [.active: 3])
            // Who reaches into another school is opened by nobody here: a link in hand would lend that reach.
            #expect(list.lines.map(\.canOpen) == [false, false, false])
            #expect(list.lines.map(\.canReset) == [false, true, true])
            #expect(try await room.read { try $0.staffMember(other, visibleTo: chief) } == nil)
            #expect(try await room.read { try $0.staffPortrait(other, visibleTo: chief) } == nil)
            #expect(try await room.read { try $0.staffPortrait(lent, visibleTo: chief) }?.trackers == [])
            let now = room.now
            for person in [shared, lent, other] {
                let done = try await room.write {
                    try $0.suspendStaff(person, by: chief, entry: .new(at: now), at: now)
                }
                #expect(!done)
            }
        }
    }
}
