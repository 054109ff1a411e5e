internal import Storage

extension Connection {
    /// Writes schools, given by id, name, source and the source's id, and the name of the district where the roster has one.
    func apply(_ schools: BulkRows, district: String?) throws {
        try insert(
            "INSERT INTO school (id, name, source, source_id)", schools,
            "ON CONFLICT (id) DO UPDATE SET name = excluded.name, ended_at = NULL")
        guard let district else { return }
        // Only the name that a new database begins with: one that a person chose stays.
        try execute("UPDATE district SET name = \(district) WHERE name = 'Our district'")
    }

    /// Writes trackers, given by id, school, name, grade, room, period, both days, source and the source's id.
    func apply(_ trackers: BulkRows) throws {
        try insert(
            """
            INSERT INTO tracker (id, school_id, name, grade, room, period, begins_on, ends_on, source, source_id)
            """, trackers,
            """
            ON CONFLICT (id) DO UPDATE SET school_id = excluded.school_id, name = excluded.name,
              grade = excluded.grade, room = excluded.room, period = excluded.period,
              begins_on = excluded.begins_on, ends_on = excluded.ends_on, ended_at = NULL
            """)
    }
}
