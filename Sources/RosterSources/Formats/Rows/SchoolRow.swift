import Core

/// A school with a column for each fact: Clever's and School Data Sync's schools, Canvas's accounts.
struct SchoolRow: RosterRow {
    private let id, name, parent: Column

    init(_ table: RosterTable, id: [String], name: [String], parent: [String] = []) throws {
        self.id = try table.required(anyOf: id)
        self.name = try table.required(anyOf: name)
        self.parent = table.column(anyOf: parent)
    }

    func subject(in table: RosterTable) -> RosterSubject { .school(table.text(id)) }

    func read(_ table: RosterTable, into records: inout [RosterRecord], notes: inout [RowNote]) throws(RowRefused) {
        let id = try RosterID.checked(table.text(id))
        let name = PersonName.label(table.text(name), notes: &notes)
        guard !name.isEmpty else { throw OrgRow.nameless }
        let parent = table.text(parent)
        records.append(
            .school(
                RosterSchool(sourceID: id, name: name, kind: "school", parentID: parent.isEmpty ? nil : parent)))
    }
}
