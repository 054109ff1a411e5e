package import Storage

/// Somebody who looks at a mailing: its sender, or an administrator of all of its schools.
package struct MailingReader: Sendable, Equatable {
    let teacher: Teacher
    let administrator: Administrator?
    package init(teacher: Teacher, administrator: Administrator?) {
        self.teacher = teacher
        self.administrator = administrator
    }

    /// True for a mailing or a card sheet `g` that they made.
    var made: SQL { "g.made_by = \(teacher.id)" }

    /// True for a mailing `g` that they may look at.
    var opens: SQL {
        // Staff are an administrator's to look at, also for whoever mailed them once.
        guard administrator != nil else { return "(\(made) AND g.kind = 'student')" }
        return "(\(made) OR g.for_schools AND \(seesItsSchools))"
    }

    /// True for a mailing `g` that they may let go on: whoever administers its schools no more can only stop it.
    var runs: SQL { "(NOT g.for_schools OR \(seesItsSchools))" }

    private var seesItsSchools: SQL {
        guard let administrator else { return "FALSE" }
        return """
            (EXISTS (SELECT 1 FROM mailing_school k WHERE k.mailing_id = g.id)
              AND NOT EXISTS (SELECT 1 FROM mailing_school k JOIN school s ON s.id = k.school_id
                WHERE k.mailing_id = g.id AND NOT (\(administrator.seesSchool))))
            """
    }

    /// True for a member of staff `a` whom they may still see.
    fileprivate var seesStaff: SQL { administrator?.sees ?? "FALSE" }

    /// True for a student `a` whom they may still see from the side from which it was made.
    func sees(forSchools: Bool) -> SQL {
        if !forSchools { return StudentViewer.teacher(teacher).sees }
        return administrator.map { StudentViewer.administrator($0, teacher.day).sees } ?? "FALSE"
    }
}

extension Connection {
    /// Whether somebody may look at a mailing.
    package func mayOpen(_ mailing: ID<Mailing>, _ reader: MailingReader) throws -> Bool {
        try exists("SELECT g.id FROM mailing g WHERE g.id = \(mailing) AND \(reader.opens)")
    }

    /// A mailing with the fate of its mails, for who sent it or administers all of its schools; nil for everybody else.
    ///
    /// Addresses are shown only of people whom the reader may still see.
    package func mailingReport(
        _ id: ID<Mailing>, for reader: MailingReader, after: String? = nil, limit: Int = 200, at now: Timestamp
    ) throws -> MailingReport? {
        let found = try rows(
            """
            SELECT g.kind, g.made_at, g.made_by, g.sender_name, g.all_trackers, g.for_schools, g.message, g.is_queueing,
              g.expected, g.undo_until, g.paused_at, g.cancelled_at, g.is_moving, g.left_out,
              coalesce(g.cancelled_by, g.paused_by) AS stopped_by, p.given_name AS stopper_given, p.family_name AS stopper_family
            FROM mailing g LEFT JOIN account p ON p.id = coalesce(g.cancelled_by, g.paused_by)
            WHERE g.id = \(id) AND \(reader.opens)
            """)
        guard let head = found.first, let kind = AccountKind(rawValue: try head["kind"]) else { return nil }
        let forSchools: Bool = try head["for_schools"]
        let maker: ID<Account> = try head["made_by"]
        var counts: [MailState: Int] = [:]
        try forEachRow("SELECT state, count(*) AS number FROM mail WHERE mailing_id = \(id) GROUP BY state") { row in
            counts[try row["state"]] = try row["number"]
        }
        let fates = try fates(
            of: id, seen: kind == .staff ? reader.seesStaff : reader.sees(forSchools: forSchools),
            after: after.flatMap(MailCursor.init), limit: limit + 1)
        let shown = fates.prefix(limit)
        let isQueueing: Bool = try head["is_queueing"]
        let expected: Int = try head["expected"]
        return MailingReport(
            id: id, kind: kind, madeAt: try head["made_at"], madeBy: try head["sender_name"],
            isMine: maker == reader.teacher.id,
            audience: try audience(of: id, forSchools: forSchools, isAll: head["all_trackers"]),
            message: try head["message"], counts: counts, expected: isQueueing ? expected : nil,
            undoUntil: try head["undo_until"], stop: try stop(of: id, head, for: reader),
            mayCorrect: try mayCorrect(kind, forSchools: forSchools, reader), mails: shown.map(\.fate),
            skipped: try skipped(of: id), next: fates.count > limit ? shown.last?.cursor.text : nil)
    }

