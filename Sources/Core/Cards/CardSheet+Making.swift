package import Storage

extension Connection {
    /// Makes a card sheet: its number, its lines, the temporary passwords behind it and the audit row, all at once.
    ///
    /// The same act again finds the sheet it made. Returns nil when this teacher sees nobody to print for.
    package func makeCardSheet(_ new: NewCardSheet, by teacher: Teacher) throws -> ID<CardSheet>? {
        if let done: ID<CardSheet> = try value(
            "SELECT id AS value FROM card_sheet WHERE act_id = \(new.act) AND made_by = \(teacher.id)")
        {
            return done
        }
        let students = try studentsToPrint(new, by: teacher)
        guard !students.isEmpty else { return nil }
        var mint = new.mint
        let id: ID<CardSheet> = mint.next()
        let single: ID<Account>? = if case .student(let student) = new.scope { student } else { nil }
        let distinct = Set(students.map(\.account))
        let entry: ID<AuditEntry> = mint.next()
        try record(
            .cardSheetMade, by: teacher.id, subject: single, count: distinct.count, detail: "card sheet \(id)",
            id: entry, at: new.now)
        let number: Int = (try value("SELECT max(number) AS value FROM card_sheet") ?? 0) + 1
        try execute(
            """
            INSERT INTO card_sheet (id, act_id, number, made_by, made_at, is_single)
            VALUES (\(id), \(new.act), \(number), \(teacher.id), \(new.now), \(single != nil))
            """)
        var groups: [ID<Account>: ID<Tracker>?] = [:]
        var credentials: [ID<Account>: ID<Credential>] = [:]
        for (position, student) in students.enumerated() {
            let first = groups[student.account]
            if first == nil {
                groups[student.account] = .some(student.tracker)
                if !student.needsNoPassword {
                    credentials[student.account] = try showCredential(of: student, new, mint: &mint)
                }
            }
            let under = new.repeatsCards ? nil : first.flatMap { $0 }
            try execute(
                """
                INSERT INTO card_sheet_line (sheet_id, position, tracker_id, account_id, credential_id, under_tracker_id)
                VALUES (\(id), \(position), \(student.tracker), \(student.account),
                  \(under == nil ? credentials[student.account] : nil), \(under))
                """)
        }
        try noteSchools(ofPeople: "SELECT l.account_id FROM card_sheet_line l WHERE l.sheet_id = \(id)", for: entry)
        return id
    }

    private func studentsToPrint(_ new: NewCardSheet, by teacher: Teacher) throws -> [PrintedStudent] {
        var trackers = SQL.trackersTaught(by: teacher)
        var only: SQL = "TRUE"
        switch new.scope {
        case .student(let student): only = "a.id = \(student)"
        case .trackers(let choice):
            if !choice.allTrackers { trackers = "\(trackers) AND e.tracker_id IN \(SQL.list(choice.trackers))" }
        }
        if let states = new.states {
            only = "\(only) AND \(StudentState.sql(at: new.now)) IN \(SQL.list(states.map(\.rawValue).sorted()))"
        }
        let found: [PrintedStudent] = try fetchAll(
            """
            SELECT a.id, t.id AS tracker_id, a.active_at, a.suspended_at, \(SQL.mailLanguage) AS language,
              c.id AS credential_id, c.first_shown_at, c.ends_at, c.ended_at
            FROM enrollment e JOIN account a ON a.id = e.account_id JOIN tracker t ON t.id = e.tracker_id
            LEFT JOIN school s ON s.id = a.school_id JOIN district d ON d.id = 'district'
            LEFT JOIN credential c ON c.id = a.credential_id
            WHERE e.role = 'student' AND t.id IN (\(trackers)) AND \(SQL.enrollmentRuns(on: teacher.day)) AND \(only)
            ORDER BY t.name, t.id, a.sort_name, a.id
            """)
        if case .student = new.scope { return Array(found.prefix(1)) }
        return found
    }

    /// The credential whose temporary password this sheet shows: the living one, renewed, or a new one.
    private func showCredential(
        of student: PrintedStudent, _ new: NewCardSheet, mint: inout IDMint
    ) throws -> ID<Credential> {
        let credential: ID<Credential>
        let ends: Timestamp
        if let living = student.livingCredential(at: new.now) {
            credential = living.id
            ends = max(living.endsAt, min(new.now + CardLife.span, living.firstShownAt + CardLife.longest))
            try execute("UPDATE credential SET ends_at = \(ends) WHERE id = \(credential)")
        } else {
            credential = mint.next()
            ends = new.now + CardLife.span
            let form = PasswordForm.current(language: student.language)
            try execute(
                """
                INSERT INTO credential (id, account_id, key_id, form, first_shown_at, ends_at)
                VALUES (\(credential), \(student.account), \(new.key), \(form), \(new.now), \(ends))
                """)
        }
        try execute(
            """
            UPDATE account SET credential_id = \(credential), card_state = 'printed', card_at = \(new.now),
              card_ends_at = \(ends)
            WHERE id = \(student.account)
            """)
        return credential
    }
}

/// A student in one of the trackers that are being printed.
private struct PrintedStudent: Record {
    let account: ID<Account>
    let tracker: ID<Tracker>?
    /// Active students use their own password; suspended ones cannot sign in.
    let needsNoPassword: Bool
    let language: String
    private let credential: ID<Credential>?
    private let firstShownAt: Timestamp?
    private let endsAt: Timestamp?
    private let endedAt: Timestamp?

    init(row: any Row) throws {
        account = try row["id"]
        tracker = try row["tracker_id"]
        let activeAt: Timestamp? = try row["active_at"]
        let suspendedAt: Timestamp? = try row["suspended_at"]
        needsNoPassword = activeAt != nil || suspendedAt != nil
        language = try row["language"]
        credential = try row["credential_id"]
        firstShownAt = try row["first_shown_at"]
        endsAt = try row["ends_at"]
        endedAt = try row["ended_at"]
    }

    func livingCredential(at now: Timestamp) -> (id: ID<Credential>, firstShownAt: Timestamp, endsAt: Timestamp)? {
        guard let credential, let firstShownAt, let endsAt, endedAt == nil, endsAt > now else { return nil }
        return (credential, firstShownAt, endsAt)
    }
}
