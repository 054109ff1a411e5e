import Core

/// `orgs.csv` (OneRoster CSV 1.1 and 1.2, School Data Sync 2).
struct OrgRow: RosterRow {
    private let id, name, kind, parent: Column

    init(_ table: RosterTable) throws {
        id = try table.required("sourcedId", "sourceId")
        name = try table.required("name")
        kind = try table.required("type")
        parent = table.column("parentSourcedId")
    }

    func subject(in table: RosterTable) -> RosterSubject { .school(table.text(id)) }

    func read(_ table: RosterTable, into records: inout [RosterRecord], notes: inout [RowNote]) throws(RowRefused) {
        let name = PersonName.label(table.text(name), notes: &notes)
        guard !name.isEmpty else { throw Self.nameless }
        var kind = table.text(kind).lowercased()
        if Self.likeSchools.contains(kind) { kind = "school" }
        if kind.isEmpty {
            notes.append(RowNote(reason: "The type of {value} is empty; it was taken as a school.", value: name))
        }
        let parent = table.text(parent)
        records.append(
            .school(
                RosterSchool(
                    sourceID: try RosterID.checked(table.text(id)), name: name, kind: kind.isEmpty ? "school" : kind,
                    parentID: parent.isEmpty ? nil : parent)))
    }

    static let nameless = RowRefused(reason: "The name is empty. Give each organisation a name.")

    /// What School Data Sync calls organisations that people belong to.
    private static let likeSchools: Set = ["academy", "campus", "college", "university"]
}
