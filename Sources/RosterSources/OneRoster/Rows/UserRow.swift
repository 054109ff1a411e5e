import Core

/// `users.csv` (OneRoster CSV 1.1 and 1.2). Passwords, phones, birthdays and relatives have no column here: they are never read.
struct UserRow: RosterRow {
    /// True where people carry their role themselves, as before OneRoster 1.2.
    private let hasRoles: Bool
    private let person: PersonColumns
    private let schools, role, mainSchool, isEnabled: Column

    init(_ table: any RosterValues, hasRoles: Bool) throws {
        self.hasRoles = hasRoles
        person = PersonColumns(
            id: try table.required("sourcedId", "sourceId"), username: try table.required("username"),
            given: try table.required("givenName"), family: try table.required("familyName"),
            preferredGiven: table.column("preferredGivenName", "prefferedGivenName", "preferredFirstName"),
            preferredFamily: table.column("preferredFamilyName", "prefferedFamilyName", "preferredLastName"),
            number: table.column("identifier"), address: table.column("email"),
            grade: table.column("grades", "grade"),
            leavingYear: table.metadata(holding: "graduationyear", "gradyear", "leavingyear"),
            language: table.metadata(holding: "language"))
        role = hasRoles ? try table.required("role") : .absent
        schools = hasRoles ? try table.required("orgSourcedIds", "orgSourcedId", "orgs") : .absent
        mainSchool = table.column("primaryOrgSourcedId")
        isEnabled = table.column("enabledUser")
    }

    func subject(in table: any RosterValues) -> RosterSubject { .person(table.text(person.id)) }

    func read(_ table: any RosterValues, into records: inout [RosterRecord], notes: inout [RowNote]) throws(RowRefused)
    {
        let word = hasRoles ? RosterRoleName.word(table.text(role)) : ""
        let role = hasRoles ? try RosterRoleName.checked(table.text(role)) : nil
        guard role != .nobody else { return }
        let schools = try RosterID.list(table.text(hasRoles ? schools : mainSchool))
        let isEnabled = isEnabled(in: table, notes: &notes)
        records.append(
            .person(
                try person.person(
                    in: table, role: role, word: word, schools: schools, isEnabled: isEnabled, notes: &notes)))
    }

    private func isEnabled(in table: any RosterValues, notes: inout [RowNote]) -> Bool {
        let text = table.text(isEnabled)
        switch text.lowercased() {
        case "", "true", "yes", "1": return true
        case "false", "no", "0": return false
        default:
            notes.append(
                RowNote(reason: "enabledUser is {value}, not true or false; it was taken as true.", value: text))
            return true
        }
    }
}
