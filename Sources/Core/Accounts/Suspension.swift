internal import Storage

/// Who lets somebody in again who was suspended by hand.
package enum SuspensionLift: String, Sendable, CaseIterable {
    /// Whoever asks.
    case you
    /// Only administrators of the whole district: one of them suspended.
    case district
    /// Who administers the district, or all schools of the one who suspended.
    case wider
}

/// What came of letting somebody in again.
package enum LiftOutcome: Sendable, Equatable {
    /// They are in again, by this press or by an earlier one.
    case done
    /// There is no such person for whoever asks, or a roster keeps them out.
    case notFound
    /// Who suspended them reached further than the one who asks: nothing was changed.
    case beyond
}

extension Administrator {
    /// The `SuspensionLift` of an account `a`, as text; null where nobody suspended by hand.
    var lift: SQL {
        """
        CASE WHEN a.suspended_for = 'hand' THEN CASE WHEN \(lifts) THEN 'you' WHEN a.suspended_scope = 'schools' THEN 'wider'
        ELSE 'district' END END
        """
    }

    /// True for an account `a` whose suspender reached no further than this administrator.
    private var lifts: SQL {
        if hasDistrict { return "TRUE" }
        return """
            (a.suspended_scope = 'schools' AND NOT EXISTS
            (SELECT 1 FROM suspension_school o WHERE o.account_id = a.id AND \(isBeyond("o.school_id"))))
            """
    }
}

extension Connection {
    /// Suspends by hand where `isAllowed`, and keeps how far the administrator reaches now: sessions end, no roster lifts it.
    func suspend(
        _ person: ID<Account>, by administrator: Administrator, where isAllowed: SQL = "TRUE", at now: Timestamp
    ) throws -> Bool {
        let scope = administrator.hasDistrict ? "district" : "schools"
        let done = try execute(
            """
            UPDATE account SET suspended_at = \(now), suspended_for = 'hand', suspended_scope = \(scope)
            WHERE id = \(person) AND suspended_at IS NULL AND \(isAllowed)
            """)
        guard done == 1 else { return false }
        if !administrator.hasDistrict {
            try execute(
                """
                INSERT INTO suspension_school (account_id, school_id)
                SELECT \(person), h.school_id FROM administrator_school h WHERE h.account_id = \(administrator.id)
                ON CONFLICT DO NOTHING
                """)
        }
        try endSessions(of: person)
        return true
    }

    /// Lets somebody in again who was suspended by hand, where `isAllowed`.
    func lift(_ person: ID<Account>, by administrator: Administrator, where isAllowed: SQL = "TRUE") throws -> Bool {
        let done = try execute(
            """
            UPDATE account AS a SET suspended_at = NULL, suspended_for = NULL, suspended_scope = NULL
            WHERE a.id = \(person) AND \(administrator.lift) = 'you' AND \(isAllowed)
            """)
        guard done == 1 else { return false }
        try execute("DELETE FROM suspension_school WHERE account_id = \(person)")
        return true
    }
}
