package import Storage

/// Why a chosen student gets no mail, as `mailing_skip.reason` has it.
enum SkipReason: String, CaseIterable {
    case noAddress, bounced, maybe, recent, active, suspended

    /// The reason for an account `a`; null for one who gets a mail. A mail that left after `mailedSince` is recent.
    static func sql(mailedSince: Timestamp, at now: Timestamp) -> SQL {
        """
        CASE
        WHEN a.suspended_at IS NOT NULL THEN 'suspended'
        WHEN a.active_at IS NOT NULL THEN 'active'
        WHEN a.address IS NULL THEN 'noAddress'
        WHEN a.address_is_bad THEN 'bounced'
        WHEN a.mail_state IN ('queued', 'sending', 'in_data', 'deferred', 'held') THEN 'recent'
        WHEN a.mail_state = 'unknown' AND a.link_ends_at > \(now) THEN 'maybe'
        WHEN a.mail_state = 'accepted' AND a.mail_at > \(mailedSince) THEN 'recent'
        END
        """
    }

    /// For how long a mailing leaves those alone who were just mailed.
    static let patience = Span.hours(12)
}

/// One chosen student and what would happen to them.
struct MailingCandidate: Record {
    let person: MailingPreview.Person
    private(set) var skip: SkipReason?

    /// Of an account `a`, its school `s` and the district `d`.
    static let columns: SQL = "a.id, a.given_name, a.family_name, a.username, \(SQL.mailLanguage) AS language"
    static let places: SQL = "LEFT JOIN school s ON s.id = a.school_id JOIN district d ON d.id = 'district'"

    init(row: any Row) throws {
        person = try MailingPreview.Person(
            id: row["id"], name: PersonName.shown(given: row["given_name"], family: row["family_name"]),
            givenName: row["given_name"], username: row["username"], language: row["language"])
        let reason: String? = try row["skip"]
        skip = reason.flatMap(SkipReason.init)
    }

    /// The same, mailed all the same where one of these reasons would have left them out.
    func letting(_ reasons: Set<SkipReason>) -> MailingCandidate {
        var candidate = self
        if let skip, reasons.contains(skip) { candidate.skip = nil }
        return candidate
    }
}

extension MailingPreview {
    mutating func set(_ people: People, for reason: SkipReason?) {
        switch reason {
        case nil: mailed = people
        case .noAddress: noAddress = people
        case .bounced: bounced = people
        case .maybe: maybeSent = people
        case .recent: recent = people
        case .active: active = people
        case .suspended: suspended = people
        }
    }
}

extension Connection {
    /// What Send would do now. Trackers and schools that the sender may not mail are as if they were not there.
    package func previewMailing(
        _ choice: MailingChoice, by sender: StudentViewer, at now: Timestamp
    ) throws -> MailingPreview {
        var preview = MailingPreview()
        if choice.isEmpty { return preview }
        let chosen = sender.chose(choice)
        let skip = SkipReason.sql(mailedSince: now - SkipReason.patience, at: now)
        var found: [SkipReason?: [(school: ID<School>?, count: Int)]] = [:]
        try forEachRow(
            """
            SELECT a.school_id, \(skip) AS skip, count(*) AS number FROM account a
            WHERE a.kind = 'student' AND \(chosen) GROUP BY 1, 2 ORDER BY 1
            """
        ) { row in
            let reason: String? = try row["skip"]
            found[reason.flatMap(SkipReason.init), default: []].append((try row["school_id"], try row["number"]))
        }
        for (reason, schools) in found {
            // A district's students are not sorted for a hundred names: those of the first schools are enough.
            var few: [ID<School>?] = []
            var names = 0
            for school in schools where names < MailingPreview.named {
                few.append(school.school)
                names += school.count
            }
            let isReason: SQL = reason.map { "\(skip) = \($0.rawValue)" } ?? "\(skip) IS NULL"
            let first: [MailingCandidate] = try fetchAll(
                """
                SELECT \(MailingCandidate.columns), \(reason?.rawValue) AS skip FROM account a \(MailingCandidate.places)
                WHERE a.kind = 'student' AND \(Self.isIn(few)) AND \(chosen) AND \(isReason)
                ORDER BY a.sort_name, a.id LIMIT \(MailingPreview.named)
                """)
            preview.set(
                MailingPreview.People(count: schools.reduce(0) { $0 + $1.count }, first: first.map(\.person)),
                for: reason)
        }
        return preview
    }

    private static func isIn(_ schools: [ID<School>?]) -> SQL {
        let known: SQL = "a.school_id IN \(SQL.list(schools.compactMap(\.self)))"
        return schools.contains(nil) ? "(\(known) OR a.school_id IS NULL)" : known
    }

    /// Students with the reason, if any, why they get no mail, by name.
    func candidates(where condition: SQL, mailedSince: Timestamp, at now: Timestamp) throws -> [MailingCandidate] {
        try fetchAll(
            """
            SELECT \(MailingCandidate.columns), \(SkipReason.sql(mailedSince: mailedSince, at: now)) AS skip
            FROM account a \(MailingCandidate.places)
            WHERE a.kind = 'student' AND \(condition) ORDER BY a.sort_name, a.id
            """)
    }
}

extension SQL {
    /// The language for mail and paper to an account `a` of school `s` in district `d` (design section 8).
    package static let mailLanguage: SQL = "coalesce(a.language, a.roster_language, s.language, d.language)"
}
