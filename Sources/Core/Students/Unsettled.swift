internal import Storage

/// What a reading of students has to put right, beyond what tally and indexes say: asked once, in one statement.
///
/// Mostly there is nothing, and then nothing of it is looked for again.
struct Unsettled: Sendable, Equatable {
    /// The state of a student has ended by itself and the row does not say so yet.
    let isOverdue: Bool
    /// A student is counted under something else than the row says.
    let isUncounted: Bool
    /// Somebody in reach may be there by another school than the main one.
    let hasAsides: Bool

    var isSettled: Bool { !isOverdue && !isUncounted }

    /// The state of an account `a`: that of the row, as long as none has ended by itself.
    func state(at now: Timestamp) -> SQL { isOverdue ? StudentState.sql(at: now) : "a.state" }
}

extension Connection {
    func unsettled(in reach: StudentReach = .everybody, at now: Timestamp) throws -> Unsettled {
        let aside: SQL =
            switch reach {
            case .everybody, .schools([]): "NULL"
            case .schools(let schools): "(\(StudentReach.firstAside(in: schools)))"
            }
        // Each in the order of its index: without it PostgreSQL hopes to meet one soon among all rows, and EXISTS forgets
        // the order.
        let row = try rows(
            """
            SELECT (SELECT a.id FROM account a WHERE a.state_ends_at <= \(now) ORDER BY a.state_ends_at LIMIT 1) AS overdue,
              (SELECT a.id FROM account a WHERE \(StudentTally.isUncounted) LIMIT 1) AS uncounted, \(aside) AS aside
            """
        ).first
        let isUncounted = try row?.text("uncounted") != nil
        return Unsettled(
            isOverdue: try row?.text("overdue") != nil, isUncounted: isUncounted,
            hasAsides: try isUncounted || row?.text("aside") != nil)
    }
}
