import Core

/// `classes.csv` (OneRoster CSV 1.1 and 1.2, School Data Sync 2).
struct ClassRow: RosterRow {
    private let id, title, school, code, grade, room, period, terms: Column

    init(_ table: any RosterValues) throws {
        id = try table.required("sourcedId", "sourceId")
        title = try table.required("title")
        school = try table.required("schoolSourcedId", "orgSourcedId")
        code = table.column("classCode")
        grade = table.column("grades", "grade")
        room = table.column("location")
        period = table.column("periods")
        terms = table.column("termSourcedIds", "termSourcedId", "sessionSourcedIds")
    }

    func subject(in table: any RosterValues) -> RosterSubject { .tracker(table.text(id)) }

    func read(_ table: any RosterValues, into records: inout [RosterRecord], notes: inout [RowNote]) throws(RowRefused)
    {
        var name = PersonName.label(table.text(title), notes: &notes)
        if name.isEmpty { name = PersonName.label(table.text(code), notes: &notes) }
        guard !name.isEmpty else { throw Self.nameless }
        records.append(
            .tracker(
                RosterTracker(
                    sourceID: try RosterID.checked(table.text(id)), schoolID: try RosterID.checked(table.text(school)),
                    name: name, grade: PersonName.label(in: grade, of: table, notes: &notes),
                    room: PersonName.label(in: room, of: table, notes: &notes),
                    period: PersonName.label(in: period, of: table, notes: &notes),
                    termIDs: try RosterID.list(table.text(terms)))))
    }

    static let nameless = RowRefused(reason: "The class has neither a title nor a code. Give it one.")
}
