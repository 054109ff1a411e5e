internal import Storage

/// A student with the tracker under which a card stands.
struct PrintedPlace: Record {
    let account: ID<Account>
    /// nil for a student without a tracker at present, whose card stands under the school.
    let tracker: ID<Tracker>?

    init(row: any Row) throws {
        account = try row["id"]
        tracker = try row["tracker_id"]
    }
}

extension Connection {
    /// The places of a sheet's cards in the order of the print-out, a student of two trackers in each; for schools, whose
    /// clerks hand out a pile for each tracker, in the first alone.
    func placesToPrint(_ new: NewCardSheet, by maker: StudentViewer) throws -> [PrintedPlace] {
        let found: [PrintedPlace] = try fetchAll(
            """
            SELECT a.id, t.id AS tracker_id \(places(new, by: maker))
            ORDER BY s.name, s.id, t.id IS NULL, t.name, t.id, a.sort_name, a.id
            """)
        if case .student = new.scope { return Array(found.prefix(1)) }
        guard maker.isForSchools else { return found }
        var seen: Set<ID<Account>> = []
        return found.filter { seen.insert($0.account).inserted }
    }

    /// How many students a sheet would hold, up to one more than fit.
    func studentsToPrint(_ new: NewCardSheet, by maker: StudentViewer) throws -> Int {
        try value(
            """
            SELECT count(*) AS value FROM account a WHERE a.kind = 'student' AND \(condition(new, by: maker))
            """) ?? 0
    }

    private func condition(_ new: NewCardSheet, by maker: StudentViewer) -> SQL {
        var chosen: SQL =
            switch new.scope {
            case .student(let student): "a.id = \(student) AND \(maker.sees)"
            case .groups(let choice): choice.isEmpty ? "FALSE" : maker.chose(choice)
            }
        if let states = new.states {
            chosen = "\(chosen) AND \(StudentState.sql(at: new.now)) IN \(SQL.list(states.map(\.rawValue).sorted()))"
        }
        return chosen
    }

    private func places(_ new: NewCardSheet, by maker: StudentViewer) -> SQL {
        let chosen = condition(new, by: maker)
        switch maker {
        case .teacher(let teacher):
            let trackers =
                if case .groups(let choice) = new.scope { StudentViewer.trackers(choice, teacher) } else {
                    SQL.trackersTaught(by: teacher)
                }
            return """
                FROM enrollment e JOIN account a ON a.id = e.account_id JOIN tracker t ON t.id = e.tracker_id
                JOIN school s ON s.id = t.school_id
                WHERE e.role = 'student' AND t.id IN (\(trackers)) AND \(SQL.enrollmentRuns(on: teacher.day)) AND \(chosen)
                """
        case .administrator(let administrator, let day):
            let own: SQL =
                if case .groups(let choice) = new.scope { StudentViewer.schools(choice, administrator) } else {
                    "SELECT s.id FROM school s WHERE \(administrator.seesSchool)"
                }
            return """
                FROM account a
                LEFT JOIN (SELECT e.account_id, t.id, t.name, t.school_id FROM enrollment e
                  JOIN tracker t ON t.id = e.tracker_id
                  WHERE e.role = 'student' AND t.ended_at IS NULL AND \(SQL.enrollmentRuns(on: day))
                    AND \(SQL.trackerRuns(on: day)) AND t.school_id IN (\(own))) t ON t.account_id = a.id
                LEFT JOIN school s ON s.id = coalesce(t.school_id, a.school_id)
                WHERE a.kind = 'student' AND \(chosen)
                """
        }
    }

    /// What a card shows of these students at this moment.
    func printedStudents(_ accounts: [ID<Account>]) throws -> [ID<Account>: PrintedStudent] {
        var found: [ID<Account>: PrintedStudent] = [:]
        for part in SQL.lists(accounts.map(\.description)) {
            try forEachRow(
                """
                SELECT a.id, a.active_at, a.suspended_at, \(SQL.mailLanguage) AS language,
                  c.id AS credential_id, c.first_shown_at, c.ends_at, c.ended_at
                FROM account a LEFT JOIN school s ON s.id = a.school_id JOIN district d ON d.id = 'district'
                LEFT JOIN credential c ON c.id = a.credential_id WHERE a.id IN \(part)
                """
            ) { row in found[try row["id"]] = try PrintedStudent(row: row) }
        }
        return found
    }
}

/// What decides about a student's card.
struct PrintedStudent: Record {
    /// Active students use their own password; suspended ones cannot sign in.
    let needsNoPassword: Bool
    let language: String
    private let credential: ID<Credential>?
    private let firstShownAt: Timestamp?
    private let endsAt: Timestamp?
    private let endedAt: Timestamp?

    init(row: any Row) throws {
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
