import Core

/// `classes.csv` (OneRoster CSV 1.1 and 1.2).
struct ClassRow: OneRosterRow {
    private let id, title, school, code, grade, room, period, terms: Column

    init(_ table: RosterTable) throws {
        id = try table.required("sourcedId", "sourceId")
        title = try table.required("title")
        school = try table.required("schoolSourcedId")
        code = table.column("classCode")
        grade = table.column("grades", "grade")
        room = table.column("location")
        period = table.column("periods")
        terms = table.column("termSourcedIds", "termSourcedId")
    }

    func subject(in table: RosterTable) -> RosterSubject { .tracker(table.text(id)) }

    func record(in table: RosterTable, notes: inout [RowNote]) throws(RowRefused) -> RosterRecord? {
        var name = PersonName.label(table.text(title), notes: &notes)
        if name.isEmpty { name = PersonName.label(table.text(code), notes: &notes) }
        guard !name.isEmpty else { throw RowRefused(reason: "The class has neither a title nor a code. Give it one.") }
        return .tracker(
            RosterTracker(
                sourceID: try RosterID.checked(table.text(id)), schoolID: try RosterID.checked(table.text(school)),
                name: name, grade: label(grade, in: table, notes: &notes), room: label(room, in: table, notes: &notes),
                period: label(period, in: table, notes: &notes), termIDs: try RosterID.list(table.text(terms))))
    }

    private func label(_ column: Column, in table: RosterTable, notes: inout [RowNote]) -> String? {
        let text = table.text(column)
        return text.isEmpty ? nil : PersonName.label(text, notes: &notes)
    }
}
