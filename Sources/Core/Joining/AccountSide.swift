internal import Storage

/// One of two accounts that may be the same person's, as an administrator looks at them.
package struct AccountSide: Sendable, Equatable {
    package let id: ID<Account>
    package let name: String
    let sortName: String
    package let username: String
    package let number: String?
    package let address: String?
    package let grade: String?
    package let schools: [String]
    package let trackers: [String]
    package let isActive: Bool
    package let isSuspended: Bool
    /// False for one that was made by hand alone.
    package let isOfRoster: Bool
}

extension Connection {
    /// Whether an administrator may join an account with another, or has done so: a second press finds what the first did.
    package func mayJoin(_ id: ID<Account>, _ kind: AccountKind, visibleTo administrator: Administrator) throws -> Bool
    {
        if try side(id, kind, visibleTo: administrator) != nil { return true }
        return try exists(
            """
            SELECT 1 AS value FROM audit WHERE act = \(AuditAct.accountsJoined.rawValue) AND actor_id = \(administrator.id)
            AND detail = \("account \(id)") LIMIT 1
            """)
    }

    /// An account that an administrator may join with another: wholly in their scope, and of nobody who administers.
    func side(_ id: ID<Account>, _ kind: AccountKind, visibleTo administrator: Administrator) throws -> AccountSide? {
        try sides(administrator, kind, where: "a.id = \(id)", limit: 1).first
    }

    func sides(
        _ administrator: Administrator, _ kind: AccountKind, where condition: SQL, limit: Int
    ) throws -> [AccountSide] {
        try rows(
            """
            SELECT a.id, a.given_name, a.family_name, a.sort_name, a.username, a.number, a.address, a.grade,
              a.active_at IS NOT NULL AS is_active, a.suspended_at IS NOT NULL AS is_suspended,
              EXISTS (SELECT 1 FROM account_source c WHERE c.account_id = a.id) AS is_of_roster
            FROM account a WHERE a.kind = \(kind.rawValue) AND a.erased_at IS NULL AND \(administrator.seesWhole)
            AND NOT EXISTS (SELECT 1 FROM administrator r WHERE r.account_id = a.id) AND \(condition)
            ORDER BY a.sort_name, a.id LIMIT \(limit)
            """
        ).map { row in
            let id: ID<Account> = try row["id"]
            return AccountSide(
                id: id, name: PersonName.shown(given: try row["given_name"], family: try row["family_name"]),
                sortName: try row["sort_name"], username: try row["username"], number: try row["number"],
                address: try row["address"],
                grade: try row["grade"],
                schools: try names(
                    """
                    SELECT s.name FROM membership m JOIN school s ON s.id = m.school_id WHERE m.account_id = \(id)
                    ORDER BY s.name, s.id
                    """),
                trackers: try names(
                    """
                    SELECT t.name FROM enrollment e JOIN tracker t ON t.id = e.tracker_id
                    WHERE e.account_id = \(id) AND t.ended_at IS NULL ORDER BY t.name, t.id
                    """),
                isActive: try row["is_active"], isSuspended: try row["is_suspended"],
                isOfRoster: try row["is_of_roster"])
        }
    }

    private func names(_ sql: SQL) throws -> [String] { try rows(sql).map { try $0["name"] } }
}
