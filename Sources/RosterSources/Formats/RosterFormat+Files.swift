import Core

extension RosterFormat {
    /// The files that are read, in the order in which they are. All others stay closed.
    var files: [RosterFileKind] {
        switch self {
        case .oneRoster, .schoolDataSync2, .schoolDataSync2_1: Self.oneRosterFiles
        case .clever: Self.cleverFiles
        case .schoolDataSync1: Self.schoolDataSync1Files
        case .canvas: Self.canvasFiles
        }
    }

    /// School Data Sync 2 took over OneRoster's files, with some columns under names of its own.
    private static let oneRosterFiles = [
        RosterFileKind(name: "orgs.csv", isRequired: true, rows: .school) { table, _ in
            try SchoolRow(
                table, id: ["sourcedId", "sourceId"], name: ["name"], kind: "type", parent: "parentSourcedId")
        },
        RosterFileKind(name: "academicSessions.csv", rows: .term) { table, _ in
            try TermRow(table, id: ["sourcedId", "sourceId"], begins: "startDate", ends: "endDate")
        },
        RosterFileKind(name: "users.csv", isRequired: true, rows: .person) {
            try UserRow($0, hasRoles: $1.peopleHaveRoles)
        },
        RosterFileKind(name: "roles.csv", rows: .role) { table, _ in try RoleRow(table) },
        RosterFileKind(name: "classes.csv", isForTrackers: true, rows: .tracker) { table, _ in try ClassRow(table) },
        RosterFileKind(name: "enrollments.csv", isForTrackers: true, rows: .enrollment) { table, _ in
            try EnrollmentRow(table)
        },
    ]

    private static let cleverFiles = [
        RosterFileKind(name: "schools.csv", isRequired: true) { table, _ in
            try SchoolRow(table, id: ["School_id"], name: ["School_name"])
        },
        RosterFileKind(name: "students.csv", isRequired: true) {
            try MemberRow(
                $0, .student, names: .clever(id: "Student_id", number: "Student_number", "Student_email"), in: $1)
        },
        RosterFileKind(name: "teachers.csv") {
            try MemberRow(
                $0, .teacher, names: .clever(id: "Teacher_id", number: "Teacher_number", "Teacher_email"), in: $1)
        },
        RosterFileKind(name: "staff.csv", otherNames: ["admins.csv"]) {
            try MemberRow(
                $0, .otherStaff, names: .clever(id: "Staff_id", number: "", "Staff_email", "Admin_email"),
                word: ["Role"], in: $1)
        },
        RosterFileKind(name: "sections.csv", isForTrackers: true) { try SectionRow($0, names: .clever, in: $1) },
        RosterFileKind(name: "enrollments.csv", isForTrackers: true) { table, _ in
            try SeatRow(table, .student, tracker: ["Section_id"], person: ["Student_id"])
        },
    ]

    private static let schoolDataSync1Files = [
        RosterFileKind(name: "School.csv", isRequired: true) { table, _ in
            try SchoolRow(table, id: ["SIS ID", "DfE Number", "ID"], name: ["Name"])
        },
        RosterFileKind(name: "Student.csv", isRequired: true) {
            try MemberRow($0, .student, names: .schoolDataSync(number: "Student Number"), in: $1)
        },
        RosterFileKind(name: "Teacher.csv") {
            try MemberRow($0, .teacher, names: .schoolDataSync(number: "Teacher Number"), in: $1)
        },
        RosterFileKind(name: "Section.csv", isForTrackers: true) { try SectionRow($0, names: .schoolDataSync, in: $1) },
        RosterFileKind(name: "StudentEnrollment.csv", isForTrackers: true) { table, _ in
            try SeatRow(table, .student, tracker: ["Section SIS ID", "Section ID"], person: ["SIS ID", "ID"])
        },
        RosterFileKind(name: "TeacherRoster.csv") { table, _ in
            try SeatRow(table, .teacher, tracker: ["Section SIS ID", "Section ID"], person: ["SIS ID", "ID"])
        },
    ]

    private static let canvasFiles = [
        RosterFileKind(name: "accounts.csv", isRequired: true) { table, _ in
            try SchoolRow(table, id: ["account_id"], name: ["name"], parent: "parent_account_id")
        },
        RosterFileKind(name: "terms.csv") { table, _ in
            try TermRow(table, id: ["term_id"], begins: "start_date", ends: "end_date", needsDays: false)
        },
        RosterFileKind(name: "courses.csv") { try CanvasCourseRow($0, in: $1) },
        RosterFileKind(name: "sections.csv", isForTrackers: true) { try CanvasSectionRow($0, in: $1) },
        RosterFileKind(name: "users.csv", isRequired: true) { table, _ in try CanvasUserRow(table) },
        RosterFileKind(name: "enrollments.csv", isForTrackers: true) { try CanvasEnrollmentRow($0, in: $1) },
    ]
}
