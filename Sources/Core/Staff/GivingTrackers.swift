package import Storage

/// A tracker that a member of staff teaches, or could be given.
package struct TaughtTracker: Sendable, Equatable {
    package let id: ID<Tracker>
    package let name: String
    package let school: String
    /// An administrator gave it; no roster takes it away.
    package let isByHand: Bool
    /// The person teaches it.
    package let isTaught: Bool
    package init(id: ID<Tracker>, name: String, school: String, isByHand: Bool, isTaught: Bool) {
        self.id = id
        self.name = name
        self.school = school
        self.isByHand = isByHand
        self.isTaught = isTaught
    }
}

extension Connection {
    /// The trackers of the scope that somebody teaches, whenever they run; those that have ended are left out.
    package func trackersTaught(
        by person: ID<Account>, visibleTo administrator: Administrator
    ) throws -> [TaughtTracker] {
        try trackers(
            """
            JOIN enrollment e ON e.tracker_id = t.id AND e.account_id = \(person) AND e.role = 'teacher'
            """, where: "TRUE", order: "t.name", for: administrator, limit: 500)
    }

    /// Trackers of the scope that an administrator could give to somebody, those of the person's schools first, by name; `search`
    /// is part of a name or school.
    package func trackersToGive(
        to person: ID<Account>, search: String, by administrator: Administrator, limit: Int
    ) throws -> [TaughtTracker] {
        let words = SearchWord.all(in: search).map { word -> SQL in
            "(lower(t.name) LIKE \(word.pattern) ESCAPE '!' OR lower(s.name) LIKE \(word.pattern) ESCAPE '!')"
        }
        return try trackers(
            """
            LEFT JOIN enrollment e ON e.tracker_id = t.id AND e.account_id = \(person) AND e.role = 'teacher'
            """, where: SQL.joined(["TRUE"] + words, by: " AND "),
            order: """
                CASE WHEN t.school_id IN (SELECT m.school_id FROM membership m WHERE m.account_id = \(person)) THEN 0
                ELSE 1 END
                """, for: administrator, limit: limit)
    }

    private func trackers(
        _ joins: SQL, where condition: SQL, order: SQL, for administrator: Administrator, limit: Int
    ) throws -> [TaughtTracker] {
        try rows(
            """
            SELECT t.id, t.name, s.name AS school, e.origin FROM tracker t JOIN school s ON s.id = t.school_id \(joins)
            WHERE t.ended_at IS NULL AND \(administrator.seesSchool) AND \(condition)
            ORDER BY \(order), t.name, s.name, t.id LIMIT \(limit)
            """
        ).map { row in
            let origin: String? = try row["origin"]
            return TaughtTracker(
                id: try row["id"], name: try row["name"], school: try row["school"], isByHand: origin == "hand",
                isTaught: origin != nil)
        }
    }

    /// Lets a member of staff teach a tracker, whatever the roster says: an aide sees its students from now on.
    ///
    /// False when person or tracker is outside the scope, or the person is suspended.
    package func giveTracker(
        _ tracker: ID<Tracker>, to person: ID<Account>, by administrator: Administrator, entry: ID<AuditEntry>,
        at now: Timestamp
    ) throws -> Bool {
        guard let line = try staffMember(person, visibleTo: administrator), line.state != .suspended,
            try hasTracker(tracker, administrator)
        else { return false }
        let teaches: SQL = """
            SELECT 1 AS value FROM enrollment
            WHERE tracker_id = \(tracker) AND account_id = \(person) AND role = 'teacher'
            """
        guard try !exists(teaches) else { return true }
        try record(
            .trackerGiven, by: administrator.id, subject: person, detail: "tracker \(tracker)", id: entry, at: now)
        try execute(
            """
            INSERT INTO enrollment (tracker_id, account_id, role, origin)
            VALUES (\(tracker), \(person), 'teacher', 'hand')
            """)
        try voidShownLinks(of: person, at: now)
        // An aide has got what was proposed; whether somebody administers a school is another question.
        try execute(
            """
            UPDATE account SET role_waits = FALSE WHERE id = \(person) AND role_waits
              AND roster_roles NOT LIKE '%administrator%' AND roster_roles NOT LIKE '%principal%'
            """)
        return true
    }

    /// Takes back a tracker that was given by hand. False when person or tracker is outside the scope.
    package func takeTracker(
        _ tracker: ID<Tracker>, from person: ID<Account>, by administrator: Administrator, entry: ID<AuditEntry>,
        at now: Timestamp
    ) throws -> Bool {
        guard try staffMember(person, visibleTo: administrator) != nil, try hasTracker(tracker, administrator) else {
            return false
        }
        let given: SQL = """
            tracker_id = \(tracker) AND account_id = \(person) AND role = 'teacher' AND origin = 'hand'
            """
        guard try exists("SELECT 1 AS value FROM enrollment WHERE \(given)") else { return true }
        try record(
            .trackerTaken, by: administrator.id, subject: person, detail: "tracker \(tracker)", id: entry, at: now)
        try execute("DELETE FROM enrollment WHERE \(given)")
        return true
    }

    private func hasTracker(_ tracker: ID<Tracker>, _ administrator: Administrator) throws -> Bool {
        try exists(
            """
            SELECT t.id FROM tracker t JOIN school s ON s.id = t.school_id
            WHERE t.id = \(tracker) AND t.ended_at IS NULL AND \(administrator.seesSchool)
            """)
    }
}
