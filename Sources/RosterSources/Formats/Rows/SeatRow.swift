import Core

/// A person's place in a section, whose role the file tells.
struct SeatRow: RosterRow {
    private let role: RosterRoleKind
    private let tracker, person: Column

    init(_ table: any RosterValues, _ role: RosterRoleKind, tracker: [String], person: [String]) throws {
        self.role = role
        self.tracker = try table.required(anyOf: tracker)
        self.person = try table.required(anyOf: person)
    }

    func subject(in table: any RosterValues) -> RosterSubject {
        .place(person: table.text(person), tracker: table.text(tracker))
    }

    func read(_ table: any RosterValues, into records: inout [RosterRecord], notes: inout [RowNote]) throws(RowRefused)
    {
        records.append(
            .enrollment(
                RosterEnrollment(
                    trackerID: try RosterID.checked(table.text(tracker)),
                    personID: try RosterID.checked(table.text(person)), role: role)))
    }
}
