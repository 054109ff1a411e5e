import Core
import Storage
import Testing

@Suite struct ChangingARole {
    private func change(
        _ person: ID<Account>, to reach: AdministratorReach?, by administrator: Administrator, in room: Staffroom
    ) async throws -> RoleOutcome {
        let now = room.now
        return try await room.write {
            try $0.changeRole(of: person, to: reach, by: administrator, entry: .new(at: now), at: now)
        }
    }

    @Test func `grants a scope, widens it, narrows it and ends it, each told once`() async throws {
        try await Staffroom.open { room in
            let (oak, elm) = (ID<School>.new(at: room.now), ID<School>.new(at: room.now))
            let ruth = room.district(try await room.member("Ruth", in: [oak, elm], administers: []))
            let pat = try await room.member("Pat", in: [oak])
            for reach: AdministratorReach? in [.schools([oak]), .schools([oak, elm]), .district, .schools([elm]), nil] {
                // Pressed twice is once.
                for _ in 0..<2 { #expect(try await change(pat, to: reach, by: ruth, in: room) == .done) }
                #expect(try await room.read { try $0.reach(of: pat) } == reach.map { sorted($0) })
            }
            #expect(try await room.value("SELECT count(*) AS value FROM audit WHERE subject_id = \(pat)") == 5)
            #expect(try await room.value("SELECT count(*) AS value FROM administrator_school") == 0)
        }
    }

    /// In the order in which they are read: both schools have the same name.
    private func sorted(_ reach: AdministratorReach) -> AdministratorReach {
        guard case .schools(let schools) = reach else { return reach }
        return .schools(schools.sorted())
    }

    @Test func `is for administrators of the whole district, and for no school's`() async throws {
        try await Staffroom.open { room in
            let oak = ID<School>.new(at: room.now)
            let chief = Administrator(
                id: try await room.member("Chief", in: [oak], administers: [oak]), hasDistrict: false)
            let pat = try await room.member("Pat", in: [oak])
            #expect(try await change(pat, to: .schools([oak]), by: chief, in: room) == .notFound)
            // A request that began as the district's, of somebody who has lost it since.
            let stale = room.district(chief.id)
            await #expect(throws: LastAdministrator.self) {
                try await change(pat, to: .schools([oak]), by: stale, in: room)
            }
            #expect(try await room.read { try $0.reach(of: pat) } == nil)
        }
    }

    @Test func `names schools that are there, and nobody who is suspended`() async throws {
        try await Staffroom.open { room in
            let oak = ID<School>.new(at: room.now)
            let ruth = room.district(try await room.member("Ruth", in: [oak], administers: []))
            let pat = try await room.member("Pat", in: [oak])
            let now = room.now
            #expect(try await change(pat, to: .schools([]), by: ruth, in: room) == .noSchool)
            #expect(try await change(pat, to: .schools([oak, .new(at: room.now)]), by: ruth, in: room) == .noSchool)
            #expect(try await change(room.student("Zoe", "Q", in: []), to: .district, by: ruth, in: room) == .notFound)
            let done = try await room.write { try $0.suspendStaff(pat, by: ruth, entry: .new(at: now), at: now) }
            #expect(done)
            #expect(try await change(pat, to: .schools([oak]), by: ruth, in: room) == .suspended)
            #expect(try await room.value("SELECT count(*) AS value FROM administrator") == 1)
        }
    }

    @Test func `decides what the roster claims, and so does dismissing it`() async throws {
        try await Staffroom.open { room in
            let oak = ID<School>.new(at: room.now)
            let ruth = room.district(try await room.member("Ruth", in: [oak], administers: []))
            let (pat, kai) = (try await room.member("Pat", in: [oak]), try await room.member("Kai", in: [oak]))
            let now = room.now
            try await room.write { connection in
                for person in [pat, kai] {
                    try connection.execute(
                        """
                        UPDATE account SET roster_roles = \("principal@\(oak)"), role_waits = TRUE WHERE id = \(person)
                        """)
                }
            }
            let proposed = StaffFilter(isProposed: true)
            let list = try await room.read { try $0.staff(of: ruth, filter: proposed) }
            #expect(list.proposed == 2 && list.found == 2)
            #expect(list.lines.map(\.claims) == [[RoleClaim(word: "principal", school: "S")], list.lines[0].claims])
            #expect(try await room.read { try $0.claimedSchools(of: pat) } == [oak])
            #expect(try await change(pat, to: .schools([oak]), by: ruth, in: room) == .done)
            let school = Administrator(id: pat, hasDistrict: false)
            let refused = try await room.write {
                try $0.dismissClaims(of: kai, by: school, entry: .new(at: now), at: now)
            }
            #expect(!refused)
            for _ in 0..<2 {
                let done = try await room.write {
                    try $0.dismissClaims(of: kai, by: ruth, entry: .new(at: now), at: now)
                }
                #expect(done)
            }
            #expect(try await room.read { try $0.staff(of: ruth) }.proposed == 0)
            #expect(try await room.value("SELECT count(*) AS value FROM audit WHERE act = 'role-claim-dismissed'") == 1)
        }
    }
}
