package import Storage

/// A student as the page that resets them needs to know.
package struct ResetSubject: Sendable, Equatable {
    /// Who took the password away last, and when.
    package struct Last: Sendable, Equatable {
        /// nil for a grown-up who is not kept any more.
        package let actor: String?
        /// True when the one who looks did it.
        package let isMine: Bool
        package let at: Timestamp
    }
    package let id: ID<Account>
    package let name: String
    package let username: String
    package let hasAddress: Bool
    package let isActive: Bool
    /// The account's generation: the page is about this password and no later one.
    package let generation: Int
    package let isSuspended: Bool
    /// The last reset, if it is less than a day old and the student has not chosen a password since.
    package let last: Last?
    /// Set while somebody has said "This was not me" and nobody has settled it.
    package let disowning: Disowning?
}

extension Connection {
    /// A student and what was done to their password; nil for whom the viewer does not see.
    package func resetSubject(
        _ student: ID<Account>, for viewer: StudentViewer, at now: Timestamp
    ) throws -> ResetSubject? {
        let found = try rows(
            """
            SELECT a.given_name, a.family_name, a.username, a.address, a.active_at, a.suspended_at, a.generation
            FROM account a WHERE a.id = \(student) AND \(viewer.sees)
            """)
        guard let row = found.first else { return nil }
        let (address, active, suspended): (String?, Timestamp?, Timestamp?) = (
            try row["address"], try row["active_at"], try row["suspended_at"]
        )
        return ResetSubject(
            id: student, name: PersonName.shown(given: try row["given_name"], family: try row["family_name"]),
            username: try row["username"], hasAddress: address != nil, isActive: active != nil,
            generation: try row["generation"], isSuspended: suspended != nil,
            last: active == nil ? try lastReset(of: student, for: viewer, since: now - .days(1)) : nil,
            disowning: try disowning(of: student, for: viewer))
    }

    private func lastReset(
        of student: ID<Account>, for viewer: StudentViewer, since: Timestamp
    ) throws -> ResetSubject.Last? {
        try rows(
            """
            SELECT u.at, u.actor_id, p.given_name, p.family_name FROM audit u LEFT JOIN account p ON p.id = u.actor_id
            WHERE u.subject_id = \(student) AND u.act = 'password-reset' AND u.at > \(since)
            ORDER BY u.id DESC LIMIT 1
            """
        ).first.map { row in
            let (actor, given, family): (ID<Account>?, String?, String?) = (
                try row["actor_id"], try row["given_name"], try row["family_name"]
            )
            return ResetSubject.Last(
                actor: given.map { PersonName.shown(given: $0, family: family ?? "") }, isMine: actor == viewer.id,
                at: try row["at"])
        }
    }
}
