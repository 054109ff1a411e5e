import Core

/// The columns of one person, under the names that a format gives them.
struct PersonColumns {
    var id: Column
    var username: Column
    var given: Column
    var family: Column
    var preferredGiven = Column.absent
    var preferredFamily = Column.absent
    var number = Column.absent
    var address = Column.absent
    var grade = Column.absent
    var leavingYear = Column.absent
    var language = Column.absent

    /// `wholeName` is used where neither part of the name has anything in it, `key` in place of the column of ids.
    func person(
        in table: any RosterValues, role: RosterRoleKind?, word: String = "", schools: [String], isEnabled: Bool = true,
        key: String? = nil, wholeName: (given: String, family: String)? = nil, notes: inout [RowNote]
    ) throws(RowRefused) -> RosterPerson {
        let id = try RosterID.checked(key ?? table.text(id))
        let username = RosterUsername.checked(table.text(username), notes: &notes)
        var given = try PersonName.checked(table.text(given))
        var family = try PersonName.checked(table.text(family))
        if given.isEmpty, family.isEmpty, let wholeName {
            given = try PersonName.checked(wholeName.given)
            family = try PersonName.checked(wholeName.family)
        }
        if given.isEmpty && family.isEmpty {
            guard self.given.isAbsent, self.family.isAbsent, wholeName == nil, !username.isEmpty else {
                throw RowRefused(reason: "The person has no name. Give at least a given or a family name.")
            }
            notes.append(
                RowNote(
                    reason: "The file has no names. This person is called by the username: {value}", value: username))
            family = username
        }
        return RosterPerson(
            sourceID: id, role: role, schoolIDs: schools, username: username, givenName: given, familyName: family,
            preferredGivenName: preferred(preferredGiven, in: table, notes: &notes),
            preferredFamilyName: preferred(preferredFamily, in: table, notes: &notes),
            number: number(in: table, notes: &notes),
            address: RosterAddress.checked(table.text(address), notes: &notes),
            grade: PersonName.label(in: grade, of: table, notes: &notes),
            leavingYear: Int(table.text(leavingYear)).flatMap { (1990...2100).contains($0) ? $0 : nil },
            language: RosterLanguage.tag(table.text(language)), isEnabled: isEnabled, roleWord: word)
    }

    private func preferred(_ column: Column, in table: any RosterValues, notes: inout [RowNote]) -> String? {
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

    private func number(in table: any RosterValues, notes: inout [RowNote]) -> String? {
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
}

extension PersonName {
    /// The label in a column, nil where it is empty.
    static func label(in column: Column, of table: any RosterValues, notes: inout [RowNote]) -> String? {
        let text = table.text(column)
        return text.isEmpty ? nil : label(text, notes: &notes)
    }
}
