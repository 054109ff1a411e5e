internal import Storage

/// The indexes that the first import of an empty database leaves out, as the migrations make them.
///
/// Sorting a million rows once is far cheaper than placing each.
private let indexesLeftOut: [(name: SQL, content: SQL)] = [
    ("student_by_state", "account (state, sort_name, id) WHERE state IS NOT NULL"),
    ("student_by_school", "account (school_id, state, sort_name, id) WHERE state IS NOT NULL"),
    ("student_by_grade", "account (grade, state, sort_name, id) WHERE state IS NOT NULL"),
    ("student_by_given", "account (given_sort, sort_name, id, state) WHERE state IS NOT NULL"),
    ("account_by_number", "account (number) WHERE number IS NOT NULL"),
    ("membership_by_school", "membership (school_id, account_id)"),
    ("enrollment_by_account", "enrollment (account_id, role, tracker_id)"),
]

extension Connection {
    /// Sorts once what an import of an empty database left unsorted; where the indexes are, it does nothing.
    package func makeIndexesLeftOut() throws {
        for index in indexesLeftOut { try execute("CREATE INDEX IF NOT EXISTS \(index.name) ON \(index.content)") }
    }

    /// Leaves the indexes out while nobody is there yet. `makeIndexesLeftOut` has to follow.
    package func leaveIndexesOut() throws {
        for index in indexesLeftOut { try execute("DROP INDEX IF EXISTS \(index.name)") }
    }
}
