import Core
import Foundation
import Storage
import Testing

@Suite struct ADistrictsStudents {
    /// Three schools with students in every state and grade, some in two schools; who administers the first two.
    private struct District {
        let room: Staffroom
        let schools: [ID<School>]
        let students: [ID<Account>]
        let all: Administrator
        let some: Administrator

        init(_ room: Staffroom) async throws {
            let schools = (0..<3).map { _ in ID<School>.new(at: room.now) }
            let chief = ID<Account>.new(at: room.now)
            let names = ["Ana", "José", "Nora", "O’Hara", "Mary-Jane", "Élodie"]
            students = try await room.write { connection in
                var random = SystemRandomNumberGenerator()
                for school in schools {
                    try connection.execute("INSERT INTO school (id, name) VALUES (\(school), 'School')")
                }
                try connection.addPerson(chief, kind: .staff, given: "Chief", family: "Ott", school: schools[0])
                try connection.execute("INSERT INTO administrator (account_id, scope) VALUES (\(chief), 'schools')")
                for school in schools.prefix(2) {
                    try connection.execute(
                        "INSERT INTO administrator_school (account_id, school_id) VALUES (\(chief), \(school))")
                }
                return try (0..<90).map { number -> ID<Account> in
                    let id = ID<Account>.new(at: room.now)
                    try connection.addPerson(
                        id, kind: .student, given: names[number % 6], family: names[(number / 6) % 6],
                        school: schools[number % 3])
                    if number.isMultiple(of: 8) {
                        try connection.execute(
                            """
                            INSERT INTO membership (account_id, school_id)
                            VALUES (\(id), \(schools[(number + 1) % 3]))
                            """)
                    }
                    try connection.set(Facts.random(around: room.now, &random), on: id)
                    try connection.execute(
                        """
                        UPDATE account SET grade = \(number.isMultiple(of: 4) ? "4" : "5"), number = \("N\(1_000 + number)"),
                          username = \("pupil\(number)") WHERE id = \(id)
                        """)
                    return id
                }
            }
            self.room = room
            self.schools = schools
            all = Administrator(id: .new(at: room.now), hasDistrict: true)
            some = Administrator(id: chief, hasDistrict: false)
        }

        /// Page after page to the end.
        func pages(
            _ administrator: Administrator, _ filter: StudentFilter, at now: Timestamp, limit: Int = 7
        ) async throws -> (lines: [StudentLine], found: Int, counts: StateCounts) {
            let day = SchoolDay(now, in: .gmt)
            var filter = filter
            var lines: [StudentLine] = []
            while true {
                let asked = filter
                let page = try await room.read {
                    try $0.students(of: administrator, filter: asked, limit: limit, on: day, at: now)
                }
                lines += page.lines
                filter.after = page.next
                if page.next == nil { return (lines, page.found, page.counts) }
            }
        }

        /// The same by looking at each student.
        func lookedUp(
            _ administrator: Administrator, _ filter: StudentFilter, at now: Timestamp
        ) async throws -> [ID<Account>] {
            // A school out of scope is no school, not even for a student who is in scope by another one.
            if administrator == some && filter.school == schools[2] { return [] }
            return try await room.read { connection in
                let school: SQL =
                    filter.school.map { "a.id IN (SELECT m.account_id FROM membership m WHERE m.school_id = \($0))" }
                    ?? "TRUE"
                let grade: SQL = filter.grade.map { "a.grade = \($0)" } ?? "TRUE"
                let state: SQL = filter.state.map { "\(StudentState.sql(at: now)) = \($0.rawValue)" } ?? "TRUE"
                let order: SQL = filter.order == .need ? "\(StudentState.rankSQL(at: now)), " : ""
                return try connection.rows(
                    """
                    SELECT a.id FROM account a WHERE a.kind = 'student' AND \(administrator.sees) AND \(school)
                      AND \(grade) AND \(state) ORDER BY \(order)a.sort_name, a.id
                    """
                ).map { try $0["id"] }
            }
        }
    }

