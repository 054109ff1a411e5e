package import Storage

extension Connection {
    /// Adds a line to the audit. Call it first in the transaction of the act: if it throws, the act did not happen.
    ///
    /// `detail` never holds a secret, an address or a name: ids and numbers only.
    package func record(
        _ act: AuditAct, by actor: ID<Account>?, subject: ID<Account>? = nil, count: Int = 1, detail: String = "",
        id: ID<AuditEntry>, at now: Timestamp
    ) throws {
        try execute(
            """
            INSERT INTO audit (id, at, actor_id, act, subject_id, count, detail)
            VALUES (\(id), \(now), \(actor), \(act.rawValue), \(subject), \(count), \(detail))
            """)
    }
}
