import Core
import Storage
import Testing

@Suite struct TheLastAdministrator {
    /// What somebody could take another administrator's rights with.
    enum Blow: String, CaseIterable, Sendable { case role, fewer, suspension, reset }

    private func strike(
        _ blow: Blow, _ person: ID<Account>, by administrator: Administrator, in room: Staffroom, school: ID<School>
    ) async throws -> Bool {
        let now = room.now
        do {
            return try await room.write { connection in
                let entry = ID<AuditEntry>.new(at: now)
                switch blow {
                case .role:
                    return try connection.changeRole(of: person, to: nil, by: administrator, entry: entry, at: now)
                        == .done
                case .fewer:
                    return try connection.changeRole(
                        of: person, to: .schools([school]), by: administrator, entry: entry, at: now) == .done
                case .suspension: return try connection.suspendStaff(person, by: administrator, entry: entry, at: now)
                case .reset:
                    let seen = try connection.generation(of: person)
                    return try connection.resetPassword(
                        of: person, seen: seen, within: administrator, entry: entry, at: now) == .done
                }
            }
        } catch is LastAdministrator { return false }
    }

    @Test(arguments: Blow.allCases, Blow.allCases)
    func `stays when two take each other's rights in the same second`(first: Blow, second: Blow) async throws {
        try await Staffroom.open { room in
            let school = ID<School>.new(at: room.now)
            let ruth = try await room.member("Ruth", in: [school], administers: [])
            let omar = try await room.member("Omar", in: [school], administers: [])
            // Both requests began while both were administrators.
            let (one, other) = (room.district(ruth), room.district(omar))
            async let done = strike(first, omar, by: one, in: room, school: school)
            async let back = strike(second, ruth, by: other, in: room, school: school)
            let results = try await [done, back]
            #expect(results.count(where: \.self) == 1)
            #expect(try await room.activeDistrictAdministrators() == 1)
            // What was refused left nothing behind, not even a line of the audit.
            #expect(try await room.value("SELECT count(*) AS value FROM audit") == 1)
        }
    }

    @Test(arguments: Blow.allCases) func `of many who all strike at once is one who stays`(blow: Blow) async throws {
        try await Staffroom.open { room in
            let school = ID<School>.new(at: room.now)
            var ids: [ID<Account>] = []
            for number in 0..<8 { ids.append(try await room.member("A\(number)", in: [school], administers: [])) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for actor in ids {
                    for target in ids where target != actor {
                        group.addTask {
                            _ = try await strike(blow, target, by: room.district(actor), in: room, school: school)
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await room.activeDistrictAdministrators() >= 1)
        }
    }

    @Test(arguments: Blow.allCases) func `takes nothing from themselves`(blow: Blow) async throws {
        try await Staffroom.open { room in
            let school = ID<School>.new(at: room.now)
            let ruth = try await room.member("Ruth", in: [school], administers: [])
            #expect(try await !strike(blow, ruth, by: room.district(ruth), in: room, school: school))
            #expect(try await room.activeDistrictAdministrators() == 1)
        }
    }

    @Test func `is not made of somebody who cannot sign in`() async throws {
        try await Staffroom.open { room in
            let ruth = try await room.member("Ruth", administers: [])
            let omar = try await room.member("Omar", administers: [], isActive: false)
            let now = room.now
            // Omar has the role and no password: Ruth is the only one who can sign in, and Omar's request cannot be his.
            await #expect(throws: LastAdministrator.self) {
                try await room.write {
                    try $0.changeRole(of: ruth, to: nil, by: room.district(omar), entry: .new(at: now), at: now)
                }
            }
            #expect(try await room.activeDistrictAdministrators() == 1)
        }
    }

    @Test func `is suspended by no roster, even one whose plan was made before`() async throws {
        let house = try await RosterHouse()
        try await house.take(.cast)
        var roster = Roster.cast
        roster.remove("t-ada")
        let plan = try await house.plan(roster)
        try await house.run(
            """
            INSERT INTO administrator (account_id, scope)
            SELECT account_id, 'district' FROM account_source WHERE source_id = 't-ada'
            """)
        try await house.syncs().apply(plan, by: nil)
        #expect(try await house.suspended("t-ada") == nil)
    }
}
