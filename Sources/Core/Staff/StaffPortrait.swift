package import Storage

/// A member of staff as the page about them shows them.
package struct StaffPortrait: Sendable, Equatable {
    package let line: StaffLine
    /// Made by hand: no roster suspends them.
    package let isByHand: Bool
    package let number: String?
    /// What the roster calls somebody whose name was given here; nil where it says the same or nothing.
    package let rosterName: String?
    package let activeAt: Timestamp?
    package let suspendedAt: Timestamp?
    /// Set while somebody has said "This was not me" and nobody has settled it.
    package let disowning: Disowning?
    package let reach: AdministratorReach?
    /// Names of the schools that the person administers, as far as they are in the scope.
    package let administered: [String]
    package let trackers: [TaughtTracker]
    /// What was done to them and sent to them, newest first.
    package let events: [StudentEvent]
    package init(
        line: StaffLine, isByHand: Bool, number: String?, rosterName: String? = nil, activeAt: Timestamp?,
        suspendedAt: Timestamp?,
        disowning: Disowning? = nil, reach: AdministratorReach?, administered: [String], trackers: [TaughtTracker],
        events: [StudentEvent]
    ) {
        self.line = line
        self.isByHand = isByHand
        self.number = number
        self.rosterName = rosterName
        self.activeAt = activeAt
        self.suspendedAt = suspendedAt
        self.disowning = disowning
        self.reach = reach
        self.administered = administered
        self.trackers = trackers
        self.events = events
    }
}

extension Connection {
    /// One member of staff in the scope with all that their page shows; nil for everybody else.
    package func staffPortrait(
        _ id: ID<Account>, visibleTo administrator: Administrator
    ) throws -> StaffPortrait? {
        guard let line = try staffMember(id, visibleTo: administrator),
            let row = try rows(
                """
                SELECT origin, number, active_at, suspended_at, name_is_pinned, roster_given_name, roster_family_name
                FROM account WHERE id = \(id)
                """
            ).first
        else { return nil }
        let origin: String = try row["origin"]
        return StaffPortrait(
            line: line, isByHand: origin == "hand", number: try row["number"],
            rosterName: try RosterName(besideAPinnedOne: row)?.shown, activeAt: try row["active_at"],
            suspendedAt: try row["suspended_at"], disowning: try disowning(of: id, for: administrator),
            reach: try reach(of: id),
            administered: try rows(
                """
                SELECT s.name FROM administrator_school h JOIN school s ON s.id = h.school_id
                WHERE h.account_id = \(id) AND \(administrator.seesSchool) ORDER BY s.name, s.id
                """
            ).map { try $0["name"] }, trackers: try trackersTaught(by: id, visibleTo: administrator),
            events: try staffEvents(of: id, limit: 30))
    }

    private func staffEvents(of person: ID<Account>, limit: Int) throws -> [StudentEvent] {
        let acts: [StudentEvent] = try rows(
            """
            SELECT u.at, u.act, p.given_name, p.family_name FROM audit u LEFT JOIN account p ON p.id = u.actor_id
            WHERE u.subject_id = \(person) ORDER BY u.id DESC LIMIT \(limit)
            """
        ).compactMap { row in
            // That a mail was asked for is told by the mail itself.
            guard let act = AuditAct(rawValue: try row["act"]), act != .staffMailed else { return nil }
            return StudentEvent(at: try row["at"], actor: try Self.actor(row), what: .act(act))
        }
        return Array((acts + (try mails(to: person, limit: limit))).sorted { $0.at > $1.at }.prefix(limit))
    }
}
