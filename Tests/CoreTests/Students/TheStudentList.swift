import Core
import Storage
import Testing

@Suite struct TheStudentList {
    @Test func `holds each student of all of a teacher's trackers once`() async throws {
        try await Staffroom.open { room in
            let ben = try await room.student("Ben", "Abbott", in: [room.class4B, room.chess])
            let cleo = try await room.student("Cleo", "Brandt", in: [room.chess])
            try await room.student("Otto", "Other", in: [room.class5A])
            let list = try await room.read { try $0.students(of: room.ada, at: room.now) }
            #expect(list.lines.map(\.id) == [ben, cleo])
            #expect(list.lines[0].trackers.map(\.name) == ["Chess", "Homeroom 4B"])
            #expect(list.found == 2)
            #expect(list.counts[.noAddress] == 2)
        }
    }

    @Test func `does not show a student of two teachers with the other's trackers`() async throws {
        try await Staffroom.open { room in
            try await room.student("Ben", "Abbott", in: [room.class4B, room.class5A])
            let list = try await room.read { try $0.students(of: room.dov, at: room.now) }
            #expect(list.lines.first?.trackers.map(\.name) == ["Homeroom 5A"])
        }
    }

    @Test func `finds nobody for a tracker of somebody else`() async throws {
        try await Staffroom.open { room in
            let otto = try await room.student("Otto", "Other", in: [room.class5A])
            let filter = StudentFilter(tracker: room.class5A)
            let list = try await room.read { try $0.students(of: room.ada, filter: filter, at: room.now) }
            #expect(list.lines.isEmpty)
            #expect(list.counts.total == 0)
            let one = try await room.read { try $0.student(otto, visibleTo: room.ada, at: room.now) }
            #expect(one == nil)
            let tracker = try await room.read { try $0.tracker(room.class5A, taughtBy: room.ada, at: room.now) }
            #expect(tracker == nil)
        }
    }

    @Test(
        arguments: [
            ("2026-09-15", nil, true), ("2026-09-16", nil, false), (nil, "2026-09-02", true),
            (nil, "2026-09-01", false),
        ] as [(String?, String?, Bool)])
    func `shows a tracker from 14 days before it begins until the day it ends`(
        begins: String?, ends: String?, isVisible: Bool
    ) async throws {
        try await Staffroom.open { room in
            try await room.student("Ben", "Abbott", in: [room.class4B])
            try await room.write {
                try $0.execute(
                    "UPDATE tracker SET begins_on = \(begins), ends_on = \(ends) WHERE id = \(room.class4B)")
            }
            let list = try await room.read { try $0.students(of: room.ada, at: room.now) }
            #expect(list.lines.isEmpty != isVisible)
            let trackers = try await room.read { try $0.trackers(of: room.ada, at: room.now) }
            #expect(trackers.map(\.id).contains(room.class4B) == isVisible)
        }
    }

    @Test(arguments: ["ohara", "O'Hara", "o’hara beck", "beckett o'hara", "beck@", "BECKETT", "ohara beckett"])
    func `finds a child however the name is typed`(search: String) async throws {
        try await Staffroom.open { room in
            let beckett = try await room.student(
                "Beckett", "O’Hara", address: "beck@school.example", in: [room.class4B])
            try await room.student("Sofía", "Ibáñez", in: [room.class4B])
            let list = try await room.read {
                try $0.students(of: room.ada, filter: StudentFilter(search: search), at: room.now)
            }
            #expect(list.lines.map(\.id) == [beckett])
            #expect(list.counts.total == 2)
        }
    }

    @Test(arguments: ["%", "_", "!", "100%", "sofia x"])
    func `finds nobody for signs that mean something to a database`(search: String) async throws {
        try await Staffroom.open { room in
            try await room.student("Sofía", "Ibáñez", in: [room.class4B])
            let list = try await room.read {
                try $0.students(of: room.ada, filter: StudentFilter(search: search), at: room.now)
            }
            #expect(list.lines.isEmpty)
        }
    }

    @Test(arguments: StudentFilter.Order.allCases)
    func `gives every student exactly once, page after page`(order: StudentFilter.Order) async throws {
        try await Staffroom.open { room in
            var all: Set<ID<Account>> = []
            for number in 0..<23 {
                let address = number.isMultiple(of: 3) ? nil : "s\(number)@school.example"
                all.insert(
                    try await room.student(
                        "S\(number)", number < 12 ? "Same" : "Other", address: address, in: [room.class4B]))
            }
            var seen: [ID<Account>] = []
            var filter = StudentFilter(order: order)
            repeat {
                let asked = filter
                let page = try await room.read {
                    try $0.students(of: room.ada, filter: asked, limit: 5, at: room.now)
                }
                #expect(page.found == 23)
                seen += page.lines.map(\.id)
                filter.after = page.next
            } while filter.after != nil
            #expect(seen.count == 23)
            #expect(Set(seen) == all)
        }
    }
}
