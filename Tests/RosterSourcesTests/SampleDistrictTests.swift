import Core
import Foundation
import Testing

@testable import RosterSources

@Suite struct ASampleDistrict {
    private let bench: Workbench
    init() throws { bench = try Workbench() }

    @Test(arguments: [OneRosterVersion.v1_1, .v1_2]) func `is read whole and without a word`(version: OneRosterVersion)
        throws
    {
        let path = bench.path + "/sample.zip"
        try SampleDistrict(schoolYear: 2027, version: version).write(toZip: path)
        let taken = try Taken(of: path)
        #expect(taken.problems.isEmpty)
        #expect(taken.summary.version == version)
        #expect(taken.people.count == 640)
        #expect(taken.people.filter { $0.role == .student }.count == (version == .v1_1 ? 600 : 0))
        #expect(taken.summary.unreadFiles == ["courses.csv"])
        if version == .v1_2 { #expect(taken.people.contains { $0.preferredGivenName != nil }) }
    }

    @Test func `is the same from the same seed, in a zip and in a folder`() throws {
        let district = SampleDistrict(seed: 5, students: 90, schoolYear: 2027)
        try district.write(toZip: bench.path + "/a.zip")
        try district.write(toZip: bench.path + "/b.zip")
        try district.write(toFolder: bench.path + "/c")
        #expect(try Data(contentsOf: url("a.zip")) == Data(contentsOf: url("b.zip")))
        let zipped = try Taken(of: bench.path + "/a.zip").records
        #expect(try Taken(of: bench.path + "/c").records == zipped)
        try SampleDistrict(seed: 6, students: 90, schoolYear: 2027).write(toZip: bench.path + "/d.zip")
        #expect(try Taken(of: bench.path + "/d.zip").records != zipped)
    }

    @Test func `has the troubles of a real one`() throws {
        let people = try demo().people
        let students = people.filter { $0.role == .student }
        let without = students.filter { $0.address == nil }.count
        #expect((54...90).contains(without))
        #expect(students.contains { $0.username.isEmpty })
        #expect(students.filter { $0.username.isEmpty }.count < 100)
        let families = Dictionary(grouping: students.filter { $0.address != nil }) { $0.address }
        #expect(families.values.filter { $0.count > 1 }.count > 20)
        #expect(families.values.allSatisfy { family in Set(family.map(\.familyName)).count == 1 })
        #expect(students.allSatisfy { $0.number?.hasPrefix("000") == true })
        #expect(Set(students.map(\.language)) == ["en", "es"])
        #expect(students.contains { $0.givenName.contains(" ") })
        #expect(students.contains { $0.familyName.contains("'") })
        #expect(students.contains { !$0.familyName.utf8.allSatisfy { $0 < 0x80 } })
        #expect(students.allSatisfy { $0.leavingYear.map { (2027...2039).contains($0) } ?? false })
        let usernames = people.map { $0.username.lowercased() }.filter { !$0.isEmpty }
        #expect(Set(usernames).count == usernames.count)
        let addresses = people.filter { $0.role != .student }.compactMap(\.address)
        #expect(Set(addresses).count == 40)
        #expect(people.compactMap(\.address).allSatisfy { $0.hasSuffix(".example") })
    }

    @Test func `holds together: every reference is there, nobody twice in a tracker`() throws {
        let taken = try demo()
        let people = Set(taken.people.map(\.sourceID))
        var schools: Set<String> = []
        var terms: Set<String> = []
        var trackers: [String: [RosterEnrollment]] = [:]
        for record in taken.records {
            switch record {
            case .school(let school): schools.insert(school.sourceID)
            case .term(let term): terms.insert(term.sourceID)
            case .tracker(let tracker):
                trackers[tracker.sourceID] = []
                #expect(schools.contains(tracker.schoolID))
                #expect(terms.isSuperset(of: tracker.termIDs) && !tracker.termIDs.isEmpty)
            case .enrollment(let enrollment):
                #expect(people.contains(enrollment.personID))
                trackers[enrollment.trackerID]?.append(enrollment)
            case .person(let person): #expect(schools.isSuperset(of: person.schoolIDs))
            case .role: Issue.record("OneRoster 1.1 has no roles")
            }
        }
        for enrollments in trackers.values {
            #expect(Set(enrollments.map(\.personID)).count == enrollments.count)
            #expect(enrollments.filter(\.isPrimary).count == 1)
            #expect((1...30).contains(enrollments.filter { $0.role == .student }.count))
        }
        let all = trackers.values.flatMap { $0 }
        #expect(all.count == taken.summary.rows["enrollments.csv"])
        #expect(trackers.values.contains { $0.filter { $0.role == .teacher }.count == 2 })
        let seats = Dictionary(grouping: all.filter { $0.role == .student }, by: \.personID)
        #expect(seats.count == 600)
        #expect(seats.values.contains { $0.count == 3 })
    }

    @Test(arguments: [(1, 0, 0), (1, 1, 1), (2, 3, 7), (5, 100, 3_000)]) func `may have any size`(
        schools: Int, staff: Int, students: Int
    ) throws {
        let path = bench.path + "/any"
        try SampleDistrict(schools: schools, staff: staff, students: students, schoolYear: 2027).write(toFolder: path)
        if staff + students > 0 {
            #expect(try Taken(of: path).people.count == staff + students)
        } else {
            #expect(throws: RosterRefused.self) { try Taken(of: path) }
        }
    }

    private func demo() throws -> Taken {
        let path = bench.path + "/demo.zip"
        try SampleDistrict(schoolYear: 2027).write(toZip: path)
        return try Taken(of: path)
    }

    private func url(_ name: String) -> URL { URL(fileURLWithPath: bench.path + "/" + name) }
}
