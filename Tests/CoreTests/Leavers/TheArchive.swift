import Core
import Foundation
import Storage
import TestSupport
import Testing

@Suite struct TheArchive {
    private func tidy(_ school: Schoolhouse) async throws { try await school.erasures.archive() }

    @Test func `takes whoever left longer ago than the district has set, and gives back whom a longer time lets go`()
        async throws
    {
        try await Schoolhouse.open { school in
            try await school.leave(Cast.ben, days: 20)
            try await school.leave(Cast.cleo, days: 10)
            try await tidy(school)
            #expect(try await school.listed()["Ben Ames"] == nil)
            #expect(try await school.listed()["Cleo Bell"] == .suspended)
            #expect(try await school.listed(StudentFilter(state: .archived)) == ["Ben Ames": .archived])
            #expect(try await school.listed(StudentFilter(state: .suspended)) == ["Cleo Bell": .suspended])

            try await school.setRule(archive: 31, erase: nil)
            try await tidy(school)
            #expect(try await school.listed()["Ben Ames"] == .suspended)
            #expect(try await school.listed(StudentFilter(state: .archived)).isEmpty)
        }
    }

    @Test func `is left by who comes back, and whoever leaves again is not there at once`() async throws {
        try await Schoolhouse.open { school in
            try await school.leave(Cast.cleo, days: 31)
            try await tidy(school)
            try await school.write {
                try $0.execute(
                    "UPDATE account SET suspended_at = NULL, suspended_for = NULL WHERE id = \(Cast.cleo.id)")
            }
            #expect(try await school.listed()["Cleo Bell"] == .active)
            try await school.leave(Cast.cleo, days: 1)
            try await tidy(school)
            #expect(try await school.listed()["Cleo Bell"] == .suspended)
        }
    }

    @Test(arguments: ["hand", "disabled"])
    func `takes nobody whom a roster still names or a person has suspended`(for reason: String) async throws {
        try await Schoolhouse.open { school in
            try await school.write {
                try $0.execute(
                    "UPDATE account SET suspended_at = 5, suspended_for = \(reason) WHERE id = \(Cast.ben.id)")
            }
            try await tidy(school)
            #expect(try await school.listed()["Ben Ames"] == .suspended)
            let now = school.clock.now
            let counts = try await school.read { try $0.leaverCounts(of: Schoolhouse.district, at: now) }
            #expect(counts.isEmpty)
        }
    }

    @Test func `is passed over by searches, by the teacher's list, by mailings and by card sheets`() async throws {
        try await Schoolhouse.open { school in
            try await school.leave(Cast.ben, days: 31)
            try await tidy(school)
            let now = school.clock.now
            let day = SchoolDay(now, in: .gmt)
            #expect(try await school.listed(StudentFilter(search: "ames")).isEmpty)
            let found = try await school.listed(StudentFilter(state: .archived, search: "ames"))
            #expect(found == ["Ben Ames": .archived])
            let (list, preview) = try await school.read { connection in
                (
                    try connection.students(of: Teacher(id: Cast.ada.id, day: day), at: now),
                    try connection.previewMailing(
                        MailingChoice(allSchools: true), by: .administrator(Schoolhouse.district, day), at: now)
                )
            }
            #expect(!list.lines.contains { $0.name == "Ben Ames" } && list.counts.total == list.lines.count)
            #expect(list.counts[.archived] == 1)
            #expect(preview.suspended.count == 0 && preview.total == 5)
        }
    }

    @Test func `is filled in steps, each of which says how much it did`() async throws {
        try await Schoolhouse.open { school in
            try await school.leave(Cast.ben, Cast.cleo, Cast.dina, days: 31)
            let now = school.clock.now
            var steps: [Int] = []
            repeat {
                steps.append(try await school.write { try $0.archiveLeavers(limit: 2, at: now) })
            } while steps.last != 0
            #expect(steps == [2, 1, 0])
        }
    }
}
