internal import Storage

/// The indexes of a whole district's students, as the migrations make them.
///
/// Filling an empty database goes without them: sorting a million rows once is far cheaper than placing each.
enum StudentIndexes {
    static let make: [SQL] = [
        """
        CREATE INDEX IF NOT EXISTS student_by_state ON account (state, sort_name, id) WHERE state IS NOT NULL
        """,
        """
        CREATE INDEX IF NOT EXISTS student_by_school ON account (school_id, state, sort_name, id) WHERE state IS NOT NULL
        """,
        """
        CREATE INDEX IF NOT EXISTS student_by_grade ON account (grade, state, sort_name, id) WHERE state IS NOT NULL
        """,
        """
        CREATE INDEX IF NOT EXISTS student_by_given ON account (coalesce(given_sort, lower(given_name)), sort_name, id)
        WHERE state IS NOT NULL
        """,
        """
        CREATE INDEX IF NOT EXISTS account_by_number ON account (number) WHERE number IS NOT NULL
        """,
    ]

    static let drop: [SQL] = [
        "DROP INDEX IF EXISTS student_by_state", "DROP INDEX IF EXISTS student_by_school",
        "DROP INDEX IF EXISTS student_by_grade", "DROP INDEX IF EXISTS student_by_given",
        "DROP INDEX IF EXISTS account_by_number",
    ]
}

extension Connection {
    /// Sorts all students once for what an import of an empty database left out; where the indexes are, it does nothing.
    package func makeStudentIndexes() throws {
        for statement in StudentIndexes.make { try execute(statement) }
    }

    /// Leaves the indexes out while nobody is there yet. `makeStudentIndexes` has to follow.
    func dropStudentIndexes() throws {
        for statement in StudentIndexes.drop { try execute(statement) }
    }
}
