import Core

/// `users.csv` (OneRoster CSV 1.1 and 1.2). Passwords, phones, birthdays and relatives have no column here: they are never read.
struct UserRow: OneRosterRow {
    /// True where people carry their role themselves, as before OneRoster 1.2.
    private let hasRoles: Bool
    private let id, schools, role, mainSchool, isEnabled, username, given, family: Column
    private let preferredGiven, preferredFamily, number, address, grade, leavingYear, language: Column

    init(_ table: RosterTable, hasRoles: Bool) throws {
        self.hasRoles = hasRoles
        id = try table.required("sourcedId", "sourceId")
        role = hasRoles ? try table.required("role") : Column(indexes: [])
        schools = hasRoles ? try table.required("orgSourcedIds", "orgSourcedId", "orgs") : Column(indexes: [])
        mainSchool = table.column("primaryOrgSourcedId")
        isEnabled = table.column("enabledUser")
        username = try table.required("username")
        given = try table.required("givenName")
        family = try table.required("familyName")
        preferredGiven = table.column("preferredGivenName", "prefferedGivenName", "preferredFirstName")
        preferredFamily = table.column("preferredFamilyName", "prefferedFamilyName", "preferredLastName")
        number = table.column("identifier")
        address = table.column("email")
        grade = table.column("grades", "grade")
        leavingYear = table.metadata(holding: "graduationyear", "gradyear", "leavingyear")
        language = table.metadata(holding: "language")
    }

    func subject(in table: RosterTable) -> RosterSubject { .person(table.text(id)) }

    func record(in table: RosterTable, notes: inout [RowNote]) throws(RowRefused) -> RosterRecord? {
        let word = hasRoles ? RosterRoleName.word(table.text(role)) : ""
        let role = hasRoles ? try RosterRoleName.checked(table.text(role)) : nil
        guard role != .nobody else { return nil }
        let given = try PersonName.checked(table.text(given))
        let family = try PersonName.checked(table.text(family))
        guard !given.isEmpty || !family.isEmpty else {
            throw RowRefused(reason: "The person has no name. Give at least a given or a family name.")
        }
        return .person(
            RosterPerson(
                sourceID: try RosterID.checked(table.text(id)), role: role,
                schoolIDs: try RosterID.list(table.text(hasRoles ? schools : mainSchool)),
                username: RosterUsername.checked(table.text(username), notes: &notes), givenName: given,
                familyName: family, preferredGivenName: preferred(preferredGiven, in: table, notes: &notes),
                preferredFamilyName: preferred(preferredFamily, in: table, notes: &notes),
                number: number(in: table, notes: &notes),
                address: RosterAddress.checked(table.text(address), notes: &notes),
                grade: grade(in: table, notes: &notes),
                leavingYear: Int(table.text(leavingYear)).flatMap { (1990...2100).contains($0) ? $0 : nil },
                language: RosterLanguage.tag(table.text(language)), isEnabled: isEnabled(in: table, notes: &notes),
                roleWord: word))
    }

    private func preferred(_ column: Column, in table: RosterTable, notes: inout [RowNote]) -> String? {
        let text = table.text(column)
        guard !text.isEmpty else { return nil }
        do throws(RowRefused) {
            return try PersonName.checked(text)
        } catch {
            notes.append(
                RowNote(
                    reason: "The preferred name {value} cannot be used; the other name is shown.", value: error.value))
            return nil
        }
    }

    private func number(in table: RosterTable, notes: inout [RowNote]) -> String? {
        let text = table.text(number)
        guard !text.isEmpty else { return nil }
        if text.utf8.count <= 100, text.unicodeScalars.allSatisfy(\.isPrintable), !RosterID.isDamagedBySpreadsheet(text)
        {
            return text
        }
        notes.append(
            RowNote(reason: "The number {value} cannot be used; the person was taken without it.", value: text))
        return nil
    }

    private func grade(in table: RosterTable, notes: inout [RowNote]) -> String? {
        let text = table.text(grade)
        return text.isEmpty ? nil : PersonName.label(text, notes: &notes)
    }

    private func isEnabled(in table: RosterTable, notes: inout [RowNote]) -> Bool {
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
