import Core

/// `courses.csv` (Canvas SIS import). A course becomes trackers by its sections.
struct CanvasCourseRow: RosterRow {
    private let id, account, long, short, term: Column
    private let context: RosterContext

    init(_ table: any RosterValues, in context: RosterContext) throws {
        self.context = context
        id = try table.required("course_id")
        account = table.column("account_id")
        long = table.column("long_name")
        short = table.column("short_name")
        term = table.column("term_id")
    }

    func subject(in table: any RosterValues) -> RosterSubject { .tracker(table.text(id)) }

    func read(_ table: any RosterValues, into records: inout [RosterRecord], notes: inout [RowNote]) throws(RowRefused)
    {
        let name =
            PersonName.label(in: long, of: table, notes: &notes)
            ?? PersonName.label(in: short, of: table, notes: &notes)
        context.canvas.courses[try RosterID.checked(table.text(id))] = CanvasCourses.Course(
            account: try RosterID.checked(table.text(account)), name: name ?? "", term: table.text(term))
    }
}
