package import Storage

extension StudentState {
    /// The state of an account `a`, the first that fits (design section 3): the only place where a state is named.
    ///
    /// Among the ways in that still work (a card, a mailed link, a mail under way) the newest gives the name.
    package static func sql(at now: Timestamp) -> SQL {
        """
        CASE
        WHEN a.erased_at IS NOT NULL THEN NULL
        WHEN a.suspended_for = 'roster' AND a.archived_at > a.suspended_at THEN 'archived'
        WHEN a.suspended_at IS NOT NULL THEN 'suspended'
        WHEN a.active_at IS NOT NULL THEN 'active'
        WHEN a.guessed_until > \(now) THEN 'locked'
        WHEN \(cardAt(now)) > 0 AND \(cardAt(now)) >= \(linkAt(now)) AND \(cardAt(now)) >= \(underWayAt) THEN a.card_state
        WHEN \(underWayAt) > 0 AND \(underWayAt) >= \(linkAt(now)) THEN 'sending'
        WHEN \(linkAt(now)) > 0 THEN a.link_state
        WHEN a.mail_state = 'bounced' THEN 'bounced'
        WHEN a.mail_state = 'failed' THEN 'failed'
        WHEN a.card_ends_at IS NOT NULL OR a.link_ends_at IS NOT NULL THEN 'ranOut'
        WHEN a.address IS NULL THEN 'noAddress'
        ELSE 'notMailed' END
        """
    }

    /// True for a student `a` whom lists, mailings and card sheets have in them when nothing is said of a state.
    static let isListed: SQL = "a.state <> 'archived'"

    /// Who needs the teacher first, then who is on the way, then the active; suspended last.
    package static func rankSQL(at now: Timestamp) -> SQL { rankSQL(of: sql(at: now)) }

    /// The same of a state that is known.
    static func rankSQL(of state: SQL) -> SQL {
        let cases = allCases.enumerated().map { index, state -> SQL in
            " WHEN \(state.rawValue) THEN \(index)"
        }
        return "CASE \(state)\(SQL.joined(cases, by: "")) END"
    }

    private static func cardAt(_ now: Timestamp) -> SQL {
        "(CASE WHEN a.card_ends_at > \(now) THEN a.card_at ELSE 0 END)"
    }
    private static func linkAt(_ now: Timestamp) -> SQL {
        "(CASE WHEN a.link_ends_at > \(now) THEN a.link_at ELSE 0 END)"
    }
    private static let underWayAt: SQL = """
        (CASE WHEN a.mail_state IN ('queued', 'sending', 'in_data', 'deferred', 'held') THEN a.mail_at ELSE 0 END)
        """
}
