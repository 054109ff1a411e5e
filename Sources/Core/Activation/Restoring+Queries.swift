package import Storage

extension Connection {
    /// Closes every door that a backup would open again: sessions, links, temporary passwords and mail on its way.
    ///
    /// What was spent, ended or sent after the backup was made is alive in it; nobody can tell which. Own passwords stay.
    /// Returns how many mails are held for a person to look at.
    package func closeAfterRestore(at now: Timestamp) throws -> Int {
        try execute("DELETE FROM session")
        try execute("UPDATE activation_link SET voided_at = \(now) WHERE voided_at IS NULL")
        try execute("UPDATE credential SET ended_at = \(now) WHERE ended_at IS NULL")
        try execute("UPDATE card_sheet SET voided_at = \(now) WHERE voided_at IS NULL")
        let held = try execute(
            """
            UPDATE mail SET state = 'held', state_at = \(now), reason = 'restored'
            WHERE state IN ('queued', 'sending', 'in_data', 'deferred', 'held')
            """)
        try execute(
            """
            UPDATE account SET generation = generation + 1, credential_id = NULL, link_state = NULL, link_at = NULL,
              link_ends_at = NULL, card_state = NULL, card_at = NULL, card_ends_at = NULL,
              asked_at = NULL,
              mail_state = CASE WHEN mail_state IN ('queued', 'sending', 'in_data', 'deferred', 'held') THEN NULL
                WHEN mail_state IN ('accepted', 'unknown') THEN NULL ELSE mail_state END
            """)
        return held
    }
}
