package import Storage

/// Whose mails a sender is set for.
package enum MailSenderPlace: Sendable, Equatable {
    /// For every school that says nothing itself.
    case district
    case school(ID<School>)

    var school: ID<School>? {
        if case .school(let school) = self { school } else { nil }
    }
}

/// What one place has set, with what it would be without.
package struct MailSenderLine: Sendable, Equatable {
    package let place: MailSenderPlace
    /// Of the school or the district.
    package let name: String
    package let sender: MailSender
    /// The last change; nil where there was none.
    package let edition: MailEdition?
}

extension Connection {
    /// What a place has set; nil for a place that is not this administrator's. A school's is told whatever the district says.
    package func mailSender(_ place: MailSenderPlace, for administrator: Administrator) throws -> MailSenderLine? {
        guard let name = try name(of: place, for: administrator) else { return nil }
        let row = try rows(
            """
            SELECT f.edition, f.name, f.reply_to, f.signature FROM mail_sender f WHERE \(Self.isOf(place))
            ORDER BY f.edition DESC LIMIT 1
            """
        ).first
        let edition = try row.map { try $0["edition"] as Int }
        return MailSenderLine(
            place: place, name: name, sender: try row.map(MailSender.init(row:)) ?? .none,
            edition: try edition.flatMap { try self.edition($0) })
    }

    /// What the schools of an administrator have set, by name.
    package func mailSenders(for administrator: Administrator) throws -> [MailSenderLine] {
        try rows(
            """
            SELECT s.id, s.name AS school, f.name, f.reply_to, f.signature FROM school s LEFT JOIN mail_sender f
              ON f.edition = (SELECT max(x.edition) FROM mail_sender x WHERE x.school_id = s.id)
            WHERE s.ended_at IS NULL AND \(administrator.seesSchool) ORDER BY s.name, s.id
            """
        ).map { row in
            let isSet: String? = try row["name"]
            return MailSenderLine(
                place: .school(try row["id"]), name: try row["school"],
                sender: isSet == nil ? .none : try MailSender(row: row), edition: nil)
        }
    }

    /// Saves what a place says. The same act again changes nothing.
    package func save(
        _ sender: MailSender, for place: MailSenderPlace, _ change: MailEdition.Change
    ) throws -> MailEdition.Outcome {
        guard try name(of: place, for: change.administrator) != nil else { return .notFound }
        let current: Int? = try value("SELECT max(f.edition) AS value FROM mail_sender f WHERE \(Self.isOf(place))")
        let (number, outcome) = try begin(change, from: current ?? MailEdition.own)
        guard let number else { return outcome }
        try record(
            .mailSenderChanged, by: change.administrator.id, count: 0, detail: "mail sender \(number)",
            id: change.entry, at: change.now)
        if let school = place.school { try noteSchool(school, count: 0, for: change.entry) }
        try execute(
            """
            INSERT INTO mail_sender (edition, school_id, name, reply_to, signature)
            VALUES (\(number), \(place.school), \(sender.name), \(sender.replyTo), \(sender.signature))
            """)
        return outcome
    }

    /// Who mails to a school's people are from, as an edition has it: the school's word, else the district's.
    func mailSender(of school: ID<School>?, in edition: Int) throws -> MailSender {
        guard edition > MailEdition.own else { return .none }
        let found = try rows(
            """
            SELECT f.name, f.reply_to, f.signature FROM mail_sender f WHERE f.edition IN (
              (SELECT max(x.edition) FROM mail_sender x WHERE x.school_id = \(school) AND x.edition <= \(edition)),
              (SELECT max(x.edition) FROM mail_sender x WHERE x.school_id IS NULL AND x.edition <= \(edition)))
            ORDER BY f.school_id IS NULL
            """
        ).map(MailSender.init(row:))
        return found.reversed().reduce(.none) { $1.over($0) }
    }

    private func name(of place: MailSenderPlace, for administrator: Administrator) throws -> String? {
        switch place {
        case .district:
            administrator.hasDistrict ? try value("SELECT name AS value FROM district") : nil
        case .school(let school):
            try value(
                """
                SELECT s.name AS value FROM school s
                WHERE s.id = \(school) AND s.ended_at IS NULL AND \(administrator.seesSchool)
                """)
        }
    }

    private static func isOf(_ place: MailSenderPlace) -> SQL {
        place.school.map { "f.school_id = \($0)" } ?? "f.school_id IS NULL"
    }
}

extension MailSender {
    fileprivate init(row: any Row) throws {
        self.init(name: try row["name"], replyTo: try row["reply_to"], signature: try row["signature"])
    }
}
