import Core

/// `enrollments.csv` (OneRoster CSV 1.1 and 1.2). Only students and teachers are in trackers.
struct EnrollmentRow: RosterRow {
    private let row, tracker, person, role, isPrimary, begin, end: Column

    init(_ table: any RosterValues) throws {
        row = table.column("sourcedId", "sourceId")
        tracker = try table.required("classSourcedId")
        person = try table.required("userSourcedId")
        role = try table.required("role")
        isPrimary = table.column("primary")
        begin = table.column("beginDate")
        end = table.column("endDate")
    }

    func subject(in table: any RosterValues) -> RosterSubject {
        .place(person: table.text(person), tracker: table.text(tracker))
    }

    func key(in table: any RosterValues) -> RosterRowKey? {
        RosterID.ofRow(table.text(row)).map { RosterRowKey(.enrollment, $0) }
    }

    func read(_ table: any RosterValues, into records: inout [RosterRecord], notes: inout [RowNote]) throws(RowRefused)
    {
        let role = try RosterRoleName.checked(table.text(role))
        guard role == .student || role == .teacher else { return }
        records.append(
            .enrollment(
                RosterEnrollment(
                    trackerID: try RosterID.checked(table.text(tracker)),
                    personID: try RosterID.checked(table.text(person)),
                    role: role, isPrimary: table.text(isPrimary).lowercased() == "true",
                    beginsOn: RosterDay.checked(table.text(begin), notes: &notes),
                    endsOn: RosterDay.checked(table.text(end), notes: &notes), rowID: RosterID.ofRow(table.text(row)))))
    }
}
