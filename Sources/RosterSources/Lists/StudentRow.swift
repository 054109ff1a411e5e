import Core

/// A row of a list of students, as its shape says what stands where. What is not read there has no column here.
final class StudentRow: RosterRow {
    private let table: RosterTable
    private let columns: StudentListColumns
    private let key: StudentListKey
    private let school: RosterSchool
    private let person: PersonColumns
    private var trackers: Set<String> = []
    /// What was said of each student, where a list has a row for each of their classes.
    private var said: [String: Int] = [:]

    init(_ table: RosterTable, _ columns: StudentListColumns, by key: StudentListKey, in school: RosterSchool) {
        self.table = table
        self.columns = columns
        self.key = key
        self.school = school
        person = PersonColumns(
            id: .absent, username: columns.username, given: .absent, family: .absent,
            preferredGiven: columns.preferred, number: columns.number, address: columns.address, grade: columns.grade)
    }

    func subject(in _: any RosterValues) -> RosterSubject {
        // Nobody has this id: a sum must not look like a student who could not be read, or nobody could ever be taken off.
        if ListTotal.isOne(table.values) { return .person("\(school.sourceID)/") }
        do throws(RowRefused) {
            return .person(try id(in: table, name: columns.name(in: table)))
        } catch {
            return .somebody
        }
    }

    func read(_: any RosterValues, into records: inout [RosterRecord], notes: inout [RowNote]) throws(RowRefused) {
        let values = table.values
        if values.isEmpty { return }
        let name = columns.name(in: table)
        guard !isRemark(values, name: name, in: table) else {
            throw RowRefused(
                reason:
                    "This line names no student. If it is a total or a remark, take it out; if a name is missing, add it."
            )
        }
        let id = try id(in: table, name: name)
        if case .name(let shared) = key, shared.contains(StudentListKey.folded(name)) {
            throw RowRefused(
                reason:
                    "Two students have this name and the list has no numbers: {value}. Add a column of student numbers.",
                value: "\(name.given) \(name.family)")
        }
        let student = try person.person(
            in: table, role: .student, schools: [school.sourceID], key: id,
            wholeName: columns.hasNames ? (name.given, name.family) : nil, notes: &notes)
        let enrollments = try enrollments(of: student, in: table, notes: &notes)
        if isNews(student) { records.insert(.person(student), at: 0) }
        records += enrollments
    }

    /// True for a line that is about no student: a sum, or one without name and id.
    private func isRemark(_ values: [String], name: WholeName, in table: RosterTable) -> Bool {
        if ListTotal.isOne(values) { return true }
        guard columns.hasNames else { return false }
        let text = name.given + name.family
        if text.isEmpty { return !hasID(in: table) }
        if !ListTotal.hasLetters(text) { return true }
        guard case .name = key else { return false }
        return text.unicodeScalars.contains { $0 == ":" || ("0"..."9").contains($0) }
    }

    private func hasID(in table: RosterTable) -> Bool {
        switch key {
        case .number: !table.text(columns.number).isEmpty
        case .username: !table.text(columns.username).isEmpty
        case .address: !table.text(columns.address).isEmpty
        case .name: false
        }
    }

    private func id(in table: RosterTable, name: WholeName) throws(RowRefused) -> String {
        let text: String
        switch key {
        case .number: text = table.text(columns.number)
        case .username: text = Username.key(table.text(columns.username))
        case .address:
            let sent = table.text(columns.address)
            guard let address = Address.key(sent) ?? (sent.isEmpty ? "" : nil) else {
                throw RowRefused(
                    reason: "{value} is no email address, and this list tells students apart by theirs. Correct it.",
                    value: sent)
            }
            text = address
        // Names are only told apart within a school.
        case .name:
            let folded = StudentListKey.folded(name)
            text = folded.isEmpty ? "" : "\(school.sourceID)/\(folded)"
        }
        guard !text.isEmpty else {
            throw RowRefused(reason: "This list tells students apart by a column that is empty here. Fill it in.")
        }
        return try RosterID.checked(text)
    }

    private func enrollments(
        of student: RosterPerson, in table: RosterTable, notes: inout [RowNote]
    ) throws(RowRefused) -> [RosterRecord] {
        var records: [RosterRecord] = []
        var new: [RosterRecord] = []
        var ids: [String] = []
        for column in columns.trackers {
            guard let name = PersonName.label(in: column, of: table, notes: &notes), !name.isEmpty else { continue }
            // "3-4" becomes "04-Mar" as an id does, and then nobody knows the class.
            if RosterID.isDamagedBySpreadsheet(name) { _ = try RosterID.checked(name) }
            let folded = Username.key(name.split(whereSeparator: \.isWhitespace).joined(separator: " "))
            let id = try RosterID.checked("\(school.sourceID)/\(folded)")
            guard !ids.contains(id) else { continue }
            ids.append(id)
            if !trackers.contains(id) {
                new.append(.tracker(RosterTracker(sourceID: id, schoolID: school.sourceID, name: name)))
            }
            records.append(.enrollment(RosterEnrollment(trackerID: id, personID: student.sourceID, role: .student)))
        }
        trackers.formUnion(ids)
        return new + records
    }

    /// False for one of whom a row before said the same.
    private func isNews(_ student: RosterPerson) -> Bool {
        guard !columns.trackers.isEmpty else { return true }
        var hasher = Hasher()
        for fact in [
            student.username, student.givenName, student.familyName, student.preferredGivenName, student.address,
            student.grade,
        ] {
            hasher.combine(fact)
        }
        let facts = hasher.finalize()
        return said.updateValue(facts, forKey: student.sourceID) != facts
    }
}
