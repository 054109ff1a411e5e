import Core

/// `orgs.csv` (OneRoster CSV 1.1 and 1.2).
struct OrgRow: OneRosterRow {
    private let id, name, kind, parent: Column

    init(_ table: RosterTable) throws {
        id = try table.required("sourcedId", "sourceId")
        name = try table.required("name")
        kind = try table.required("type")
        parent = table.column("parentSourcedId")
    }

    func subject(in table: RosterTable) -> RosterSubject { .school(table.text(id)) }

    func record(in table: RosterTable, notes: inout [RowNote]) throws(RowRefused) -> RosterRecord? {
        let name = PersonName.label(table.text(name), notes: &notes)
        guard !name.isEmpty else { throw RowRefused(reason: "The name is empty. Give each organisation a name.") }
        let kind = table.text(kind).lowercased()
        if kind.isEmpty {
            notes.append(RowNote(reason: "The type of {value} is empty; it was taken as a school.", value: name))
        }
        let parent = table.text(parent)
        return .school(
            RosterSchool(
                sourceID: try RosterID.checked(table.text(id)), name: name, kind: kind.isEmpty ? "school" : kind,
                parentID: parent.isEmpty ? nil : parent))
    }
}
