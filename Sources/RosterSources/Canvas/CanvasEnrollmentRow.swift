import Core

/// `enrollments.csv` (Canvas SIS import): a place in a section, or in a course without sections, and the role that comes with it.
struct CanvasEnrollmentRow: RosterRow {
    private let course, section, person, role, begins, ends: Column
    private let context: RosterContext

    init(_ table: any RosterValues, in context: RosterContext) throws {
        self.context = context
        course = table.column("course_id")
        section = table.column("section_id")
        person = try table.required("user_id")
        role = try table.required("role")
        begins = table.column("start_date")
        ends = table.column("end_date")
    }

    func subject(in table: any RosterValues) -> RosterSubject {
        .place(person: table.text(person), tracker: table.text(section))
    }

    func read(_ table: any RosterValues, into records: inout [RosterRecord], notes: inout [RowNote]) throws(RowRefused)
    {
        let person = try RosterID.checked(table.text(person))
        let kind = Self.kind(of: table.text(role))
        let place = try place(in: table, into: &records)
        if let school = place.school {
            records.append(.role(RosterRole(personID: person, schoolID: school, role: kind)))
        }
        guard kind == .student || kind == .teacher else { return }
        records.append(
            .enrollment(
                RosterEnrollment(
                    trackerID: place.tracker, personID: person, role: kind,
                    beginsOn: RosterDay.checked(table.text(begins), notes: &notes),
                    endsOn: RosterDay.checked(table.text(ends), notes: &notes))))
    }

    /// The tracker and its school; no school for a section that is not in the file.
    private func place(
        in table: any RosterValues, into records: inout [RosterRecord]
    ) throws(RowRefused) -> (tracker: String, school: String?) {
        let section = table.text(section)
        guard section.isEmpty else { return (try RosterID.checked(section), context.canvas.sections[section]) }
        let id = try RosterID.checked(table.text(course))
        let course = try context.canvas.course(id)
        let tracker = "course \(id)"
        if context.canvas.asTrackers.insert(id).inserted {
            records.append(.tracker(course.tracker(tracker, named: course.name.isEmpty ? id : course.name)))
        }
        return (tracker, course.account)
    }

    /// Canvas's own roles and those that a district has derived from them; whoever helps or watches is nobody.
    private static func kind(of role: String) -> RosterRoleKind {
        let role = role.lowercased()
        return role.contains("student") ? .student : role.contains("teacher") ? .teacher : .nobody
    }
}
