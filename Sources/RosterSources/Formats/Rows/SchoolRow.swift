import Core

/// A school or what stands above it: `orgs.csv` (OneRoster CSV 1.1 and 1.2, School Data Sync 2), Clever's and School Data
/// Sync's schools, Canvas's accounts.
struct SchoolRow: RosterRow {
    private let id, name, parent: Column
    /// nil where every row is a school.
    private let kind: Column?

    init(_ table: any RosterValues, id: [String], name: [String], kind: String? = nil, parent: String? = nil) throws {
        self.id = try table.required(anyOf: id)
        self.name = try table.required(anyOf: name)
        self.kind = try kind.map { try table.required($0) }
        self.parent = parent.map { table.column($0) } ?? .absent
    }

    func subject(in table: any RosterValues) -> RosterSubject { .school(table.text(id)) }

    func read(_ table: any RosterValues, into records: inout [RosterRecord], notes: inout [RowNote]) throws(RowRefused)
    {
        let name = PersonName.label(table.text(name), notes: &notes)
        guard !name.isEmpty else {
            throw RowRefused(reason: "The name is empty. Give each organisation a name.")
        }
        let kind = kind(of: name, in: table, notes: &notes)
        let parent = table.text(parent)
        records.append(
            .school(
                RosterSchool(
                    sourceID: try RosterID.checked(table.text(id)), name: name, kind: kind,
                    parentID: parent.isEmpty ? nil : parent)))
    }

    private func kind(of name: String, in table: any RosterValues, notes: inout [RowNote]) -> String {
        guard let kind else { return "school" }
        let text = table.text(kind).lowercased()
        if text.isEmpty {
            notes.append(RowNote(reason: "The type of {value} is empty; it was taken as a school.", value: name))
        }
        return text.isEmpty || Self.likeSchools.contains(text) ? "school" : text
    }

    /// What School Data Sync calls organisations that people belong to.
    private static let likeSchools: Set = ["academy", "campus", "college", "university"]
}
