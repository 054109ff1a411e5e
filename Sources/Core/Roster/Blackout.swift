package import Storage

/// A time in which no roster takes anybody out of a school by itself, as over the summer. Additions go on.
package struct Blackout: Sendable, Equatable {
    package let id: ID<Blackout>
    /// nil for all schools.
    package let school: ID<School>?
    package let schoolName: String?
    package let beginsAt: Timestamp
    /// The first moment after it.
    package let endsAt: Timestamp
    package init(
        id: ID<Blackout>, school: ID<School>?, schoolName: String? = nil, beginsAt: Timestamp, endsAt: Timestamp
    ) {
        self.id = id
        self.school = school
        self.schoolName = schoolName
        self.beginsAt = beginsAt
        self.endsAt = endsAt
    }
}

extension Blackout: Record {
    package init(row: any Row) throws {
        self.init(
            id: try row["id"], school: try row["school_id"], schoolName: try row["name"],
            beginsAt: try row["begins_at"], endsAt: try row["ends_at"])
    }
}

extension Connection {
    /// Those that are not over, the earliest first.
    package func blackouts(at now: Timestamp) throws -> [Blackout] {
        try rows(
            """
            SELECT b.id, b.school_id, s.name, b.begins_at, b.ends_at FROM blackout b
            LEFT JOIN school s ON s.id = b.school_id WHERE b.ends_at > \(now) ORDER BY b.begins_at, b.id
            """
        ).map(Blackout.init(row:))
    }

    /// Adds one; the same id again changes nothing. False where there is no such school.
    package func add(
        _ blackout: Blackout, by person: ID<Account>, entry: ID<AuditEntry>, at now: Timestamp
    ) throws -> Bool {
        if let school = blackout.school {
            guard try exists("SELECT 1 AS value FROM school WHERE id = \(school) AND ended_at IS NULL") else {
                return false
            }
        }
        let isNew = try execute(
            """
            INSERT INTO blackout (id, school_id, begins_at, ends_at, made_by)
            VALUES (\(blackout.id), \(blackout.school), \(blackout.beginsAt), \(blackout.endsAt), \(person))
            ON CONFLICT (id) DO NOTHING
            """)
        if isNew == 1 { try record(.blackoutAdded, by: person, detail: "blackout \(blackout.id)", id: entry, at: now) }
        return true
    }

    /// Takes one away; one that is gone already is no error.
    package func removeBlackout(
        _ id: ID<Blackout>, by person: ID<Account>, entry: ID<AuditEntry>, at now: Timestamp
    ) throws {
        guard try execute("DELETE FROM blackout WHERE id = \(id)") == 1 else { return }
        try record(.blackoutRemoved, by: person, detail: "blackout \(id)", id: entry, at: now)
    }

    /// Until when schools of a source, and people without any, are in a blackout now, by the source's ids of them.
    func schoolsInBlackout(of source: String, at now: Timestamp) throws -> [String: Timestamp] {
        var schools: [String: Timestamp] = [:]
        for row in try rows(
            """
            SELECT s.source_id, MAX(b.ends_at) AS ends_at FROM school s
            JOIN blackout b ON (b.school_id IS NULL OR b.school_id = s.id) AND b.begins_at <= \(now) AND b.ends_at > \(now)
            WHERE s.source = \(source) GROUP BY s.source_id
            """)
        {
            schools[try row["source_id"]] = try row["ends_at"]
        }
        schools[RosterPlanSchool.withoutSchool] = try value(
            """
            SELECT MAX(ends_at) AS value FROM blackout
            WHERE school_id IS NULL AND begins_at <= \(now) AND ends_at > \(now)
            """)
        return schools
    }

    /// Before a plan is applied for the first time: what it takes out of schools that are in a blackout by now waits.
    func holdForBlackouts(_ plan: ID<RosterSync>, at now: Timestamp) throws {
        let found = try rows("SELECT source FROM roster_plan WHERE id = \(plan) AND run = 1").first
        guard let source: String = try found?["source"] else { return }
        for (school, until) in try schoolsInBlackout(of: source, at: now) {
            try execute(
                """
                UPDATE roster_plan_school SET is_held = TRUE, blackout_until = \(until)
                WHERE plan_id = \(plan) AND school_key = \(school) AND has_removals AND NOT is_held
                """)
        }
    }
}
