import Core

/// `roles.csv` (OneRoster CSV 1.2). A parent's role is handed over too: it tells a parent from somebody whose role is missing.
struct RoleRow: OneRosterRow {
    private let person, school, role, rank, begin, end: Column

    init(_ table: RosterTable) throws {
        person = try table.required("userSourcedId")
        school = try table.required("orgSourcedId")
        role = try table.required("role")
        rank = table.column("roleType")
        begin = table.column("beginDate")
        end = table.column("endDate")
    }

    func subject(in table: RosterTable) -> RosterSubject { .person(table.text(person)) }

    func record(in table: RosterTable, notes: inout [RowNote]) throws(RowRefused) -> RosterRecord? {
        .role(
            RosterRole(
                personID: try RosterID.checked(table.text(person)), schoolID: try RosterID.checked(table.text(school)),
                role: try RosterRoleName.checked(table.text(role)), word: RosterRoleName.word(table.text(role)),
                isPrimary: table.text(rank).lowercased() == "primary",
                beginsOn: RosterDay.checked(table.text(begin), notes: &notes),
                endsOn: RosterDay.checked(table.text(end), notes: &notes)))
    }
}
