import Core

/// The names of a file's columns about one person in one school.
struct MemberNames {
    var id: [String]
    var school: [String]
    var given: [String]
    var family: [String]
    var number: [String]
    var address: [String]
    /// False where a file may do without names.
    var needsNames: Bool

    /// Clever's files for SFTP: students.csv, teachers.csv, staff.csv.
    static func clever(id: String, number: String, _ addresses: String...) -> Self {
        Self(
            id: [id], school: ["School_id"], given: ["First_name"], family: ["Last_name"], number: [number],
            address: addresses, needsNames: true)
    }

    /// School Data Sync 1 in its American and its British form: Student.csv, Teacher.csv.
    static func schoolDataSync(number: String) -> Self {
        Self(
            id: ["SIS ID", "ID"], school: ["School SIS ID", "School DfE Number", "School ID"], given: ["First Name"],
            family: ["Last Name"], number: [number], address: ["Secondary Email"], needsNames: false)
    }
}

/// A person in one school, whose kind the file tells. Passwords, birthdays, addresses and all that concerns health, money or
/// descent have no column here: they are never read.
final class MemberRow: RosterRow {
    private let kind: RosterRoleKind
    private let person: PersonColumns
    private let school, word: Column
    private let context: RosterContext
    /// Who stood in the row before, with their schools: a student is there once for each contact and each school.
    private var last: (id: String, schools: [String])?

    init(
        _ table: any RosterValues, _ kind: RosterRoleKind, names: MemberNames, word: [String] = [],
        in context: RosterContext
    ) throws {
        self.kind = kind
        self.context = context
        let given = names.needsNames ? try table.required(anyOf: names.given) : table.column(anyOf: names.given)
        let family = names.needsNames ? try table.required(anyOf: names.family) : table.column(anyOf: names.family)
        person = PersonColumns(
            id: try table.required(anyOf: names.id), username: table.column("Username"), given: given, family: family,
            number: table.column(anyOf: names.number), address: table.column(anyOf: names.address),
            grade: table.column("Grade"), leavingYear: table.column("Graduation_year", "Graduation Year"),
            language: table.column("Home_language"))
        school = try table.required(anyOf: names.school)
        self.word = table.column(anyOf: word)
    }

    func subject(in table: any RosterValues) -> RosterSubject { .person(table.text(person.id)) }

    func read(_ table: any RosterValues, into records: inout [RosterRecord], notes: inout [RowNote]) throws(RowRefused)
    {
        let schools = try RosterID.list(table.text(school))
        let word = kind == .otherStaff ? Self.word(table.text(word)) : ""
        if let before = last, before.id == table.text(person.id) {
            for school in schools where !before.schools.contains(school) {
                last?.schools.append(school)
                records.append(
                    .role(RosterRole(personID: before.id, schoolID: school, role: kind, word: word)))
            }
            return
        }
        let person = try person.person(in: table, role: kind, word: word, schools: schools, notes: &notes)
        last = (person.sourceID, schools)
        if kind == .teacher { context.teachers[person.sourceID] = Set(schools) }
        records.append(.person(person))
    }

    /// OneRoster's word for what Clever calls "School Admin" or "District Admin".
    private static func word(_ text: String) -> String {
        let text = text.lowercased()
        guard text.contains("admin") else { return text.contains("principal") ? "principal" : "staff" }
        return text.contains("district") ? "districtadministrator" : "siteadministrator"
    }
}
