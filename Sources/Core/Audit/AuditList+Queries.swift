package import Storage

extension Connection {
    /// One page of the audit, newest first, as far as it speaks of people or acts in the administrator's scope.
    package func audit(
        for administrator: Administrator, after: String? = nil, limit: Int = 100
    ) throws -> AuditList {
        let cursor = after.flatMap(ID<AuditEntry>.init)
        let older: SQL = cursor.map { "u.id < \($0)" } ?? "TRUE"
        // Without the district, only lines about one's own people, or made by them.
        let scope: SQL =
            administrator.hasDistrict
            ? "TRUE"
            : """
            (u.subject_id IN (SELECT a.id FROM account a WHERE \(administrator.sees))
             OR u.actor_id IN (SELECT a.id FROM account a WHERE \(administrator.sees)))
            """
        let page = try rows(
            """
            SELECT u.id, u.at, u.act, u.count, p.given_name, p.family_name, o.given_name AS subject_given,
              o.family_name AS subject_family, c.number AS sheet
            FROM audit u LEFT JOIN account p ON p.id = u.actor_id LEFT JOIN account o ON o.id = u.subject_id
            LEFT JOIN card_sheet c ON u.act IN ('card-sheet-made', 'card-sheet-shown') AND c.id = substr(u.detail, 12)
            WHERE \(older) AND \(scope) ORDER BY u.id DESC LIMIT \(limit + 1)
            """
        ).map { row in
            AuditLine(
                id: try row["id"], at: try row["at"], actor: try Self.name(row["given_name"], row["family_name"]),
                act: try row["act"], subject: try Self.name(row["subject_given"], row["subject_family"]),
                count: try row["count"], sheet: try row["sheet"])
        }
        return AuditList(lines: Array(page.prefix(limit)), next: page.count > limit ? page[limit - 1].id : nil)
    }

    private static func name(_ given: String?, _ family: String?) -> String? {
        given.map { PersonName.shown(given: $0, family: family ?? "") }
    }
}
