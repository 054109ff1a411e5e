package import Storage

/// Why a chosen student gets no mail, as `mailing_skip.reason` has it.
enum SkipReason: String, CaseIterable {
    case noAddress, bounced, maybe, recent, active, suspended
}

/// One chosen student and what would happen to them.
struct MailingCandidate: Record {
    let person: MailingPreview.Person
    private(set) var skip: SkipReason?

    init(row: any Row) throws {
        person = try MailingPreview.Person(
            id: row["id"], name: PersonName.shown(given: row["given_name"], family: row["family_name"]),
            givenName: row["given_name"], username: row["username"], language: row["language"])
        let reason: String? = try row["skip"]
        skip = reason.flatMap(SkipReason.init)
    }
}

extension MailingCandidate {
    /// The same, mailed all the same where one of these reasons would have left them out.
    func letting(_ reasons: Set<SkipReason>) -> MailingCandidate {
        var candidate = self
        if let skip, reasons.contains(skip) { candidate.skip = nil }
        return candidate
    }
}

extension MailingPreview {
    init(_ candidates: [MailingCandidate]) {
        self.init()
        for candidate in candidates { add(candidate.person, candidate.skip) }
    }

    mutating func add(_ person: Person, _ skip: SkipReason?) {
        switch skip {
        case nil: mailed.append(person)
        case .noAddress: noAddress.append(person)
        case .bounced: bounced.append(person)
        case .maybe: maybeSent.append(person)
        case .recent: recent.append(person)
        case .active: active.append(person)
        case .suspended: suspended.append(person)
        }
    }
}

extension Connection {
    /// What Send would do now. Trackers that this teacher does not teach are as if they were not there.
    package func previewMailing(_ choice: MailingChoice, by teacher: Teacher, at now: Timestamp) throws
        -> MailingPreview
    {
        MailingPreview(try candidates(choice, by: teacher, at: now))
    }

    func candidates(_ choice: MailingChoice, by teacher: Teacher, at now: Timestamp) throws -> [MailingCandidate] {
        var trackers = SQL.trackersTaught(by: teacher)
        if !choice.allTrackers { trackers = "\(trackers) AND e.tracker_id IN \(SQL.list(choice.trackers))" }
        return try candidates(
            where: "a.id IN (\(SQL.students(of: trackers, on: teacher.day)))", mailedSince: now - .hours(12), at: now)
    }

    /// Students with the reason, if any, why they get no mail. `mailedSince`: a mail that left after this is recent.
    func candidates(where condition: SQL, mailedSince: Timestamp, at now: Timestamp) throws -> [MailingCandidate] {
        try fetchAll(
            """
            SELECT a.id, a.given_name, a.family_name, a.username, \(SQL.mailLanguage) AS language,
              CASE
              WHEN a.suspended_at IS NOT NULL THEN 'suspended'
              WHEN a.active_at IS NOT NULL THEN 'active'
              WHEN a.address IS NULL THEN 'noAddress'
              WHEN a.address_is_bad THEN 'bounced'
              WHEN a.mail_state IN ('queued', 'sending', 'in_data', 'deferred', 'held') THEN 'recent'
              WHEN a.mail_state = 'unknown' AND a.link_ends_at > \(now) THEN 'maybe'
              WHEN a.mail_state = 'accepted' AND a.mail_at > \(mailedSince) THEN 'recent'
              END AS skip
            FROM account a LEFT JOIN school s ON s.id = a.school_id JOIN district d ON d.id = 'district'
            WHERE a.kind = 'student' AND \(condition) ORDER BY a.sort_name, a.id
            """)
    }
}

extension SQL {
    /// The language for mail and paper to an account `a` of school `s` in district `d` (design section 8).
    package static let mailLanguage: SQL = "coalesce(a.language, a.roster_language, s.language, d.language)"
}
