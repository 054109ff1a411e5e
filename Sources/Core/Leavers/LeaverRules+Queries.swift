package import Storage

extension Connection {
    /// The district's rule.
    package func leaverRules() throws -> LeaverRules {
        let row = try rows("SELECT archive_after_days, erase_after_days, erases_by_itself FROM district").first
        guard let row,
            let rules = LeaverRules(
                archiveAfter: try row["archive_after_days"], eraseAfter: try row["erase_after_days"],
                erasesByItself: try row["erases_by_itself"])
        else { throw MissingColumn("archive_after_days") }
        return rules
    }

    /// Sets it. Saying it again changes nothing.
    package func setLeaverRules(
        _ rules: LeaverRules, by person: ID<Account>, entry: ID<AuditEntry>, at now: Timestamp
    ) throws {
        guard try leaverRules() != rules else { return }
        try record(.leaverRulesChanged, by: person, detail: rules.inWords, id: entry, at: now)
        try execute(
            """
            UPDATE district SET archive_after_days = \(rules.archiveAfter), erase_after_days = \(rules.eraseAfter),
              erases_by_itself = \(rules.erasesByItself)
            """)
    }

    /// One short step of archiving: who left long enough ago, and whom a longer time brings back to the lists.
    ///
    /// Returns how many there were; 0 when all is done.
    package func archiveLeavers(limit: Int, at now: Timestamp) throws -> Int {
        let until = try leaverRules().archived(at: now)
        let archived = try execute(
            """
            UPDATE account SET archived_at = \(now) WHERE id IN (SELECT a.id FROM account a
              WHERE \(SQL.left) AND (a.archived_at IS NULL OR a.archived_at <= a.suspended_at)
              AND a.suspended_at <= \(until) ORDER BY a.suspended_at LIMIT \(limit) \(.skipLocked))
            """)
        let back = try execute(
            """
            UPDATE account SET archived_at = NULL WHERE id IN (SELECT a.id FROM account a
              WHERE \(SQL.left) AND a.archived_at > a.suspended_at
              AND a.suspended_at > \(until) ORDER BY a.suspended_at LIMIT \(limit) \(.skipLocked))
            """)
        return archived + back
    }
}
