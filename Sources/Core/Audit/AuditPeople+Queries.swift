package import Storage

extension Connection {
    /// People of the scope whom a typed text may mean: those whose username, number or address it is, or else those in whose
    /// name or username all of its words are found. `kind` nil is everybody.
    package func people(
        meaning typed: String, kind: AccountKind?, for administrator: Administrator, limit: Int = 20
    ) throws -> [AuditLine.Person] {
        let isKind: SQL = kind.map { "a.kind = \($0.rawValue)" } ?? "TRUE"
        let key = Username.key(typed)
        var exact: SQL = "a.id IN (SELECT n.account_id FROM username n WHERE n.name_key = \(key))"
        if let address = Address.key(typed) { exact = "(\(exact) OR a.address_key = \(address))" }
        let named = try people(where: "\(exact) AND \(isKind)", for: administrator, limit: limit)
        if !named.isEmpty { return named }
        let words = SearchWord.all(in: typed).map(\.isFound)
        guard !words.isEmpty else { return [] }
        return try people(where: "\(SQL.joined(words, by: " AND ")) AND \(isKind)", for: administrator, limit: limit)
    }

    /// One person of the scope; nil for everybody else.
    package func person(_ id: ID<Account>, for administrator: Administrator) throws -> AuditLine.Person? {
        try people(where: "a.id = \(id)", for: administrator, limit: 1).first
    }

    private func people(
        where condition: SQL, for administrator: Administrator, limit: Int
    ) throws -> [AuditLine.Person] {
        try rows(
            """
            SELECT a.id, a.kind, a.given_name, a.family_name, a.username FROM account a
            WHERE \(condition) AND \(administrator.sees) ORDER BY a.sort_name, a.id LIMIT \(limit)
            """
        ).map { row in
            guard let kind = AccountKind(rawValue: try row["kind"]) else { throw MissingColumn("kind") }
            return AuditLine.Person(
                id: try row["id"], kind: kind,
                name: PersonName.shown(given: try row["given_name"], family: try row["family_name"]),
                username: try row["username"])
        }
    }
}
