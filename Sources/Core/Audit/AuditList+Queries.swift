package import Storage

extension Connection {
    /// One page of the audit, newest first: for an administrator of schools what touched their schools, and their own acts.
    ///
    /// Of an act that reached further they see only the number of their own people, and no name from elsewhere.
    package func audit(
        for administrator: Administrator, filter: AuditFilter = AuditFilter(), limit: Int = 100
    ) throws -> AuditList {
        var scope: AuditWalk.Scope?
        if !administrator.hasDistrict {
            let schools: [ID<School>] = try rows(
                "SELECT school_id FROM administrator_school WHERE account_id = \(administrator.id)"
            ).map { try $0["school_id"] }
            scope = AuditWalk.Scope(administrator: administrator.id, schools: schools)
        }
        var found: Set<ID<AuditEntry>> = []
        for way in AuditWalk(filter, scope: scope).ways(limit: limit + 1) {
            for row in try rows(way) { found.insert(try row["id"]) }
        }
        let page = found.sorted(by: >).prefix(limit)
        return AuditList(
            lines: try auditLines(Array(page), for: administrator), next: found.count > limit ? page.last : nil)
    }

    private func auditLines(_ ids: [ID<AuditEntry>], for administrator: Administrator) throws -> [AuditLine] {
        let sees = administrator.sees
        let isOwnSchool: SQL =
            administrator.hasDistrict
            ? "TRUE"
            : "x.school_id IN (SELECT h.school_id FROM administrator_school h WHERE h.account_id = \(administrator.id))"
        return try rows(
            """
            SELECT u.id, u.at, u.act, u.count, u.detail, u.actor_id, u.subject_id,
              p.kind AS actor_kind, p.given_name AS actor_given, p.family_name AS actor_family,
              p.username AS actor_username, p.erased_at AS actor_erased,
              EXISTS (SELECT 1 FROM account a WHERE a.id = u.actor_id AND \(sees)) AS sees_actor,
              o.kind AS subject_kind, o.given_name AS subject_given, o.family_name AS subject_family,
              o.username AS subject_username, o.erased_at AS subject_erased,
              EXISTS (SELECT 1 FROM account a WHERE a.id = u.subject_id AND \(sees)) AS sees_subject,
              (SELECT CAST(sum(x.count) AS BIGINT) FROM audit_school x WHERE x.audit_id = u.id AND \(isOwnSchool))
                AS own_count,
              (SELECT count(*) FROM audit_school x WHERE x.audit_id = u.id AND \(isOwnSchool)) AS schools,
              (SELECT min(s.name) FROM audit_school x JOIN school s ON s.id = x.school_id
                WHERE x.audit_id = u.id AND \(isOwnSchool)) AS school,
              c.number AS sheet
            FROM audit u LEFT JOIN account p ON p.id = u.actor_id LEFT JOIN account o ON o.id = u.subject_id
            LEFT JOIN card_sheet c ON u.act IN ('card-sheet-made', 'card-sheet-shown') AND c.id = substr(u.detail, 12)
            WHERE u.id IN \(SQL.list(ids)) ORDER BY u.id DESC
            """
        ).map { row in
            let actor = try person("actor", in: row)
            let subject = try person("subject", in: row)
            let isWhole = administrator.hasDistrict || actor?.id == administrator.id
            let (whole, own): (Int, Int?) = (try row["count"], try row["own_count"])
            let schools: Int = try row["schools"]
            // Who did something about themselves is hidden with the one to whom it was done.
            let hidesActor = actor?.isInScope == false && (actor?.kind == .student || actor?.id == subject?.id)
            return AuditLine(
                id: try row["id"], at: try row["at"], actor: hidesActor ? nil : actor, isActorHidden: hidesActor,
                act: try row["act"],
                subject: subject?.isInScope == true ? subject : nil, isSubjectHidden: subject?.isInScope == false,
                count: isWhole ? whole : min(whole, own ?? 0), school: schools == 1 ? try row["school"] : nil,
                schools: schools, sheet: try row["sheet"], target: AuditLine.Target(detail: try row["detail"]))
        }
    }

    private func person(_ part: String, in row: any Row) throws -> AuditLine.Person? {
        guard let id: ID<Account> = try row["\(part)_id"] else { return nil }
        guard let kind = AccountKind(rawValue: try row["\(part)_kind"]) else { throw MissingColumn("\(part)_kind") }
        let isErased = try row.integer("\(part)_erased") != nil
        return AuditLine.Person(
            id: id, kind: kind,
            name: PersonName.shown(given: try row["\(part)_given"], family: try row["\(part)_family"]),
            username: try row["\(part)_username"], isInScope: try isErased || row["sees_\(part)"],
            isErased: isErased)
    }
}
