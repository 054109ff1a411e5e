internal import Storage

/// The ways through the audit that a filter and a scope leave open, each along an index, newest line first.
///
/// The newest of all ways are the page: nothing is sorted but a page's worth of each, whatever the audit's length.
struct AuditWalk {
    private let filter: AuditFilter
    /// nil for the whole district.
    private let scope: Scope?

    struct Scope {
        let administrator: ID<Account>
        let schools: [ID<School>]
    }

    /// With more schools than this, lines of the scope stand so close that walking all of them finds a page sooner.
    private static let few = 50

    init(_ filter: AuditFilter, scope: Scope?) {
        self.filter = filter
        self.scope = scope
    }

    /// Queries of `id`, each of at most `limit` lines.
    func ways(limit: Int) -> [SQL] {
        if filter.actor != nil || filter.subject != nil { return [way(limit: limit)] }
        if let school = filter.school {
            guard scope?.schools.contains(school) != false else { return [] }
            return ways(through: school, limit: limit)
        }
        if let scope, scope.schools.count <= Self.few {
            return scope.schools.flatMap { ways(through: $0, limit: limit) }
                + [way(limit: limit, "u.actor_id = \(scope.administrator)")]
        }
        guard let kind = filter.kind else { return [way(limit: limit)] }
        return kind.acts.map { way(limit: limit, act: $0) }
    }

    private func ways(through school: ID<School>, limit: Int) -> [SQL] {
        let acts: [AuditAct?] = filter.kind.map { $0.acts } ?? [nil]
        return acts.map { act in
            let isAct: SQL = act.map { "x.act = \($0.rawValue)" } ?? "TRUE"
            return """
                SELECT x.audit_id AS id FROM audit_school x
                WHERE x.school_id = \(school) AND \(isAct) AND \(window("x.audit_id"))
                ORDER BY x.audit_id DESC LIMIT \(limit)
                """
        }
    }

    private func way(limit: Int, _ only: SQL = "TRUE", act: AuditAct? = nil) -> SQL {
        var fits: [SQL] = [only, window("u.id")]
        if let act {
            fits.append("u.act = \(act.rawValue)")
        } else if let kind = filter.kind {
            fits.append("u.act IN \(SQL.list(kind.acts.map(\.rawValue)))")
        }
        if let actor = filter.actor { fits.append("u.actor_id = \(actor)") }
        if let subject = filter.subject { fits.append("u.subject_id = \(subject)") }
        if let school = filter.school {
            fits.append(
                "EXISTS (SELECT 1 FROM audit_school x WHERE x.audit_id = u.id AND x.school_id = \(school))")
        }
        if let scope {
            let touchesOwn: SQL = """
                EXISTS (SELECT 1 FROM audit_school x JOIN administrator_school h ON h.school_id = x.school_id
                  WHERE x.audit_id = u.id AND h.account_id = \(scope.administrator))
                """
            // A school filter is about what happened there, so one's own acts elsewhere do not belong to it.
            fits.append(
                filter.school == nil ? "(u.actor_id = \(scope.administrator) OR \(touchesOwn))" : touchesOwn)
        }
        return "SELECT u.id FROM audit u WHERE \(SQL.joined(fits, by: " AND ")) ORDER BY u.id DESC LIMIT \(limit)"
    }

    /// Ids begin with their moment, so days and pages are ranges of them.
    private func window(_ id: SQL) -> SQL {
        var edges: [SQL] = []
        if let from = filter.from { edges.append("\(id) >= \(ID<AuditEntry>.first(at: from))") }
        let ends = [filter.until.map { ID<AuditEntry>.first(at: $0) }, filter.after].compactMap(\.self)
        if let end = ends.min() { edges.append("\(id) < \(end)") }
        return edges.isEmpty ? "TRUE" : SQL.joined(edges, by: " AND ")
    }
}

extension ID {
    /// No id that is made from then on sorts before this one.
    package static func first(at moment: Timestamp) -> Self {
        Self(at: moment, random: (0, 0))
    }
}
