package import Storage

extension Connection {
    /// Makes one account of two: the kept one gets the other's names, schools, trackers and ids of rosters, and what it has
    /// not itself. The other's password, links and cards end, and nothing of it stays but its line in the audit.
    ///
    /// The same press again finds what it did. nil where the accounts are none that this administrator may join.
    package func join(_ joining: JoiningAccounts, by administrator: Administrator) throws -> JoinedAccounts? {
        let kept = joining.kept
        let lost = kept == joining.one ? joining.other : joining.one
        if try exists(
            """
            SELECT 1 AS value FROM audit WHERE act = \(AuditAct.accountsJoined.rawValue) AND actor_id = \(administrator.id)
            AND subject_id = \(kept) AND detail = \("account \(lost)")
            """)
        {
            return .joined(kept)
        }
        guard
            let pair = try twoAccounts(joining.one, joining.other, joining.kind, visibleTo: administrator),
            [pair.one.id, pair.other.id].contains(kept)
        else { return nil }
        // A mail on its way is waited for: its row goes with the account.
        let isLeaving = try exists(
            "SELECT 1 AS value FROM mail WHERE account_id = \(lost) AND state IN ('sending', 'in_data') LIMIT 1")
        guard pair.stamp == joining.stamp, pair.kept ?? kept == kept, !isLeaving else { return .stale }
        try record(
            .accountsJoined, by: administrator.id, subject: kept, detail: "account \(lost)", id: joining.entry,
            at: joining.now)
        try moveRosterIDs(from: lost, to: kept)
        try moveNames(from: lost, to: kept)
        try movePlaces(from: lost, to: kept)
        try fill(kept, from: lost)
        try moveWork(from: lost, to: kept)
        try empty(lost, at: joining.now)
        return .joined(kept)
    }

    /// Of two ids in one source, that of the kept account is the one that plans go by.
    private func moveRosterIDs(from lost: ID<Account>, to kept: ID<Account>) throws {
        try execute(
            """
            UPDATE account_source AS c SET account_id = \(kept),
              same_as = COALESCE((SELECT k.source_id FROM account_source k
                WHERE k.account_id = \(kept) AND k.source = c.source AND k.same_as IS NULL), c.same_as)
            WHERE c.account_id = \(lost)
            """)
        try execute("DELETE FROM person_match WHERE account_id IN (\(lost), \(kept)) AND answer IS NULL")
        try execute("DELETE FROM person_match WHERE account_id = \(lost)")
    }

    private func moveNames(from lost: ID<Account>, to kept: ID<Account>) throws {
        try execute(
            """
            UPDATE username SET account_id = \(kept),
              alias = COALESCE(alias, (SELECT a.username FROM account a WHERE a.id = \(lost)))
            WHERE account_id = \(lost)
            """)
    }

    private func movePlaces(from lost: ID<Account>, to kept: ID<Account>) throws {
        try execute(
            """
            INSERT INTO membership (account_id, school_id, is_aside)
            SELECT \(kept), m.school_id, TRUE FROM membership m WHERE m.account_id = \(lost) ON CONFLICT DO NOTHING
            """)
        try execute(
            """
            INSERT INTO enrollment (tracker_id, account_id, role, is_primary, begins_on, ends_on, origin)
            SELECT e.tracker_id, \(kept), e.role, e.is_primary, e.begins_on, e.ends_on, e.origin FROM enrollment e
            WHERE e.account_id = \(lost) ON CONFLICT DO NOTHING
            """)
    }

    /// Facts that the kept account lacks. Who may sign in with one of the two may with the joined one, unless a person took it
    /// out.
    private func fill(_ kept: ID<Account>, from lost: ID<Account>) throws {
        // Whoever was taken out by hand stays out, for whoever may let them in again.
        let isTakenOut: SQL = "o.suspended_scope IS NOT NULL AND k.suspended_scope IS NULL"
        let isBack: SQL = "k.suspended_for IN ('roster', 'disabled') AND o.suspended_at IS NULL"
        try execute(
            """
            UPDATE account AS k SET number = COALESCE(k.number, o.number), grade = COALESCE(k.grade, o.grade),
              language = COALESCE(k.language, o.language), roster_language = COALESCE(k.roster_language, o.roster_language),
              school_id = COALESCE(k.school_id, o.school_id),
              address_is_pinned = CASE WHEN k.address IS NULL THEN o.address_is_pinned ELSE k.address_is_pinned END,
              address_is_bad = CASE WHEN k.address IS NULL THEN o.address_is_bad ELSE k.address_is_bad END,
              roster_address = COALESCE(k.roster_address, o.roster_address),
              address = COALESCE(k.address, o.address), address_key = COALESCE(k.address_key, o.address_key),
              suspended_at = CASE WHEN \(isTakenOut) THEN COALESCE(k.suspended_at, o.suspended_at)
                WHEN \(isBack) AND k.suspended_scope IS NULL THEN NULL ELSE k.suspended_at END,
              suspended_scope = CASE WHEN \(isTakenOut) THEN o.suspended_scope ELSE k.suspended_scope END,
              suspended_for = CASE WHEN \(isTakenOut) THEN CASE k.suspended_for WHEN 'roster' THEN 'roster' ELSE 'hand' END
                WHEN \(isBack) THEN CASE WHEN k.suspended_scope IS NOT NULL THEN 'hand' END ELSE k.suspended_for END
            FROM account o WHERE k.id = \(kept) AND o.id = \(lost)
            """)
    }

    /// What was made under the account that goes is the person's, and a suspension by hand goes with them.
    private func moveWork(from lost: ID<Account>, to kept: ID<Account>) throws {
        try execute("UPDATE mailing SET made_by = \(kept) WHERE made_by = \(lost)")
        try execute("UPDATE mailing SET paused_by = \(kept) WHERE paused_by = \(lost)")
        try execute("UPDATE mailing SET cancelled_by = \(kept) WHERE cancelled_by = \(lost)")
        try execute(
            """
            INSERT INTO suspension_school (account_id, school_id)
            SELECT \(kept), w.school_id FROM suspension_school w JOIN account a ON a.id = \(kept)
              AND a.suspended_scope IS NOT NULL
            WHERE w.account_id = \(lost) ON CONFLICT DO NOTHING
            """)
        try execute(
            """
            DELETE FROM session WHERE account_id = \(kept)
            AND EXISTS (SELECT 1 FROM account a WHERE a.id = \(kept) AND a.suspended_at IS NOT NULL)
            """)
    }

    /// Like an erased person: the row stays for what points to it.
    private func empty(_ lost: ID<Account>, at now: Timestamp) throws {
        try execute(
            """
            UPDATE account SET \(SQL.emptied(at: now)), origin = 'roster', suspended_at = \(now), suspended_for = 'roster',
              archived_at = NULL WHERE id = \(lost)
            """)
        try removeWaysIn(of: "(\(lost))")
        try removePlaces(of: "(\(lost))")
    }
}
