import Core

/// `sections.csv` (Canvas SIS import).
struct CanvasSectionRow: RosterRow {
    private let id, course, name: Column
    private let context: RosterContext

    init(_ table: any RosterValues, in context: RosterContext) throws {
        self.context = context
        id = try table.required("section_id")
        course = try table.required("course_id")
        name = try table.required("name")
    }

    func subject(in table: any RosterValues) -> RosterSubject { .tracker(table.text(id)) }

    func read(_ table: any RosterValues, into records: inout [RosterRecord], notes: inout [RowNote]) throws(RowRefused)
    {
        let id = try RosterID.checked(table.text(id))
        let course = try context.canvas.course(table.text(course))
        var name = PersonName.label(table.text(name), notes: &notes)
        if name.isEmpty { name = course.name }
        guard !name.isEmpty else { throw ClassRow.nameless }
        context.canvas.sections[id] = course.account
        records.append(.tracker(course.tracker(id, named: name)))
    }
}
