import Core
import Storage
import Testing

@Suite struct ASchoolsAdministrator {
    /// Somebody on the staff of these schools, waiting for a password; `administers` nil for a teacher, empty for the district.
    private func person(
        _ name: String, in schools: [ID<School>], administers: [ID<School>]? = nil, of room: Staffroom
    ) async throws -> ID<Account> {
        let id = ID<Account>.new(at: room.now)
        try await room.write { connection in
            for school in schools {
                try connection.execute(
                    "INSERT INTO school (id, name) VALUES (\(school), 'S') ON CONFLICT (id) DO NOTHING")
            }
            try connection.addPerson(id, kind: .staff, given: name, family: "Ott", school: schools[0])
            for school in schools.dropFirst() {
                try connection.execute("INSERT INTO membership (account_id, school_id) VALUES (\(id), \(school))")
            }
            guard let administers else { return }
            try connection.execute(
                """
                INSERT INTO administrator (account_id, scope)
                VALUES (\(id), \(administers.isEmpty ? "district" : "schools"))
                """)
            for school in administers {
                try connection.execute(
                    "INSERT INTO administrator_school (account_id, school_id) VALUES (\(id), \(school))")
            }
        }
        return id
    }

    @Test func `holds no link in hand for whoever reaches further`() async throws {
        try await Staffroom.open { room in
            let (oak, elm) = (ID<School>.new(at: room.now), ID<School>.new(at: room.now))
            let chief = try await person("Chief", in: [oak], administers: [oak], of: room)
            let asking = Administrator(id: chief, hasDistrict: false)
            let own = try await person("Own", in: [oak], of: room)
            let equal = try await person("Equal", in: [oak], administers: [oak], of: room)
            let shared = try await person("Shared", in: [oak, elm], of: room)
            let wider = try await person("Wider", in: [oak], administers: [oak, elm], of: room)
            let district = try await person("District", in: [oak], administers: [], of: room)
            let other = try await person("Other", in: [elm], of: room)
            let opened = try await room.read { connection in
                try [own, equal, shared, wider, district, other].map {
                    try connection.staffMember($0, openedBy: asking) != nil
                }
            }
            #expect(opened == [true, true, false, false, false, false])
            let everybody = Administrator(id: district, hasDistrict: true)
            #expect(try await room.read { try $0.staffMember(wider, openedBy: everybody) } != nil)
        }
    }

    @Test func `cannot take the password of whoever administers more`() async throws {
        try await Staffroom.open { room in
            let (oak, elm) = (ID<School>.new(at: room.now), ID<School>.new(at: room.now))
            let chief = try await person("Chief", in: [oak], administers: [oak], of: room)
            let wider = try await person("Wider", in: [oak, elm], administers: [oak, elm], of: room)
            let asking = Administrator(id: chief, hasDistrict: false)
            let outcome = try await room.write {
                let seen = try $0.generation(of: wider)
                return try $0.resetPassword(
                    of: wider, seen: seen, within: asking, entry: .new(at: room.now), at: room.now)
            }
            #expect(outcome == .notFound)
        }
    }
}
