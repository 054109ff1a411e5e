package import Storage

/// An id under which a source of rosters names a person.
package struct PersonRosterID: Sendable, Equatable {
    package let source: String
    /// The name of a school's list; nil for the district's roster.
    package let sourceName: String?
    package let sourceID: String
    package init(source: String, sourceName: String? = nil, sourceID: String) {
        (self.source, self.sourceName, self.sourceID) = (source, sourceName, sourceID)
    }
}

extension Connection {
    /// The ids of a person whom an administrator may take apart: empty for fewer than two.
    package func rosterIDs(
        of person: ID<Account>, _ kind: AccountKind, visibleTo administrator: Administrator
    ) throws -> [PersonRosterID]? {
        guard try side(person, kind, visibleTo: administrator) != nil else { return nil }
        let found = try rows(
            """
            SELECT c.source, c.source_id, o.name FROM account_source c LEFT JOIN roster_source o ON o.id = c.source
            WHERE c.account_id = \(person) ORDER BY c.source, c.source_id
            """
        ).map { PersonRosterID(source: try $0["source"], sourceName: try $0["name"], sourceID: try $0["source_id"]) }
        return found.count < 2 ? [] : found
    }

    /// Says that an id is another person's: the next roster of its source makes them an account of their own, and takes the
    /// places that it gave away from this one. False where it is no such id; the same press again changes nothing.
    package func takeApart(
        _ id: PersonRosterID, from person: ID<Account>, _ kind: AccountKind, by administrator: Administrator,
        entry: ID<AuditEntry>, at now: Timestamp
    ) throws -> Bool {
        guard let ids = try rosterIDs(of: person, kind, visibleTo: administrator),
            ids.contains(where: { $0.source == id.source && $0.sourceID == id.sourceID })
        else { return false }
        try record(
            .accountTakenApart, by: administrator.id, subject: person, detail: "roster source \(id.source)", id: entry,
            at: now)
        try execute(
            "DELETE FROM account_source WHERE source = \(id.source) AND source_id = \(id.sourceID) AND account_id = \(person)"
        )
        // Another id of the same source takes its place as the one that plans go by.
        let next: String? = try value(
            """
            SELECT MIN(source_id) AS value FROM account_source
            WHERE account_id = \(person) AND source = \(id.source) AND same_as = \(id.sourceID)
            """)
        guard let next else {
            try forgetPlaces(of: person, from: id.source)
            return true
        }
        try execute(
            """
            UPDATE account_source SET same_as = CASE WHEN source_id = \(next) THEN NULL ELSE \(next) END
            WHERE account_id = \(person) AND source = \(id.source)
            """)
        return true
    }

    /// Where no id of a source is left, no roster of it takes away any more what it gave.
    private func forgetPlaces(of person: ID<Account>, from source: String) throws {
        guard
            try !exists(
                "SELECT 1 AS value FROM account_source WHERE account_id = \(person) AND source = \(source) LIMIT 1")
        else { return }
        try execute(
            """
            DELETE FROM enrollment WHERE account_id = \(person) AND origin = 'roster'
            AND tracker_id IN (SELECT t.id FROM tracker t WHERE t.source = \(source))
            """)
        try execute(
            """
            DELETE FROM membership WHERE account_id = \(person)
            AND school_id IN (SELECT s.id FROM school s WHERE s.source = \(source))
            """)
        try execute(
            """
            UPDATE account SET school_id = (SELECT MIN(m.school_id) FROM membership m WHERE m.account_id = account.id)
            WHERE id = \(person) AND school_id IN (SELECT s.id FROM school s WHERE s.source = \(source))
            """)
    }
}
