package import Storage

extension Connection {
    /// Adds a line to the audit. Call it first in the transaction of the act: if it throws, the act did not happen.
    ///
    /// The schools of `subject` are noted with it. An act about many gives `people`, a query of account ids, or calls
    /// `noteSchools` once they are known. `detail` never holds a secret, an address or a name: ids and numbers only.
    package func record(
        _ act: AuditAct, by actor: ID<Account>?, subject: ID<Account>? = nil, people: SQL? = nil, count: Int = 1,
        detail: String = "", id: ID<AuditEntry>, at now: Timestamp
    ) throws {
        try execute(
            """
            INSERT INTO audit (id, at, actor_id, act, subject_id, count, detail)
            VALUES (\(id), \(now), \(actor), \(act.rawValue), \(subject), \(count), \(detail))
            """)
        guard let people = people ?? subject.map({ "\($0)" }) else { return }
        try noteSchools(ofPeople: people, for: id, of: "\(act.rawValue)")
    }

    /// Notes which schools an act about many touched, with how many people of each. `people`: a query of account ids.
    package func noteSchools(ofPeople people: SQL, for entry: ID<AuditEntry>) throws {
        try noteSchools(ofPeople: people, for: entry, of: "(SELECT u.act FROM audit u WHERE u.id = \(entry))")
    }

    /// Where the act is known it is not read: everybody adds to the end of the audit, and reading there would meet them.
    private func noteSchools(ofPeople people: SQL, for entry: ID<AuditEntry>, of act: SQL) throws {
        try execute(
            """
            INSERT INTO audit_school (audit_id, school_id, act, count)
            SELECT \(entry), m.school_id, \(act), count(*)
            FROM membership m WHERE m.account_id IN (\(people)) GROUP BY m.school_id
            ON CONFLICT DO NOTHING
            """)
    }

    /// Notes one school that an act touched, where it is known without asking for its people.
    package func noteSchool(_ school: ID<School>, count: Int, for entry: ID<AuditEntry>) throws {
        try execute(
            """
            INSERT INTO audit_school (audit_id, school_id, act, count)
            SELECT u.id, \(school), u.act, \(count) FROM audit u WHERE u.id = \(entry)
            ON CONFLICT DO NOTHING
            """)
    }
}