    private func stop(of mailing: ID<Mailing>, _ head: any Row, for reader: MailingReader) throws -> MailingStop? {
        let cancelled: Timestamp? = try head["cancelled_at"]
        let paused: Timestamp? = try head["paused_at"]
        guard let at = cancelled ?? paused else { return nil }
        let person: ID<Account> = try head["stopped_by"]
        let stopped: Int? = try value(
            """
            SELECT count(*) AS value FROM mail WHERE mailing_id = \(mailing)
            AND state = 'cancelled' AND reason = \(MailReason.stopped.rawValue)
            """)
        return MailingStop(
            isCancelled: cancelled != nil, at: at,
            by: PersonName.shown(given: try head["stopper_given"], family: try head["stopper_family"]),
            isMine: person == reader.teacher.id, isUnderWay: try head["is_moving"], stopped: stopped ?? 0,
            leftOut: try head["left_out"])
    }

    /// Whether the reader may correct addresses of students of this mailing.
    private func mayCorrect(_ kind: AccountKind, forSchools: Bool, _ reader: MailingReader) throws -> Bool {
        guard kind == .student else { return false }
        if !forSchools { return try mayCorrectAddresses(.teacher(reader.teacher)) }
        return try reader.administrator.map { try mayCorrectAddresses(.administrator($0, reader.teacher.day)) } ?? false
    }

    /// The mails on one page: state by state, so that a page of a hundred thousand reads no more than it shows.
    private func fates(
        of mailing: ID<Mailing>, seen: SQL, after: MailCursor?, limit: Int
    ) throws -> [(fate: MailFate, cursor: MailCursor)] {
        var found: [(fate: MailFate, cursor: MailCursor)] = []
        for (rank, state) in MailCursor.order.enumerated().dropFirst(after?.rank ?? 0) where found.count < limit {
            var rest: SQL = "TRUE"
            if let after, after.rank == rank { rest = "(m.position, m.id) > (\(after.position), \(after.id))" }
            found += try rows(
                """
                SELECT m.id, m.position, a.id AS student, a.given_name, a.family_name, a.username, m.state_at, m.due_at,
                  m.reason, a.active_at, (a.address_is_bad AND a.address = m.address) AS is_bad,
                  CASE WHEN \(seen) THEN coalesce(m.address, a.address) END AS address
                FROM mail m JOIN account a ON a.id = m.account_id
                WHERE m.mailing_id = \(mailing) AND m.state = \(state.rawValue) AND \(rest)
                ORDER BY m.position, m.id LIMIT \(limit - found.count)
                """
            ).map { row in
                let id: ID<OutgoingMail> = try row["id"]
                let active: Timestamp? = try row["active_at"]
                let isBad: Bool? = try row["is_bad"]
                let fate = MailFate(
                    id: id, student: try row["student"],
                    name: PersonName.shown(given: try row["given_name"], family: try row["family_name"]),
                    username: try row["username"], address: try row["address"], state: state, at: try row["state_at"],
                    nextTryAt: state == .deferred ? try row["due_at"] : nil, reason: try row["reason"],
                    isActive: active != nil, isAddressBad: isBad ?? false)
                return (fate, MailCursor(rank: rank, position: try row["position"], id: id))
            }
        }
        return found
    }

    private func audience(of mailing: ID<Mailing>, forSchools: Bool, isAll: Bool) throws -> MailingAudience {
        let groups: SQL =
            forSchools
            ? "mailing_school m JOIN school k ON k.id = m.school_id"
            : "mailing_tracker m JOIN tracker k ON k.id = m.tracker_id"
        let names: [String] = try rows(
            "SELECT k.name FROM \(groups) WHERE m.mailing_id = \(mailing) ORDER BY k.name, k.id LIMIT 6"
        ).map { try $0["name"] }
        let count: Int? = try value("SELECT count(*) AS value FROM \(groups) WHERE m.mailing_id = \(mailing)")
        return MailingAudience(isForSchools: forSchools, isAll: isAll, names: names, count: count ?? 0)
    }

