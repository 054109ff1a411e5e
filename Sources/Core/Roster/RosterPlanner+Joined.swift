internal import Storage

extension RosterPlanner {
    /// Rows of people whose accounts an administrator joined become one row, under the id that plans go by: it has the schools,
    /// trackers and roles of both.
    func joinRows() async throws {
        let joined = try await main.read { [source] connection in
            try connection.rows(
                """
                SELECT source_id, same_as FROM account_source WHERE source = \(source) AND same_as IS NOT NULL
                ORDER BY source_id
                """
            ).map { (row: try $0["source_id"] as String, to: try $0["same_as"] as String) }
        }
        for start in stride(from: 0, to: joined.count, by: 100) {
            let some = joined[start..<min(start + 100, joined.count)]
            try await staging.write { connection in
                for (row, main) in some { try connection.join(row, to: main) }
            }
        }
    }
}

extension Connection {
    fileprivate func join(_ row: String, to main: String) throws {
        let mine: String? = try value(
            "SELECT take AS value FROM staged_person WHERE source_id = \(row) AND take <> 'merged'")
        // Of a row that was refused, or contradicts itself, nothing is known: whom it is about stays as they are.
        let isRefused = try exists("SELECT 1 AS value FROM refused WHERE kind = 'person' AND source_id = \(row)")
        if isRefused || mine == "held" {
            try execute("INSERT INTO refused (kind, source_id) VALUES ('person', \(main)) ON CONFLICT DO NOTHING")
        }
        guard let mine else { return }
        let others: String? = try value(
            "SELECT take AS value FROM staged_person WHERE source_id = \(main) AND take <> 'merged'")
        // A row whose roles have all ended says nothing of a person whom the other row has.
        let isOver = try exists(
            """
            SELECT 1 AS value FROM staged_person m JOIN staged_person o ON o.source_id = \(row) AND o.take = 'yes'
              AND o.role <> 'nobody'
            WHERE m.source_id = \(main) AND m.take = 'yes' AND m.role = 'nobody'
            """)
        if isOver { try execute("UPDATE staged_person SET take = 'merged' WHERE source_id = \(main)") }
        guard let others, !isOver else {
            try execute("UPDATE staged_person SET source_id = \(main) WHERE source_id = \(row) AND take <> 'merged'")
            try move(from: row, to: main)
            return
        }
        if mine == "yes", others == "yes" {
            // What the main row does not say, the other one may.
            try execute(
                """
                UPDATE staged_person AS k SET is_enabled = k.is_enabled OR o.is_enabled,
                  number = COALESCE(k.number, o.number), grade = COALESCE(k.grade, o.grade),
                  language = COALESCE(k.language, o.language), address = COALESCE(k.address, o.address),
                  address_key = COALESCE(k.address_key, o.address_key)
                FROM staged_person o WHERE k.source_id = \(main) AND o.source_id = \(row) AND o.take = 'yes'
                AND o.role <> 'nobody'
                """)
            try move(from: row, to: main)
        }
        try execute("UPDATE staged_person SET take = 'merged' WHERE source_id = \(row)")
    }

    private func move(from row: String, to main: String) throws {
        try execute(
            """
            INSERT INTO belonging (person_id, school_source_id, is_main)
            SELECT \(main), school_source_id, is_main FROM belonging WHERE person_id = \(row) ON CONFLICT DO NOTHING
            """)
        try execute("DELETE FROM belonging WHERE person_id = \(row)")
        try execute(
            """
            INSERT INTO attending (person_id, tracker_source_id, role, is_primary, begins_on, ends_on)
            SELECT \(main), tracker_source_id, role, is_primary, begins_on, ends_on FROM attending WHERE person_id = \(row)
            ON CONFLICT DO NOTHING
            """)
        try execute("DELETE FROM attending WHERE person_id = \(row)")
        try execute(
            """
            INSERT INTO standing (person_id, word, school_source_id)
            SELECT \(main), word, school_source_id FROM standing WHERE person_id = \(row) ON CONFLICT DO NOTHING
            """)
        try execute("DELETE FROM standing WHERE person_id = \(row)")
    }
}
