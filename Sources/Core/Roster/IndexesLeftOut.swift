internal import Storage

/// The indexes that the first import of an empty database leaves out, as the migrations make them.
///
/// Sorting a million rows once is far cheaper than placing each.
enum IndexesLeftOut {
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
        "CREATE INDEX IF NOT EXISTS student_by_given ON account (given_sort, sort_name, id) WHERE state IS NOT NULL",
        "CREATE INDEX IF NOT EXISTS account_by_number ON account (number) WHERE number IS NOT NULL",
        "CREATE INDEX IF NOT EXISTS membership_by_school ON membership (school_id, account_id)",
        "CREATE INDEX IF NOT EXISTS enrollment_by_account ON enrollment (account_id, role, tracker_id)",
    ]

    static let drop: [SQL] = [
        "DROP INDEX IF EXISTS student_by_state", "DROP INDEX IF EXISTS student_by_school",
        "DROP INDEX IF EXISTS student_by_grade", "DROP INDEX IF EXISTS student_by_given",
        "DROP INDEX IF EXISTS account_by_number", "DROP INDEX IF EXISTS membership_by_school",
        "DROP INDEX IF EXISTS enrollment_by_account",
    ]
}

extension Connection {
    /// Sorts once what an import of an empty database left unsorted; where the indexes are, it does nothing.
    package func makeIndexesLeftOut() throws {
        for statement in IndexesLeftOut.make { try execute(statement) }
    }

    /// Leaves the indexes out while nobody is there yet. `makeIndexesLeftOut` has to follow.
    package func leaveIndexesOut() throws {
        for statement in IndexesLeftOut.drop { try execute(statement) }
    }
}