    @Test func `come page after page, each once, in the order of need or by name, by school, grade and state`()
        async throws
    {
        try await Staffroom.open { room in
            let district = try await District(room)
            for step in 0..<3 {
                // At first nothing is settled, then all is, then time has gone on.
                if step == 1 { try await room.write { while try $0.settleStudents(limit: 50, at: room.now) > 0 {} } }
                let now = step == 2 ? room.now + .hours(2) : room.now
                for administrator in [district.all, district.some] {
                    for school in [nil] + district.schools.map(Optional.some) {
                        for grade in [nil, "4", "9"] {
                            for state in [nil, StudentState.ranOut, .printed] {
                                for order in [StudentFilter.Order.need, .name] {
                                    let filter = StudentFilter(
                                        state: state, school: school, grade: grade, order: order)
                                    let found = try await district.pages(administrator, filter, at: now)
                                    let expected = try await district.lookedUp(administrator, filter, at: now)
                                    #expect(found.lines.map(\.id) == expected, "\(step) \(filter)")
                                    #expect(found.found == expected.count)
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    @Test func `of two schools count in both and once in the district, and show the schools in scope alone`()
        async throws
    {
        try await Staffroom.open { room in
            let district = try await District(room)
            // Number 8 is at home in the third school, which is out of scope, and also in the first.
            let shared = district.students[8]
            let (all, some) = (district.all, district.some)
            let line = try await room.read { try $0.student(shared, within: some, at: room.now) }
            #expect(line?.schools.count == 1)
            #expect(try await room.read { try $0.student(shared, within: all, at: room.now) }?.schools.count == 2)
            let foreign = district.students[2]
            #expect(try await room.read { try $0.student(foreign, within: some, at: room.now) } == nil)
            var sum = 0
            for school in district.schools {
                sum += try await district.pages(all, StudentFilter(school: school), at: room.now).found
            }
            let once = try await district.pages(all, StudentFilter(), at: room.now).found
            #expect(once == 90)
            #expect(sum == 90 + 12)
            let theirs = try await district.pages(some, StudentFilter(), at: room.now)
            #expect(theirs.lines.map(\.id).contains(shared))
            #expect(Set(theirs.lines.map(\.id)).count == theirs.counts.total)
        }
    }

    @Test func `outside the scope are nobody, by school, tracker and search alike`() async throws {
        try await Staffroom.open { room in
            let district = try await District(room)
            let outside = district.schools[2]
            let found = try await district.pages(district.some, StudentFilter(school: outside), at: room.now)
            #expect(found.lines.isEmpty)
            #expect(found.counts.total == 0)
            let byTracker = try await district.pages(
                district.some, StudentFilter(tracker: room.class4B), at: room.now)
            #expect(byTracker.lines.isEmpty)
            // Number 2 is at home in the third school alone.
            let byNumber = try await district.pages(district.some, StudentFilter(search: "N1002"), at: room.now)
            #expect(byNumber.lines.isEmpty)
            let choices = try await room.read {
                try $0.studentChoices(of: district.some, school: outside, on: SchoolDay(room.now, in: .gmt))
            }
            #expect(choices.schools.map(\.id).sorted() == district.schools.prefix(2).sorted())
            #expect(choices.grades.isEmpty && choices.trackers.isEmpty)
        }
    }

    @Test func `of a tracker are listed once its school is chosen`() async throws {
        try await Staffroom.open { room in
            let ben = try await room.student("Ben", "Abbott", in: [room.class4B, room.chess])
            try await room.student("Otto", "Other", in: [room.class5A])
            let all = Administrator(id: .new(at: room.now), hasDistrict: true)
            let day = SchoolDay(room.now, in: .gmt)
            let school: ID<School>? = try await room.read { try $0.value("SELECT id AS value FROM school") }
            let choices = try await room.read { try $0.studentChoices(of: all, school: school, on: day) }
            #expect(choices.trackers.map(\.name) == ["Chess", "Homeroom 4B", "Homeroom 5A"])
            #expect(try await room.read { try $0.studentChoices(of: all, school: nil, on: day) }.trackers.isEmpty)
            let list = try await room.read {
                try $0.students(of: all, filter: StudentFilter(tracker: room.chess), on: day, at: room.now)
            }
            #expect(list.lines.map(\.id) == [ben])
            #expect(list.counts.total == 1)
        }
    }
}
