package import Storage

extension Connection {
    /// One student with what happened to them; nil for everybody whom the viewer does not see.
    package func studentDetail(
        _ id: ID<Account>, for viewer: StudentViewer, events: Int = 50, at now: Timestamp
    ) throws -> StudentDetail? {
        let found = try rows(
            """
            SELECT \(StudentLineRow.columns(at: now)), 0 AS place, a.address_is_pinned, a.roster_address, a.number,
              a.name_is_pinned, a.roster_given_name, a.roster_family_name,
              s.name AS school
            FROM account a LEFT JOIN school s ON s.id = a.school_id WHERE a.id = \(id) AND \(viewer.sees)
            """
        ).first
        guard let row = found else { return nil }
        let office: StudentDetail.Office? =
            if case .administrator(let administrator, _) = viewer {
                StudentDetail.Office(
                    school: try row["school"], number: try row["number"], grade: try row["grade"],
                    rosterUsername: try names(of: id, .student, visibleTo: administrator)?.rosterUsername,
                    rosterName: try RosterName(besideAPinnedOne: row)?.shown)
            } else { nil }
        return StudentDetail(
            line: try StudentLineRow(row: row).line(trackers: trackerNames(of: id, for: viewer)),
            aliases: try aliases(of: id), isPinned: try row["address_is_pinned"],
            rosterAddress: try row["roster_address"], office: office, events: try self.events(of: id, limit: events))
    }

    private func trackerNames(of student: ID<Account>, for viewer: StudentViewer) throws -> [TrackerName] {
        try rows(
            """
            SELECT t.id, t.name FROM enrollment e JOIN tracker t ON t.id = e.tracker_id
            WHERE e.account_id = \(student) AND e.role = 'student' AND \(viewer.showsTracker) ORDER BY t.name, t.id
            """
        ).map { TrackerName(id: try $0["id"], name: try $0["name"]) }
    }

    private func events(of student: ID<Account>, limit: Int) throws -> [StudentEvent] {
        let all =
            try acts(on: student, limit: limit) + mails(to: student, limit: limit) + cards(of: student, limit: limit)
        return Array(all.sorted { $0.at > $1.at }.prefix(limit))
    }

    private func acts(on student: ID<Account>, limit: Int) throws -> [StudentEvent] {
        try rows(
            """
            SELECT u.at, u.act, p.given_name, p.family_name FROM audit u LEFT JOIN account p ON p.id = u.actor_id
            WHERE u.subject_id = \(student) AND u.act IN \(SQL.list(StudentEvent.acts.map(\.rawValue)))
            ORDER BY u.id DESC LIMIT \(limit)
            """
        ).compactMap { row in
            guard let act = AuditAct(rawValue: try row["act"]) else { return nil }
            return StudentEvent(at: try row["at"], actor: try Self.actor(row), what: .act(act))
        }
    }

    func mails(to student: ID<Account>, limit: Int) throws -> [StudentEvent] {
        try rows(
            """
            SELECT m.id, m.state, m.state_at, m.due_at, m.reason, coalesce(m.address, a.address) AS address, a.username,
              g.made_at, p.given_name, p.family_name
            FROM mail m JOIN mailing g ON g.id = m.mailing_id JOIN account p ON p.id = g.made_by
            JOIN account a ON a.id = m.account_id
            WHERE m.account_id = \(student) AND m.kind = 'activation' ORDER BY m.state_at DESC, m.id DESC LIMIT \(limit)
            """
        ).map { row in
            let state: MailState = try row["state"]
            let fate = MailFate(
                id: try row["id"], student: student, name: "", username: try row["username"],
                address: try row["address"], state: state, at: try row["state_at"],
                nextTryAt: state == .deferred ? try row["due_at"] : nil, reason: try row["reason"], isActive: false)
            return StudentEvent(at: try row["made_at"], actor: try Self.actor(row), what: .mail(fate))
        }
    }

    private func cards(of student: ID<Account>, limit: Int) throws -> [StudentEvent] {
        try rows(
            """
            SELECT c.number, c.made_at, p.given_name, p.family_name FROM card_sheet c JOIN account p ON p.id = c.made_by
            WHERE c.id IN (SELECT l.sheet_id FROM card_sheet_line l WHERE l.account_id = \(student))
            ORDER BY c.number DESC LIMIT \(limit)
            """
        ).map { row in
            StudentEvent(
                at: try row["made_at"], actor: try Self.actor(row), what: .card(sheet: try row["number"]))
        }
    }

    static func actor(_ row: any Row) throws -> String? {
        let given: String? = try row["given_name"]
        return try given.map { PersonName.shown(given: $0, family: try row["family_name"] ?? "") }
    }
}
