internal import Storage

/// Finds students of a whole district by the beginnings of their names, usernames, numbers and addresses.
///
/// The rarest word leads; every other one has to be found somewhere in the same student. Where each word alone fits more
/// than are looked through, two of them together lead.
struct StudentSearch: Sendable {
    /// More are never looked through: the page then asks for more letters.
    static let most = 500
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
            UNION ALL SELECT a.id FROM account a WHERE a.state IS NOT NULL AND \(word.begins("a.given_sort", folded: true))
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
                      AND \(first.begins("a.given_sort", folded: true)) AND \(second.beginsALaterName) AND \(fits)
                    """)
            }
        }
        return ways.isEmpty ? nil : SQL.joined(ways, by: " UNION ALL ")
    }

    private static let states = SQL.list(StudentState.allCases.map(\.rawValue))
}

extension Connection {
    /// The students among whom a search finds all that it does, and whether it stopped before all were met.
    func leads(of search: StudentSearch) throws -> (ids: [String], isCut: Bool) {
        var best: [String] = []
        for word in search.words {
            let ids = try first(of: search.beginning(with: word))
            // A word that nothing begins with may still be found in the middle of what another one leads to.
            if !ids.isEmpty, best.isEmpty || ids.count < best.count { best = ids }
        }
        if best.count > StudentSearch.most, let names = search.byTwoNames { best = try first(of: names) }
        return (Array(best.prefix(StudentSearch.most)), best.count > StudentSearch.most)
    }

    /// One more than are looked through shows that there are more.
    private func first(of ids: SQL) throws -> [String] {
        try rows("SELECT found.id FROM (\(ids)) AS found LIMIT \(StudentSearch.most + 1)").map { try $0["id"] }
    }
}

extension SearchWord {
    /// Numbers stand as the roster has them, mostly in capitals where they hold letters.
    fileprivate var inCapitals: SearchWord { withTyped(typed.uppercased()) }
}
