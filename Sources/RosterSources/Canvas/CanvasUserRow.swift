import Core

/// `users.csv` (Canvas SIS import). Enrollments tell what a person is, and in which school.
struct CanvasUserRow: RosterRow {
    private let person: PersonColumns
    private let full, sortable, status: Column

    init(_ table: any RosterValues) throws {
        full = table.column("full_name")
        sortable = table.column("sortable_name")
        status = table.column("status")
        let hasNames = full.isAbsent && sortable.isAbsent
        person = PersonColumns(
            id: try table.required("user_id"), username: try table.required("login_id"),
            given: hasNames ? try table.required("first_name") : table.column("first_name"),
            family: hasNames ? try table.required("last_name") : table.column("last_name"),
            address: table.column("email"))
    }

    func subject(in table: any RosterValues) -> RosterSubject { .person(table.text(person.id)) }

    func read(_ table: any RosterValues, into records: inout [RosterRecord], notes: inout [RowNote]) throws(RowRefused)
    {
        let isEnabled = table.text(status).lowercased() != "suspended"
        records.append(
            .person(
                try person.person(
                    in: table, role: nil, schools: [], isEnabled: isEnabled, wholeName: wholeName(in: table),
                    notes: &notes)))
    }

    /// "Last, First", or the last word as the family name, as Canvas itself parts them.
    private func wholeName(in table: any RosterValues) -> (given: String, family: String) {
        if let sorted = WholeName(parting: table.text(sortable)) { return (sorted.given, sorted.family) }
        let words = table.text(full).split(separator: " ")
        return (words.dropLast().joined(separator: " "), words.last.map(String.init) ?? "")
    }
}
