import Core
import Foundation
import Storage
import Testing

@Suite struct TheFormatOfARoster {
    /// A reader that finds what it was told, or else Clever's files.
    private static func asked(_ intake: RosterIntake) -> RosterFormat? {
        if case .package(let format) = intake.wish { format } else { nil }
    }

    private static let reader: RosterReader = { _, intake, _ in
        intake.origin = RosterOrigin(
            format: (asked(intake) ?? .clever).name, system: asked(intake) == nil ? "Sample SIS" : nil)
        try intake.receive(
            .school(RosterSchool(sourceID: "s1", name: "Pine Hollow", kind: "school", parentID: nil)),
            at: RosterPlace(file: "schools.csv", line: 2))
    }

    @Test func `stands in its plan, with the system that made it`() async throws {
        let house = try await RosterHouse()
        let id = try await house.syncs(reader: Self.reader).read(file: house.folder, fileName: "x.zip", by: nil)
        let plan = try #require(try await house.main.read { try $0.rosterPlan(id) })
        #expect(plan.origin == RosterOrigin(format: "Clever CSV", system: "Sample SIS"))
        #expect(try await house.main.read { try $0.lastAskedFormat() } == nil)
    }

    @Test func `is what a person says, who need not say it again`() async throws {
        let house = try await RosterHouse()
        let syncs = house.syncs(reader: Self.reader)
        let id = try await syncs.read(file: house.folder, fileName: "x.zip", as: .canvas, by: nil)
        #expect(try await house.main.read { try $0.rosterPlan(id)?.origin?.format } == "Canvas SIS CSV")
        #expect(try await house.main.read { try $0.lastAskedFormat() } == .canvas)
        _ = try await syncs.read(file: house.folder, fileName: "x.zip", by: nil)
        #expect(try await house.main.read { try $0.lastAskedFormat() } == nil)
    }

    @Test func `may tell a student's grade with the role`() async throws {
        let house = try await RosterHouse()
        let syncs = house.syncs { _, intake, _ in
            let place = RosterPlace(file: "x.csv", line: 2)
            let records: [RosterRecord] = [
                .school(RosterSchool(sourceID: "s1", name: "Pine Hollow", kind: "school", parentID: nil)),
                .person(
                    RosterPerson(
                        sourceID: "ana", role: nil, schoolIDs: [], username: "ana", givenName: "Ana",
                        familyName: "Reyes")),
                .person(
                    RosterPerson(
                        sourceID: "ben", role: nil, schoolIDs: [], username: "ben", givenName: "Ben", familyName: "Ode",
                        grade: "7")),
                .role(RosterRole(personID: "ana", schoolID: "s1", role: .student, isPrimary: true, grade: "10")),
                .role(RosterRole(personID: "ben", schoolID: "s1", role: .student, isPrimary: true, grade: "8")),
            ]
            for record in records { try intake.receive(record, at: place) }
        }
        let id = try await syncs.read(file: house.folder, fileName: "x.zip", by: nil)
        try await syncs.apply(id, by: nil)
        #expect(try await house.text("SELECT grade AS value FROM account WHERE given_name = 'Ana'") == "10")
        // What the person's own row says counts more.
        #expect(try await house.text("SELECT grade AS value FROM account WHERE given_name = 'Ben'") == "7")
    }
}
