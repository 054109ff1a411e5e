internal import Storage

/// Finds students of a whole district by the beginnings of their names, usernames, numbers and addresses.
///
/// The rarest word leads; every other one has to be found somewhere in the same student. Where each word alone fits more
/// than are looked through, two of them together lead.
struct StudentSearch: Sendable {
    /// More are never looked through: the page then asks for more letters.
    static let most = 1_000
    /// Among so few each is looked at, and words are found anywhere.
    static let fewEnoughToLookAtEach = 3_000

    let words: [SearchWord]
    /// What else a student `a` has to be.
    let fits: SQL

    /// Ids of those with a name, username, number or address that begins with the word; some may stand there twice.
    func beginning(with word: SearchWord) -> SQL {
        let number: SQL = "(\(word.begins("a.number")) OR \(word.inCapitals.begins("a.number")))"
        return """
            SELECT a.id FROM account a WHERE a.state IN \(Self.states) AND \(word.begins("a.sort_name", folded: true))
              AND \(fits)
            UNION ALL SELECT a.id FROM account a WHERE a.state IS NOT NULL AND \(word.begins(Self.given, folded: true))
              AND \(fits)
            UNION ALL SELECT a.id FROM username u JOIN account a ON a.id = u.account_id
              WHERE \(word.begins("u.name_key")) AND a.kind = 'student' AND \(fits)
            UNION ALL SELECT a.id FROM account a WHERE \(number) AND a.kind = 'student' AND \(fits)
            UNION ALL SELECT a.id FROM account a WHERE a.address_key IS NOT NULL AND \(word.begins("a.address_key"))
              AND a.kind = 'student' AND \(fits)
            """
    }

    /// Ids of those whose family or given name begins with one of the words while a later name begins with another.
    var byTwoNames: SQL? {
        var ways: [SQL] = []
        for (index, first) in words.enumerated() where first.folded.unicodeScalars.count > 1 {
            for (other, second) in words.enumerated() where other != index {
                ways.append(
                    """
                    SELECT a.id FROM account a WHERE a.state IN \(Self.states)
                      AND \(first.begins("a.sort_name", folded: true)) AND \(second.beginsALaterName) AND \(fits)
                    UNION ALL SELECT a.id FROM account a WHERE a.state IS NOT NULL
                      AND \(first.begins(Self.given, folded: true)) AND \(second.beginsALaterName) AND \(fits)
                    """)
            }
        }
        return ways.isEmpty ? nil : SQL.joined(ways, by: " UNION ALL ")
    }

    private static let given: SQL = "coalesce(a.given_sort, lower(a.given_name))"
    private static let states = SQL.list(StudentState.allCases.map(\.rawValue))
}

extension Connection {
    /// The students that a search finds, and whether it stopped before all were found.
    func found(by search: StudentSearch, at now: Timestamp) throws -> (leads: SQL, isCut: Bool) {
        var best: (leads: SQL, count: Int)?
        for word in search.words {
            let leads = search.beginning(with: word)
            let count = try countOfFew(leads)
            // A word that nothing begins with may still be found in the middle of what another one leads to.
            if count > 0, count < best?.count ?? .max { best = (leads, count) }
        }
        guard let best else { return ("SELECT NULL AS id", false) }
        if best.count <= StudentSearch.most { return (best.leads, false) }
        guard let names = search.byTwoNames else { return (Self.first(of: best.leads), true) }
        let count = try countOfFew(names)
        return count > StudentSearch.most ? (Self.first(of: names), true) : (names, false)
    }

    private func countOfFew(_ ids: SQL) throws -> Int {
        try value(
            """
            SELECT count(*) AS value FROM (SELECT found.id FROM (\(ids)) AS found LIMIT \(StudentSearch.most + 1)) AS few
            """) ?? 0
    }

    private static func first(of ids: SQL) -> SQL {
        "SELECT found.id FROM (\(ids)) AS found LIMIT \(StudentSearch.most)"
    }
}

extension SearchWord {
    /// Numbers stand as the roster has them, mostly in capitals where they hold letters.
    fileprivate var inCapitals: SearchWord { withTyped(typed.uppercased()) }
}
