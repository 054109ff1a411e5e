package import Storage

/// One saved change of what mails say: numbered one after the other, and kept for good.
package struct MailEdition: Sendable, Equatable {
    package let number: Int
    package let madeBy: String
    package let madeAt: Timestamp

    /// Before anybody has changed anything: FirstBell's own words.
    package static let own = 1

    /// What a press of Save needs to know; made outside the transaction, which may run twice.
    package struct Change: Sendable {
        /// Made with the form, so that pressing again finds what was done.
        let act: ID<Act>
        /// The edition that the form was made from.
        let base: Int
        let administrator: Administrator
        let entry: ID<AuditEntry>
        let now: Timestamp
        package init(act: ID<Act>, base: Int, by administrator: Administrator, entry: ID<AuditEntry>, at now: Timestamp)
        {
            self.act = act
            self.base = base
            self.administrator = administrator
            self.entry = entry
            self.now = now
        }
    }

    /// What came of it.
    package enum Outcome: Sendable, Equatable {
        case saved
        /// Somebody else has saved since the form was made; nothing was changed.
        case overtaken
        /// It is not theirs to change.
        case notFound
    }
}

extension Connection {
    /// The number of the newest edition.
    package func newestEdition() throws -> Int { try value("SELECT \(SQL.newestEdition) AS value") ?? MailEdition.own }

    /// When and by whom an edition was made; nil for FirstBell's own.
    package func edition(_ number: Int) throws -> MailEdition? {
        try rows(
            """
            SELECT e.number, e.made_at, p.given_name, p.family_name FROM mail_edition e JOIN account p ON p.id = e.made_by
            WHERE e.number = \(number)
            """
        ).first.map { row in
            MailEdition(
                number: try row["number"],
                madeBy: PersonName.shown(given: try row["given_name"], family: try row["family_name"]),
                madeAt: try row["made_at"])
        }
    }

    /// Begins the next edition for a change of what `current` was the newest of. nil where it is done or overtaken.
    func begin(_ change: MailEdition.Change, from current: Int) throws -> (number: Int?, outcome: MailEdition.Outcome) {
        if try exists("SELECT act_id FROM mail_edition WHERE act_id = \(change.act)") { return (nil, .saved) }
        guard current == change.base else { return (nil, .overtaken) }
        let number = try newestEdition() + 1
        try execute(
            """
            INSERT INTO mail_edition (number, act_id, made_by, made_at)
            VALUES (\(number), \(change.act), \(change.administrator.id), \(change.now))
            """)
        return (number, .saved)
    }
}

extension SQL {
    /// The number of the newest edition.
    static let newestEdition: SQL = "coalesce((SELECT max(e.number) FROM mail_edition e), 1)"
}
