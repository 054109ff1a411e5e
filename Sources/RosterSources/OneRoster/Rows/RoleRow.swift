import Core

/// `roles.csv` (OneRoster CSV 1.2, School Data Sync 2.1, which has the grade here). A parent's role is handed over too: it tells a parent from somebody whose role is missing.
struct RoleRow: RosterRow {
    private let row, person, school, role, rank, begin, end, grade: Column

    init(_ table: any RosterValues) throws {
        row = table.column("sourcedId", "sourceId")
        person = try table.required("userSourcedId")
        school = try table.required("orgSourcedId")
        role = try table.required("role")
        rank = table.column("roleType", "isPrimary")
        begin = table.column("beginDate", "roleStartDate")
        end = table.column("endDate", "roleEndDate")
        grade = table.column("grade")
    }

    func subject(in table: any RosterValues) -> RosterSubject { .person(table.text(person)) }

    func key(in table: any RosterValues) -> RosterRowKey? {
        RosterID.ofRow(table.text(row)).map { RosterRowKey(.role, $0) }
    }

    func read(_ table: any RosterValues, into records: inout [RosterRecord], notes: inout [RowNote]) throws(RowRefused)
    {
        records.append(
            .role(
                RosterRole(
                    personID: try RosterID.checked(table.text(person)),
                    schoolID: try RosterID.checked(table.text(school)),
                    role: try RosterRoleName.checked(table.text(role)), word: RosterRoleName.word(table.text(role)),
                    isPrimary: ["primary", "true"].contains(table.text(rank).lowercased()),
                    grade: PersonName.label(in: grade, of: table, notes: &notes),
                    beginsOn: RosterDay.checked(table.text(begin), notes: &notes),
                    endsOn: RosterDay.checked(table.text(end), notes: &notes), rowID: RosterID.ofRow(table.text(row)))))
    }
}
