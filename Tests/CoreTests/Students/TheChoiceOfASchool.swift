import Core
import Foundation
import Storage
import Testing

@Suite struct TheChoiceOfASchool {
    /// As many schools as a list names and `more`; who administers the first two of them.
    private func open(
        more: Int, _ body: (Staffroom, _ schools: [ID<School>], _ some: Administrator) async throws -> Void
    ) async throws {
        try await Staffroom.open { room in
            let chief = ID<Account>.new(at: room.now)
            let schools = try await room.write { connection in
                try connection.execute("UPDATE school SET ended_at = \(room.now)")
                let schools = try (0..<StudentChoices.mostSchools + more).map { number in
                    let id = ID<School>.new(at: room.now)
                    try connection.execute(
                        "INSERT INTO school (id, name) VALUES (\(id), \("School \(1_000 + number)"))")
                    return id
                }
                try connection.addPerson(chief, kind: .staff, given: "Chief", family: "Ott", school: schools[0])
                try connection.execute("INSERT INTO administrator (account_id, scope) VALUES (\(chief), 'schools')")
                for school in schools.prefix(2) {
                    try connection.execute(
                        "INSERT INTO administrator_school (account_id, school_id) VALUES (\(chief), \(school))")
                }
                return schools
            }
            try await body(room, schools, Administrator(id: chief, hasDistrict: false))
        }
    }

    private func choices(
        _ school: ID<School>?, _ room: Staffroom, of administrator: Administrator? = nil
    ) async throws -> StudentChoices {
        let administrator = administrator ?? Administrator(id: .new(at: room.now), hasDistrict: true)
        return try await room.read {
            try $0.studentChoices(of: administrator, school: school, on: SchoolDay(room.now, in: .gmt))
        }
    }

    @Test func `is from a list of all by name as long as it can be looked through`() async throws {
        try await open(more: 0) { room, schools, _ in
            for chosen in [nil, schools[7]] {
                let choices = try await choices(chosen, room)
                #expect(choices.schools.map(\.id) == schools && !choices.hasManySchools)
            }
        }
    }

    @Test func `names only the chosen one of more`() async throws {
        try await open(more: 1) { room, schools, _ in
            let before = try await choices(nil, room)
            #expect(before.schools.isEmpty && before.hasManySchools)
            let after = try await choices(schools[7], room)
            #expect(after.schools == [School(id: schools[7], name: "School 1007")] && after.hasManySchools)
        }
    }

    @Test func `is among the schools of the scope, however many the district has`() async throws {
        try await open(more: 1) { room, schools, some in
            for chosen in [nil, schools[1], schools[2]] {
                let choices = try await choices(chosen, room, of: some)
                #expect(choices.schools.map(\.id) == Array(schools.prefix(2)) && !choices.hasManySchools)
            }
        }
    }

    @Test func `has the grades of the chosen school alone`() async throws {
        try await open(more: 1) { room, schools, _ in
            try await room.write { connection in
                for (school, grade) in [(schools[0], "4"), (schools[1], "5")] {
                    let id = ID<Account>.new(at: room.now)
                    try connection.addPerson(id, kind: .student, given: "Ana", family: "Beck", school: school)
                    try connection.execute("UPDATE account SET grade = \(grade) WHERE id = \(id)")
                }
            }
            #expect(try await choices(nil, room).grades == ["4", "5"])
            #expect(try await choices(schools[1], room).grades == ["5"])
            #expect(try await choices(.new(at: room.now), room).grades.isEmpty)
        }
    }
}
