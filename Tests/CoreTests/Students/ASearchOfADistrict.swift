import Core
import Foundation
import Storage
import Testing

/// Among more students than are looked at one by one: 3,200, of whom one has an unusual name.
@Suite struct ASearchOfADistrict {
    private func open(_ body: (Staffroom, ID<Account>) async throws -> Void) async throws {
        try await Staffroom.open { room in
            let beckett = try await room.student(
                "Beckett", "O’Hara", address: "beck@school.example", in: [room.class4B])
            try await room.write { connection in
                try connection.execute("UPDATE account SET number = 'S-1001' WHERE id = \(beckett)")
                for number in 0..<3_200 {
                    let id = ID<Account>.new(at: room.now)
                    let given = number.isMultiple(of: 2) ? "José" : "Nora"
                    let family = number.isMultiple(of: 100) ? "Ibáñez" : "García"
                    try connection.execute(
                        """
                        INSERT INTO account (id, kind, origin, username, given_name, family_name, sort_name, given_sort,
                          number)
                        VALUES (\(id), 'student', 'hand', \("u\(number)"), \(given), \(family),
                          \(SortName.key(family: family, given: given)), \(SortName.key(family: "", given: given)),
                          \("\(5_000 + number)"))
                        """)
                }
            }
            try await body(room, beckett)
        }
    }

    private func list(
        _ search: String, _ room: Staffroom, state: StudentState? = nil, later: Span = .hours(0)
    ) async throws -> StudentList {
        let all = Administrator(id: .new(at: room.now), hasDistrict: true)
        let now = room.now + later
        return try await room.read {
            try $0.students(
                of: all, filter: StudentFilter(state: state, search: search), on: SchoolDay(now, in: .gmt), at: now)
        }
    }

    @Test func `finds a child by the beginning of every name, username, number and address`() async throws {
        try await open { room, beckett in
            let searches = [
                "ohara", "O'Hara", "o’hara beck", "beckett o'hara", "beck@", "BECKETT", "beck", "s-1001", "S-10",
                "beckett s-1", "school.example beck",
            ]
            for search in searches {
                let found = try await list(search, room)
                #expect(found.lines.map(\.id) == [beckett], "\(search)")
                #expect(found.found == 1 && !found.isCut, "\(search)")
            }
        }
    }

    @Test func `says honestly that it stopped, and finds two common names together`() async throws {
        try await open { room, _ in
            let garcia = try await list("garcia", room)
            #expect(garcia.isCut)
            #expect(garcia.found == 500)
            #expect(garcia.lines.count == 50)
            // 1,600 are called José and 3,168 García: together they fit too many, José and Ibáñez 32.
            #expect(try await list("jose garcia", room).isCut)
            let few = try await list("ibanez jos", room)
            #expect(few.found == 32 && !few.isCut)
            let none = try await list("nora ibáñez", room)
            #expect(none.found == 0 && none.lines.isEmpty && !none.isCut)
            #expect(try await list("garcia", room, state: .bounced).found == 0)
        }
    }

    @Test func `knows the state of now, where time alone has changed it`() async throws {
        try await open { room, beckett in
            try await room.write { connection in
                try connection.execute(
                    """
                    UPDATE account SET card_state = 'printed', card_at = \(room.now), card_ends_at = \(room.now + .hours(1))
                    WHERE id = \(beckett)
                    """)
            }
            for search in ["beck", "beck ohara"] {
                #expect(try await list(search, room, state: .printed).lines.map(\.id) == [beckett])
                #expect(try await list(search, room, state: .ranOut).lines.isEmpty)
                #expect(try await list(search, room, state: .printed, later: .hours(2)).lines.isEmpty)
                let later = try await list(search, room, state: .ranOut, later: .hours(2))
                #expect(later.lines.map(\.state) == [.ranOut] && later.found == 1)
            }
        }
    }

    @Test func `finds a child once whose name, username and number begin alike`() async throws {
        try await open { room, beckett in
            try await room.write { connection in
                try connection.execute(
                    "UPDATE account SET number = 'OHARA-1', address_key = 'ohara@school.example' WHERE id = \(beckett)")
            }
            let found = try await list("ohara", room)
            #expect(found.lines.map(\.id) == [beckett] && found.found == 1)
        }
    }

    @Test func `goes on page after page`() async throws {
        try await open { room, _ in
            let all = Administrator(id: .new(at: room.now), hasDistrict: true)
            var filter = StudentFilter(search: "ibanez", order: .name)
            var seen: [ID<Account>] = []
            repeat {
                let asked = filter
                let page = try await room.read {
                    try $0.students(
                        of: all, filter: asked, limit: 9, on: SchoolDay(room.now, in: .gmt), at: room.now)
                }
                #expect(page.found == 32)
                seen += page.lines.map(\.id)
                filter.after = page.next
            } while filter.after != nil
            #expect(seen.count == 32 && Set(seen).count == 32)
        }
    }

    @Test(arguments: ["%", "_", "!", "100%", "zz top", "'"])
    func `finds nobody for signs that mean something to a database`(search: String) async throws {
        try await open { room, _ in
            let found = try await list(search, room)
            // A word of signs alone is none: the whole list is there.
            #expect(search == "'" ? found.found == 3_201 : found.lines.isEmpty)
        }
    }
}
