internal import Storage

/// Places in trackers, of which a district has millions: each is looked at as one text, and taken apart only for people whose
/// texts differ.
extension Connection {
    /// Hands on each place that the roster gives to people of a stretch.
    func seatsNamed(in range: RosterRange, _ body: (_ person: String, _ seat: String) throws -> Void) throws {
        try forEachRow(
            """
            SELECT a.person_id, \(SQL.seat("a", tracker: "t.tracker_id")) AS seat
            FROM attending a JOIN staged_tracker t ON t.source_id = a.tracker_source_id AND t.take = 'yes'
            WHERE \(range.holds("a.person_id"))
            """
        ) { try body(try $0["person_id"], try $0["seat"]) }
    }

    /// Hands on each place that people of a stretch have, also where another source or a person gave it.
    func seatsGiven(
        to source: String, in range: RosterRange, _ body: (_ person: String, _ seat: String) throws -> Void
    ) throws {
        try forEachRow(
            """
            SELECT c.source_id, \(SQL.seat("e", tracker: "e.tracker_id")) AS seat
            FROM account_source c JOIN enrollment e ON e.account_id = c.account_id
            WHERE c.source = \(source) AND c.same_as IS NULL AND \(range.holds("c.source_id"))
            """
        ) { try body(try $0["source_id"], try $0["seat"]) }
    }

    /// The places that the roster gives to these people.
    func seatsNamed(for people: [String]) throws -> [String: [RosterSeat: RosterSeatFacts]] {
        var seats: [String: [RosterSeat: RosterSeatFacts]] = [:]
        for list in SQL.lists(people) {
            try forEachRow(
                """
                SELECT a.person_id, t.tracker_id, a.role, a.is_primary, a.begins_on, a.ends_on, t.name,
                  t.source_id AS tracker_key, t.school_source_id AS school_key, FALSE AS is_by_hand
                FROM attending a JOIN staged_tracker t ON t.source_id = a.tracker_source_id AND t.take = 'yes'
                WHERE a.person_id IN \(list)
                """
            ) { seats[try $0["person_id"], default: [:]][try RosterSeat(row: $0)] = try RosterSeatFacts(row: $0) }
        }
        return seats
    }

    /// The places that these people have in trackers of a source.
    func seatsGiven(to source: String, for people: [String]) throws -> [String: [RosterSeat: RosterSeatFacts]] {
        var seats: [String: [RosterSeat: RosterSeatFacts]] = [:]
        for list in SQL.lists(people) {
            try forEachRow(
                """
                SELECT c.source_id AS person_id, e.tracker_id, e.role, e.is_primary, e.begins_on, e.ends_on, t.name,
                  t.source_id AS tracker_key, s.source_id AS school_key, e.origin = 'hand' AS is_by_hand
                FROM account_source c JOIN enrollment e ON e.account_id = c.account_id
                JOIN tracker t ON t.id = e.tracker_id AND t.source = c.source
                JOIN school s ON s.id = t.school_id
                WHERE c.source = \(source) AND c.same_as IS NULL AND c.source_id IN \(list)
                """
            ) { seats[try $0["person_id"], default: [:]][try RosterSeat(row: $0)] = try RosterSeatFacts(row: $0) }
        }
        return seats
    }
}

extension SQL {
    /// All that is known of a place, as one text. Ids of trackers are FirstBell's own, so the text says one thing only.
    fileprivate static func seat(_ table: SQL, tracker: SQL) -> SQL {
        """
        \(tracker) || ' ' || \(table).role || CASE WHEN \(table).is_primary THEN ' first ' ELSE ' ' END
          || COALESCE(\(table).begins_on, '') || '/' || COALESCE(\(table).ends_on, '')
        """
    }
}
