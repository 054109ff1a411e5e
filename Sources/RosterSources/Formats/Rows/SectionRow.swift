import Core

/// The names of the columns of a file of sections.
struct SectionNames {
    var id: [String]
    var school: [String]
    /// The section's own name, then what else it may be called.
    var name: [String]
    var course: [String]
    var number: [String]
    var period: [String]
    var term: [String]
    var begins: [String]
    var ends: [String]
    var teachers: [String]

    /// Clever's sections.csv, which names up to ten teachers.
    static let clever = Self(
        id: ["Section_id"], school: ["School_id"], name: ["Name"], course: ["Course_name"],
        number: ["Section_number"], period: ["Period"], term: ["Term_name"], begins: ["Term_start"],
        ends: ["Term_end"], teachers: ["Teacher_id"] + (2...10).map { "Teacher_\($0)_id" })

    /// Section.csv of School Data Sync 1.
    static let schoolDataSync = Self(
        id: ["SIS ID", "ID"], school: ["School SIS ID", "School DfE Number", "School ID"], name: ["Section Name"],
        course: ["Course Name"], number: ["Section Number"], period: ["Periods"], term: ["Term SIS ID"],
        begins: ["Term StartDate"], ends: ["Term EndDate"], teachers: [])
}

/// A section with its term and, where the file names them, its teachers.
final class SectionRow: RosterRow {
    private let id, school, name, course, number, grade, period, term, begins, ends: Column
    private let teachers: [Column]
    private let context: RosterContext
    private var terms: Set<String> = []

    init(_ table: any RosterValues, names: SectionNames, in context: RosterContext) throws {
        self.context = context
        id = try table.required(anyOf: names.id)
        school = try table.required(anyOf: names.school)
        name = table.column(anyOf: names.name)
        course = table.column(anyOf: names.course)
        number = table.column(anyOf: names.number)
        grade = table.column("Grade")
        period = table.column(anyOf: names.period)
        term = table.column(anyOf: names.term)
        begins = table.column(anyOf: names.begins)
        ends = table.column(anyOf: names.ends)
        teachers = names.teachers.map { table.column(anyOf: [$0]) }.filter { !$0.isAbsent }
    }

    func subject(in table: any RosterValues) -> RosterSubject { .tracker(table.text(id)) }

    func read(_ table: any RosterValues, into records: inout [RosterRecord], notes: inout [RowNote]) throws(RowRefused)
    {
        let id = try RosterID.checked(table.text(id))
        let school = try RosterID.checked(table.text(school))
        let name = try name(in: table, notes: &notes)
        var seats: [RosterEnrollment] = []
        for (index, column) in teachers.enumerated() where !table.text(column).isEmpty {
            let teacher = try RosterID.checked(table.text(column))
            seats.append(RosterEnrollment(trackerID: id, personID: teacher, role: .teacher, isPrimary: index == 0))
        }
        // From here on nothing refuses the row: what was met in it counts as handed over.
        let term = term(in: table, into: &records, notes: &notes)
        records.append(
            .tracker(
                RosterTracker(
                    sourceID: id, schoolID: school, name: name,
                    grade: PersonName.label(in: grade, of: table, notes: &notes),
                    period: PersonName.label(in: period, of: table, notes: &notes), termIDs: term.map { [$0] } ?? [])))
        for seat in seats {
            records.append(.enrollment(seat))
            // A teacher is listed with the main school alone; sections tell the others.
            if context.teachers[seat.personID]?.insert(school).inserted == true {
                records.append(.role(RosterRole(personID: seat.personID, schoolID: school, role: .teacher)))
            }
        }
    }

    private func name(in table: any RosterValues, notes: inout [RowNote]) throws(RowRefused) -> String {
        let own = PersonName.label(table.text(name), notes: &notes)
        if !own.isEmpty { return own }
        let course = PersonName.label(table.text(course), notes: &notes)
        let number = PersonName.label(table.text(number), notes: &notes)
        guard !course.isEmpty || !number.isEmpty else { throw ClassRow.nameless }
        return course.isEmpty || number.isEmpty ? course + number : "\(course) (\(number))"
    }

    /// Terms have no file of their own: each is handed over where it is met first.
    private func term(in table: any RosterValues, into records: inout [RosterRecord], notes: inout [RowNote]) -> String?
    {
        let (begins, ends) = (table.text(begins), table.text(ends))
        guard !begins.isEmpty || !ends.isEmpty else { return nil }
        let id = "\(table.text(term)) \(begins) \(ends)"
        if terms.insert(id).inserted {
            records.append(
                .term(
                    RosterTerm(
                        sourceID: id, beginsOn: RosterDay.checked(begins, notes: &notes),
                        endsOn: RosterDay.checked(ends, notes: &notes))))
        }
        return id
    }
}
