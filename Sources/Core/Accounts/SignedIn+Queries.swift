package import Storage

/// A tracker on its student's own page.
package struct OwnTracker: Sendable, Equatable {
    package let id: ID<Tracker>
    package let name: String
    /// Those who teach it, the primary teacher first.
    package let teachers: [String]
}

extension Connection {
    /// The trackers that a student is in on that day, by name, with their teachers.
    package func ownTrackers(of student: ID<Account>, on day: SchoolDay) throws -> [OwnTracker] {
        var found: [OwnTracker] = []
        try forEachRow(
            """
            SELECT t.id, t.name, p.given_name, p.family_name
            FROM enrollment e JOIN tracker t ON t.id = e.tracker_id
            LEFT JOIN enrollment g ON g.tracker_id = t.id AND g.role = 'teacher'
              AND (g.begins_on IS NULL OR g.begins_on <= \(day.soon)) AND (g.ends_on IS NULL OR g.ends_on > \(day.today))
            LEFT JOIN account p ON p.id = g.account_id AND p.suspended_at IS NULL
            WHERE e.account_id = \(student) AND e.role = 'student' AND t.ended_at IS NULL
              AND \(SQL.enrollmentRuns(on: day)) AND \(SQL.trackerRuns(on: day))
            ORDER BY t.name, t.id, g.is_primary DESC, p.sort_name, p.id
            """
        ) { row in
            let id: ID<Tracker> = try row["id"]
            let family: String? = try row["family_name"]
            let teacher = PersonName.shown(given: try row["given_name"] ?? "", family: family ?? "")
            let before = found.last?.id == id ? found.removeLast().teachers : []
            found.append(
                OwnTracker(id: id, name: try row["name"], teachers: family == nil ? before : before + [teacher]))
        }
        return found
    }

    /// The address that mails of a person go to.
    package func address(of person: ID<Account>) throws -> String? {
        try rows("SELECT address FROM account WHERE id = \(person)").first.flatMap { try $0["address"] }
    }

    /// The stored hash of a person's own password.
    package func passwordHash(of person: ID<Account>) throws -> String? {
        try rows("SELECT password_hash FROM account WHERE id = \(person)").first.flatMap { try $0["password_hash"] }
    }
}
