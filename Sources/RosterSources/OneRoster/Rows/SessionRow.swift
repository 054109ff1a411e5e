import Core

/// `academicSessions.csv` (OneRoster CSV 1.1 and 1.2).
struct SessionRow: RosterRow {
    private let id, begin, end: Column

    init(_ table: RosterTable) throws {
        id = try table.required("sourcedId", "sourceId")
        begin = try table.required("startDate")
        end = try table.required("endDate")
    }

    func subject(in table: RosterTable) -> RosterSubject { .term(table.text(id)) }

    func read(_ table: RosterTable, into records: inout [RosterRecord], notes: inout [RowNote]) throws(RowRefused) {
        records.append(
            .term(
                RosterTerm(
                    sourceID: try RosterID.checked(table.text(id)),
                    beginsOn: RosterDay.checked(table.text(begin), notes: &notes),
                    endsOn: RosterDay.checked(table.text(end), notes: &notes))))
    }
}
