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
    /// Where a student `a` stands in the list, before the name decides.
    let place: SQL
    /// True where the place follows from the row's state, which stands in the index.
    let isPlacedByIndex: Bool

    /// What is read of each who is found.
    fileprivate var columns: SQL { "a.id, a.sort_name, \(place) AS place" }

    /// True for a student `a` in whom each word is found somewhere.
    fileprivate var holdsAll: SQL { SQL.joined(words.map(\.isFoundOrNumber), by: " AND ") }

    /// Those with a name, username, number or address that begins with the word; some may stand there twice.
    func beginning(with word: SearchWord, columns: SQL = "a.id") -> SQL {
        let number: SQL = "(\(word.begins("a.number")) OR \(word.inCapitals.begins("a.number")))"
        return """
            SELECT \(columns) FROM account a WHERE a.state IN \(Self.states)
              AND \(word.begins("a.sort_name", folded: true)) AND \(fits)
            UNION ALL SELECT \(columns) FROM account a WHERE a.state IS NOT NULL
              AND \(word.begins("a.given_sort", folded: true)) AND \(fits)
            UNION ALL SELECT \(columns) FROM username u JOIN account a ON a.id = u.account_id
              WHERE \(word.begins("u.name_key")) AND a.kind = 'student' AND \(fits)
            UNION ALL SELECT \(columns) FROM account a WHERE \(number) AND a.kind = 'student' AND \(fits)
            UNION ALL SELECT \(columns) FROM account a WHERE a.address_key IS NOT NULL AND \(word.begins("a.address_key"))
              AND a.kind = 'student' AND \(fits)
            """
    }

    /// Those whose family or given name begins with one of the words while a later name begins with another.
    ///
    /// Many are passed over for each who is found, so nothing but an index is read of those.
    func byTwoNames(columns: SQL = "a.id") -> SQL? {
        var ways: [SQL] = []
        for (index, first) in words.enumerated() where first.folded.unicodeScalars.count > 1 {
            for (other, second) in words.enumerated() where other != index {
                ways.append(
                    """
                    SELECT \(columns) FROM account a WHERE a.state IN \(Self.states)
                      AND \(first.begins("a.sort_name", folded: true)) AND \(second.beginsALaterName) AND \(fits)
                    UNION ALL SELECT \(columns) FROM account a WHERE a.id IN (SELECT a.id FROM account a
                      WHERE a.state IS NOT NULL AND \(first.begins("a.given_sort", folded: true))
                      AND \(second.beginsALaterName) AND \(fits) LIMIT \(Self.most + 1))
                    """)
            }
        }
        return ways.isEmpty ? nil : SQL.joined(ways, by: " UNION ALL ")
    }

    private static let states = SQL.list(StudentState.allCases.map(\.rawValue))
}

extension Connection {
    /// All whom a search finds, each once and in the order of the list, and whether it stopped before all were met.
    func found(by search: StudentSearch) throws -> (students: [StudentCursor], isCut: Bool) {
        let (leads, isCut) = try leads(of: search)
        var met: Set<ID<Account>> = []
        return (leads.filter { met.insert($0.id).inserted }.sorted(), isCut)
    }

    private func leads(of search: StudentSearch) throws -> (students: [StudentCursor], isCut: Bool) {
        let most = StudentSearch.most
        if search.words.count == 1 {
            // What begins with the only word holds it: the index leads right to the rows.
            let all = try firstCursors(of: search.beginning(with: search.words[0], columns: search.columns))
            return (Array(all.prefix(most)), all.count > most)
        }
        var best: [String] = []
        for word in search.words {
            let ids: [String] = try rows(first(of: search.beginning(with: word))).map { try $0["id"] }
            // A word that nothing begins with may still be found in the middle of what another one leads to.
            if !ids.isEmpty, best.isEmpty || ids.count < best.count { best = ids }
        }
        if best.count > most, search.words.count == 2, search.isPlacedByIndex,
            let names = search.byTwoNames(columns: search.columns)
        {
            // Both words are found already.
            let all = try firstCursors(of: names)
            return (Array(all.prefix(most)), all.count > most)
        }
        if best.count > most, let names = search.byTwoNames() {
            best = try rows(first(of: names)).map { try $0["id"] }
        }
        let students = try SQL.lists(Array(best.prefix(most)), of: [16, 64, most]).flatMap { list in
            try cursors("SELECT \(search.columns) FROM account a WHERE a.id IN \(list) AND \(search.holdsAll)")
        }
        return (students, best.count > most)
    }

    private func cursors(_ sql: SQL) throws -> [StudentCursor] {
        try rows(sql).map { StudentCursor(place: try $0["place"], sortName: try $0["sort_name"], id: try $0["id"]) }
    }

    private func firstCursors(of students: SQL) throws -> [StudentCursor] {
        try cursors("SELECT * FROM (\(students)) AS found LIMIT \(StudentSearch.most + 1)")
    }

    /// One more than are looked through shows that there are more.
    private func first(of ids: SQL) -> SQL {
        "SELECT found.id FROM (\(ids)) AS found LIMIT \(StudentSearch.most + 1)"
    }
}

extension SearchWord {
    /// Numbers stand as the roster has them, mostly in capitals where they hold letters.
    fileprivate var inCapitals: SearchWord { withTyped(typed.uppercased()) }
}
