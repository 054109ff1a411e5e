import Core

/// A term with its days: `academicSessions.csv` (OneRoster CSV 1.1 and 1.2), `terms.csv` (Canvas SIS import).
struct TermRow: RosterRow {
    private let id, begins, ends: Column

    /// Canvas may leave the days away.
    init(_ table: any RosterValues, id: [String], begins: String, ends: String, needsDays: Bool = true) throws {
        self.id = try table.required(anyOf: id)
        self.begins = needsDays ? try table.required(begins) : table.column(begins)
        self.ends = needsDays ? try table.required(ends) : table.column(ends)
    }

    func subject(in table: any RosterValues) -> RosterSubject { .term(table.text(id)) }

    func read(_ table: any RosterValues, into records: inout [RosterRecord], notes: inout [RowNote]) throws(RowRefused)
    {
        records.append(
            .term(
                RosterTerm(
                    sourceID: try RosterID.checked(table.text(id)),
                    beginsOn: RosterDay.checked(table.text(begins), notes: &notes),
                    endsOn: RosterDay.checked(table.text(ends), notes: &notes))))
    }
}