    private func skipped(of mailing: ID<Mailing>) throws -> MailingPreview {
        var counts: [(SkipReason, Int)] = []
        try forEachRow(
            "SELECT reason, count(*) AS number FROM mailing_skip WHERE mailing_id = \(mailing) GROUP BY reason"
        ) { row in
            guard let reason = SkipReason(rawValue: try row["reason"]) else { throw MissingColumn("reason") }
            counts.append((reason, try row["number"]))
        }
        var skipped = MailingPreview()
        for (reason, count) in counts {
            let first: [MailingCandidate] = try fetchAll(
                """
                SELECT \(MailingCandidate.columns), k.reason AS skip
                FROM mailing_skip k JOIN account a ON a.id = k.account_id \(MailingCandidate.places)
                WHERE k.mailing_id = \(mailing) AND k.reason = \(reason.rawValue)
                ORDER BY k.position, k.account_id LIMIT \(MailingPreview.named)
                """)
            skipped.set(MailingPreview.People(count: count, first: first.map(\.person)), for: reason)
        }
        return skipped
    }

    /// Queues a mail of a mailing once more when nobody knows whether it arrived, or when it was refused.
    ///
    /// It keeps its link and its Message-ID, so that a second copy does no harm. False when there is no such mail, or when
    /// it is for somebody whom the reader does not teach, or for schools and staff not administer, any more.
    package func sendAgain(
        _ mail: ID<OutgoingMail>, of mailing: ID<Mailing>, by reader: MailingReader, entry: ID<AuditEntry>,
        at now: Timestamp
    ) throws -> Bool {
        let found = try rows(
            """
            SELECT m.account_id FROM mail m JOIN mailing g ON g.id = m.mailing_id JOIN account a ON a.id = m.account_id
            WHERE m.id = \(mail) AND m.mailing_id = \(mailing) AND \(reader.opens)
              AND (g.for_schools AND \(reader.sees(forSchools: true))
                OR NOT g.for_schools AND \(reader.sees(forSchools: false)) OR a.kind = 'staff' AND \(reader.seesStaff))
            """)
        guard let row = found.first else { return false }
        let account: ID<Account> = try row["account_id"]
        let again = try execute(
            """
            UPDATE mail SET state = 'queued', state_at = \(now), due_at = \(now), priority = 0, attempts = 0,
              first_tried_at = NULL, reason = NULL, again_at = \(now)
            WHERE id = \(mail) AND state IN ('unknown', 'failed')
            """)
        // Pressed twice: the first press has queued it, and that is what was asked for.
        guard again == 1 else { return true }
        try record(.mailSentAgain, by: reader.teacher.id, subject: account, detail: "mail \(mail)", id: entry, at: now)
        try execute(
            "UPDATE account SET mail_state = 'queued', mail_at = \(now), mail_reason = NULL WHERE id = \(account)")
        return true
    }
}

/// Where a page of mails ends: the next one begins behind it.
private struct MailCursor: Sendable {
    let rank: Int
    let position: Int
    let id: ID<OutgoingMail>

    /// Those that need somebody first, then those on their way.
    static let order: [MailState] = [
        .failed, .bounced, .unknown, .held, .deferred, .inData, .sending, .queued, .cancelled, .accepted,
    ]

    init(rank: Int, position: Int, id: ID<OutgoingMail>) {
        self.rank = rank
        self.position = position
        self.id = id
    }

    /// Reads `text`; nil for anything that is not a cursor.
    init?(_ text: String) {
        let parts = text.split(separator: "~", omittingEmptySubsequences: false)
        guard parts.count == 3, let rank = Int(parts[0]), Self.order.indices.contains(rank),
            let position = Int(parts[1]), let id = ID<OutgoingMail>(String(parts[2]))
        else { return nil }
        self.init(rank: rank, position: position, id: id)
    }

    var text: String { "\(rank)~\(position)~\(id)" }
}
