internal import Storage

extension RosterSyncs {
    /// Keeps what a plan asks before it is ready, a few at a time: an exchanged student system asks about everybody.
    func keep(_ matches: [FoundMatch], of plan: ID<RosterSync>) async throws {
        for start in stride(from: 0, to: matches.count, by: 50) {
            let some = Array(matches[start..<min(start + 50, matches.count)])
            let mint = IDMint(at: clock.now())
            try await main.insist { [source] connection in
                var mint = mint
                try connection.keep(some, of: plan, source: source, mint: &mint)
            }
        }
    }
}

extension Connection {
    /// Forgets the open questions that this plan's roster does not ask any more.
    func dropMatches(of source: String, askedBefore plan: ID<RosterSync>) throws {
        try execute("DELETE FROM person_match WHERE source = \(source) AND answer IS NULL AND plan_id <> \(plan)")
    }

    /// Keeps matches for people to answer; a newer roster's facts take the place of an older one's.
    func keep(_ matches: [FoundMatch], of plan: ID<RosterSync>, source: String, mint: inout IDMint) throws {
        for match in matches {
            let person = match.person
            try execute(
                """
                INSERT INTO person_match (id, source, source_id, account_id, replaces, plan_id, given_name, family_name,
                  username, number, address, grade, schools, trackers)
                VALUES (\(mint.next(PersonMatch.self)), \(source), \(match.sourceID), \(match.account),
                  \(match.replaces), \(plan),
                  \(person.givenName), \(person.familyName), \(person.username), \(person.number), \(person.address),
                  \(person.grade), \(match.schools), \(match.trackers))
                ON CONFLICT (source, source_id, account_id) DO UPDATE SET plan_id = excluded.plan_id, replaces = excluded.replaces,
                  given_name = excluded.given_name, family_name = excluded.family_name, username = excluded.username,
                  number = excluded.number, address = excluded.address, grade = excluded.grade,
                  schools = excluded.schools, trackers = excluded.trackers
                WHERE person_match.answer IS NULL
                """)
            try keepPlaces(of: match, source: source)
        }
    }

    private func keepPlaces(of match: FoundMatch, source: String) throws {
        let asked: SQL = """
            SELECT x.id FROM person_match x WHERE x.source = \(source) AND x.source_id = \(match.sourceID)
            AND x.account_id = \(match.account) AND x.answer IS NULL
            """
        try execute("DELETE FROM person_match_school WHERE match_id IN (\(asked))")
        for place in match.places.sorted() {
            try execute(
                """
                INSERT INTO person_match_school (match_id, school_id) SELECT q.id, \(place) FROM (\(asked)) q
                """)
        }
    }
}
