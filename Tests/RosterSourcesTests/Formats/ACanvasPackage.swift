import Core
import RosterSources
import Testing

@Suite struct ACanvasPackage {
    private let bench: Workbench
    init() throws { bench = try Workbench() }

    private static let files = [
        "accounts.csv": "account_id,parent_account_id,name,status\npine,,Pine Hollow,active\noak,,Oak Bend,active\n",
        "terms.csv":
            "term_id,name,status,start_date,end_date\nyear,Year,active,2026-08-17 00:00:00,2027-06-12T00:00:00Z\n",
        "courses.csv": """
        course_id,short_name,long_name,account_id,term_id,status
        alg,ALG,Algebra,pine,year,active
        art,ART,Art,oak,,active
        old,OLD,Latin,oak,,deleted
        """,
        "sections.csv": "section_id,course_id,name,status\nalg-1,alg,Algebra 1,active\nold-1,old,Latin 1,active\n",
        "users.csv": """
        user_id,login_id,password,first_name,last_name,full_name,sortable_name,email,status
        ana,areyes,pw,Ana,Reyes,,,ana@home.example,active
        ben,bode,pw,,,Ben Karl Ode,,,suspended
        quill,oquill,pw,,,Odalys Quill,"Quill, Odalys",oquill@staff.example,active
        gone,gone,pw,Old,Pupil,,,,deleted
        """,
        "enrollments.csv": """
        course_id,user_id,role,section_id,status
        alg,ana,student,alg-1,active
        ,quill,Lead Teacher,alg-1,active
        art,ben,student,,active
        art,ana,observer,,active
        alg,ben,student,alg-1,deleted
        """,
    ]

    private func read(_ files: [String: String]) throws -> Taken {
        try Taken(of: bench.zip(files.sorted { $0.key < $1.key }.map { ($0.key, Array($0.value.utf8)) }))
    }

    @Test func `gives people their schools and roles by their enrollments`() throws {
        let taken = try read(Self.files)
        #expect(taken.summary.format == .canvas)
        #expect(
            taken.people == [
                RosterPerson(
                    sourceID: "ana", role: nil, schoolIDs: [], username: "areyes", givenName: "Ana",
                    familyName: "Reyes", address: "ana@home.example"),
                RosterPerson(
                    sourceID: "ben", role: nil, schoolIDs: [], username: "bode", givenName: "Ben Karl",
                    familyName: "Ode", isEnabled: false),
                RosterPerson(
                    sourceID: "quill", role: nil, schoolIDs: [], username: "oquill", givenName: "Odalys",
                    familyName: "Quill", address: "oquill@staff.example"),
            ])
        let roles: [RosterRole] = taken.records.compactMap { record in
            guard case .role(let role) = record else { return nil }
            return role
        }
        #expect(
            roles == [
                RosterRole(personID: "ana", schoolID: "pine", role: .student),
                RosterRole(personID: "quill", schoolID: "pine", role: .teacher),
                RosterRole(personID: "ben", schoolID: "oak", role: .student),
                RosterRole(personID: "ana", schoolID: "oak", role: .nobody),
            ])
    }

    @Test func `makes a tracker of each section, and of a course that has none`() throws {
        let taken = try read(Self.files)
        #expect(
            taken.trackers == [
                RosterTracker(sourceID: "alg-1", schoolID: "pine", name: "Algebra 1", termIDs: ["year"]),
                RosterTracker(sourceID: "course art", schoolID: "oak", name: "Art"),
            ])
        #expect(
            taken.records.contains(.term(RosterTerm(sourceID: "year", beginsOn: "2026-08-17", endsOn: "2027-06-12"))))
        #expect(
            taken.records.contains(
                .enrollment(RosterEnrollment(trackerID: "course art", personID: "ben", role: .student))))
        #expect(taken.summary.rowsMarkedForDeletion == 3)
        // The section of a deleted course is told; nothing else is wrong.
        #expect(taken.problems.map(\.value) == ["old"])
    }
}
