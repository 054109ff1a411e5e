import Core
import Foundation
import RosterSources
import Testing

/// Files that others have published, byte for byte; each folder says whose.
@Suite struct TheSampleRosters {
    private let bench: Workbench
    init() throws { bench = try Workbench() }

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Samples")

    private func files(of sample: String) throws -> [(name: String, bytes: [UInt8])] {
        let folder = Self.folder.appending(path: sample)
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".csv") }.sorted()
            .map { ($0, [UInt8](try Data(contentsOf: folder.appending(path: $0)))) }
    }

    private func take(_ sample: String) throws -> Taken {
        let zipped = try Taken(of: bench.zip(try files(of: sample)))
        #expect(try Taken(of: bench.folder(try files(of: sample))).records == zipped.records)
        return zipped
    }

    @Test(arguments: [
        ("microsoft-sds-v1-25users", 22, 2), ("microsoft-sds-v1-100users", 86, 12), ("microsoft-sds-uk-25users", 22, 2),
    ])
    func `of School Data Sync 1 are read whole`(sample: String, students: Int, teachers: Int) throws {
        let taken = try take(sample)
        #expect(taken.summary.format == .schoolDataSync1)
        #expect(taken.people.count { $0.role == .student } == students)
        #expect(taken.people.count { $0.role == .teacher } == teachers)
        #expect(taken.schools.map(\.name) == ["Contoso High School", "Fabrikam High School"])
        #expect(taken.problems.isEmpty, "\(taken.problems.prefix(3))")
        let ora = taken.people.first { $0.givenName == "Ora" }
        #expect(
            ora
                == RosterPerson(
                    sourceID: "13001", role: .student, schoolIDs: ["10001"], username: "OKlein", givenName: "Ora",
                    familyName: "Klein", number: "13001", grade: "9", leavingYear: 2019))
        #expect(
            taken.trackers.first
                == RosterTracker(
                    sourceID: "11001", schoolID: "10001", name: "Math - Algebra 1", period: "1",
                    termIDs: ["12000 7/1/2017 6/30/2018"]))
        #expect(
            taken.records.contains(
                .term(
                    RosterTerm(
                        sourceID: "12000 7/1/2017 6/30/2018", beginsOn: "2017-07-01", endsOn: "2018-06-30"))))
        #expect(
            taken.records.contains(.enrollment(RosterEnrollment(trackerID: "11001", personID: "14001", role: .teacher)))
        )
        #expect(
            taken.records.contains(.enrollment(RosterEnrollment(trackerID: "11001", personID: "13001", role: .student)))
        )
    }

    @Test func `of School Data Sync 1 without names are read by username, and say so`() throws {
        let taken = try take("microsoft-sds-v1-min")
        #expect(taken.people.count == 24)
        #expect(taken.people.first?.familyName == "OKlein")
        #expect(taken.problems.count == 24 && taken.problems.allSatisfy { !$0.isRefused })
        #expect(Set(taken.problems.map(\.reason)).count == 1)
    }

    @Test func `of School Data Sync 2 are read whole`() throws {
        let taken = try take("microsoft-sds-v2")
        #expect(taken.summary.format == .schoolDataSync2)
        #expect(taken.people.count == 29)
        let kinds = Dictionary(grouping: taken.people, by: \.role).mapValues(\.count)
        #expect(kinds == [.student: 22, .teacher: 5, .otherStaff: 2])
        // Colleges and universities hold people as schools do; a ministry holds none.
        #expect(taken.schools.count { $0.kind == "school" } == 4)
        #expect(taken.trackers.first?.schoolID == "10001")
        #expect(taken.problems.isEmpty, "\(taken.problems.prefix(3))")
    }

    @Test func `of School Data Sync 2_1 are read whole, with roles and grades in rows of their own`() throws {
        let taken = try take("microsoft-sds-v2.1")
        #expect(taken.summary.format == .schoolDataSync2_1)
        #expect(taken.people.count == 8)
        #expect(
            taken.records.contains(
                .role(
                    RosterRole(
                        personID: "114001", schoolID: "110003", role: .student, isPrimary: true, grade: "10",
                        beginsOn: "2021-08-24", endsOn: "2022-06-11"))))
        #expect(taken.trackers.map(\.termIDs) == [["FS2021HED"], ["SY2021K12"]])
        #expect(taken.problems.map(\.place.file) == ["demographics.csv"])
        #expect(taken.summary.unreadFiles == ["courses.csv", "demographics.csv", "relationships.csv", "userFlags.csv"])
    }

    @Test func `of Japanese schools are read with their names, whatever else stands in them`() throws {
        let hub = try take("rosterhub-japan")
        #expect(hub.people.map(\.familyName) == ["山田", "山田", "佐藤"])
        #expect(hub.summary.rowsMarkedForDeletion == 2)
        let bridge = try take("roster-bridge-jpp")
        #expect(bridge.summary.version == .v1_0)
        #expect(bridge.people.first?.schoolIDs == ["org1"])
        #expect(bridge.people.first?.grade == "10,11")
        #expect(bridge.summary.rowsRefused == 0)
    }
}
