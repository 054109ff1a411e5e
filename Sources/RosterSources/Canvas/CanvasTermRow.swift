import Core

/// `terms.csv` (Canvas SIS import).
struct CanvasTermRow: RosterRow {
    private let id, begins, ends: Column

    init(_ table: RosterTable) throws {
        id = try table.required("term_id")
        begins = table.column("start_date")
        ends = table.column("end_date")
    }

    func subject(in table: RosterTable) -> RosterSubject { .term(table.text(id)) }

    func read(_ table: RosterTable, into records: inout [RosterRecord], notes: inout [RowNote]) throws(RowRefused) {
        records.append(
            .term(
                RosterTerm(
                    sourceID: try RosterID.checked(table.text(id)),
                    beginsOn: RosterDay.checked(table.text(begins), notes: &notes),
                    endsOn: RosterDay.checked(table.text(ends), notes: &notes))))
    }
}
