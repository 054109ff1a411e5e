import Core
import Foundation
import Storage
import Testing

@Suite struct GivingATracker {
    @Test func `lets an aide see its students until it is taken away`() async throws {
        try await Staffroom.open { room in
            let ruth = room.district(try await room.member("Ruth", administers: []))
            let aide = try await room.member("Aida")
            let now = room.now
            try await room.student("Ben", "Ames", in: [room.class4B])
            try await room.write {
                try $0.execute("UPDATE account SET roster_roles = 'aide', role_waits = TRUE WHERE id = \(aide)")
            }
            let seen = Teacher(id: aide, day: SchoolDay(now, in: .gmt))
            #expect(try await room.read { try $0.students(of: seen, at: now) }.found == 0)
            for _ in 0..<2 {
                let done = try await room.write {
                    try $0.giveTracker(room.class4B, to: aide, by: ruth, entry: .new(at: now), at: now)
                }
                #expect(done)
            }
            #expect(try await room.read { try $0.students(of: seen, at: now) }.found == 1)
            #expect(try await room.read { try $0.staff(of: ruth) }.proposed == 0)
            let portrait = try await room.read { try $0.staffPortrait(aide, visibleTo: ruth) }
            #expect(portrait?.trackers.map(\.isByHand) == [true])
            #expect(portrait?.events.map(\.what) == [.act(.trackerGiven)])
            for _ in 0..<2 {
                let done = try await room.write {
                    try $0.takeTracker(room.class4B, from: aide, by: ruth, entry: .new(at: now), at: now)
                }
                #expect(done)
            }
            #expect(try await room.read { try $0.students(of: seen, at: now) }.found == 0)
            #expect(try await room.value("SELECT count(*) AS value FROM audit WHERE subject_id = \(aide)") == 2)
        }
    }

    @Test func `takes nothing away that the roster gave, and leaves a principal's claim open`() async throws {
        try await Staffroom.open { room in
            let ruth = room.district(try await room.member("Ruth", administers: []))
            let now = room.now
            let done = try await room.write {
                try $0.takeTracker(room.class4B, from: room.ada.id, by: ruth, entry: .new(at: now), at: now)
            }
            #expect(done)
            #expect(try await room.value("SELECT count(*) AS value FROM enrollment WHERE role = 'teacher'") == 3)
            let pat = try await room.member("Pat")
            try await room.write {
                try $0.execute("UPDATE account SET roster_roles = 'principal', role_waits = TRUE WHERE id = \(pat)")
            }
            try await room.write {
                _ = try $0.giveTracker(room.chess, to: pat, by: ruth, entry: .new(at: now), at: now)
            }
            #expect(try await room.read { try $0.staff(of: ruth) }.proposed == 1)
        }
    }

    @Test func `stays within the scope`() async throws {
        try await Staffroom.open { room in
            let elm = ID<School>.new(at: room.now)
            let chief = Administrator(
                id: try await room.member("Chief", in: [elm], administers: [elm]), hasDistrict: false)
            let own = try await room.member("Own", in: [elm])
            let now = room.now
            let results = try await room.write { connection in
                let tracker = ID<Tracker>.new(at: now)
                try connection.execute("INSERT INTO tracker (id, school_id, name) VALUES (\(tracker), \(elm), 'E')")
                return try [(own, room.class4B), (room.ada.id, tracker), (own, .new(at: now)), (own, tracker)].map {
                    try connection.giveTracker($0.1, to: $0.0, by: chief, entry: .new(at: now), at: now)
                }
            }
            #expect(results == [false, false, false, true])
            let offered = try await room.read { try $0.trackersToGive(to: own, search: "", by: chief, limit: 10) }
            #expect(offered.map(\.name) == ["E"] && offered[0].isTaught)
            let nothing = try await room.read { try $0.trackersToGive(to: own, search: "4b", by: chief, limit: 10) }
            #expect(nothing.isEmpty)
        }
    }
}
