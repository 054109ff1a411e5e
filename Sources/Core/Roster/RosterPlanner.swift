internal import Storage

/// Compares a settled roster with what FirstBell has, in the order of the roster's ids, and freezes the changes.
struct RosterPlanner {
    let staging: any Database
    let main: any Database
    /// The name under which this roster's ids are known.
    let source: String
    var mint: IDMint

    var students = RosterChangeCounts()
    var staff = RosterChangeCounts()
    var trackers = RosterChangeCounts()
    /// Rows that are left out because they may be somebody here.
    var matches: [FoundMatch] = []
    /// The next number in each rank of removals.
    private var next: [Int: Int] = [:]

    static let pageSize = 2_000

    init(staging: any Database, main: any Database, source: String, mint: IDMint) {
        self.staging = staging
        self.main = main
        self.source = source
        self.mint = mint
    }

    /// Freezes every change. `progress` takes 0 to 1.
    mutating func compare(progress: (Double) async throws -> Void) async throws {
        try await compareSchools()
        try await compareTrackers()
        try await joinRows()
        let isEmpty = try await main.read { [source] in
            try !$0.exists("SELECT 1 AS value FROM account_source WHERE source = \(source) LIMIT 1")
        }
        try await askAboutPeople(isFirst: isEmpty)
        try await listNamesTwice()
        let total = try await staging.read {
            try $0.value("SELECT COUNT(*) AS value FROM staged_person", as: Int.self) ?? 0
        }
        if isEmpty { return try await takeEverybody() }
        var seen = 0
        var page = try await page(after: "")
        while let current = page {
            // While these are compared the next are read.
            async let following = self.page(after: current.range.upTo)
            try await compare(current)
            seen += current.people.count
            try await progress(Double(seen) / Double(max(1, total)))
            page = try await following
        }
    }

    /// A stretch of the roster beside what FirstBell has in it.
    struct Page: Sendable {
        let range: RosterRange
        var people: [StagedPerson]
        var known: [String: KnownPerson]
        let shield: RosterShield
    }

    /// The next people; nil after the last page, which is that of a stretch without an end.
    private func page(after: String?) async throws -> Page? {
        guard let after else { return nil }
        let range = try await staging.read { try $0.stretchOfPeople(after: after, limit: Self.pageSize) }
        async let people = staging.read { try $0.stagedPeople(in: range) }
        async let known = main.read { [source] in try $0.knownPeople(of: source, in: range) }
        async let shield = staging.read { try $0.shield(over: range) }
        return try await seated(Page(range: range, people: people, known: known, shield: shield))
    }

    /// The same with the places of those who do not have the places that the roster gives them.
    private func seated(_ page: Page) async throws -> Page {
        var page = page
        var moved = Set(page.known.filter { !$0.value.placesGiven.isEmpty }.keys)
        for person in page.people {
            guard let before = page.known[person.sourceID] else { continue }
            if before.placesGiven == person.placesNamed || before.placesGiven.sorted() == person.placesNamed.sorted() {
                moved.remove(person.sourceID)
            } else {
                moved.insert(person.sourceID)
            }
        }
        let ids = moved.sorted()
        guard !ids.isEmpty else { return page }
        let named = try await staging.read { try $0.seatsNamed(for: ids) }
        let given = try await main.read { [source] in try $0.seatsGiven(to: source, for: ids) }
        for (index, person) in page.people.enumerated() { page.people[index].seats = named[person.sourceID] ?? [:] }
        for (id, seats) in given { page.known[id]?.seats = seats }
        return page
    }

    /// Numbers a removal and makes its rows.
    mutating func removal(
        _ kind: RosterRemoval.Kind, of subject: String, from target: String? = nil, detail: String = "",
        waitingFor schools: [String]
    ) -> (row: [SQLValue], schools: [[SQLValue]]) {
        let number = next[kind.rawValue, default: 1]
        next[kind.rawValue] = number + 1
        let key: [SQLValue] = [.integer(kind.rawValue), .integer(number)]
        return (key + [.text(subject), .text(target), .text(detail)], schools.map { key + [.text($0)] })
    }

    /// Nobody is known yet: no need to compare one by one.
    private mutating func takeEverybody() async throws {
        let counts = try await staging.write { connection in
            try connection.execute(
                """
                INSERT INTO person_change (rank, source_id, act)
                SELECT CASE WHEN username IS NULL THEN 1 ELSE 0 END, source_id, 'new' FROM staged_person
                WHERE take = 'yes' AND role <> 'nobody' ORDER BY 1, 2
                """)
            try connection.execute(
                """
                INSERT INTO school_change (school_key, change, kind, source_id)
                SELECT b.school_source_id, 'new', CASE p.role WHEN 'student' THEN 'student' ELSE 'staff' END, b.person_id
                FROM belonging b JOIN staged_person p ON p.source_id = b.person_id AND p.take = 'yes'
                WHERE p.role <> 'nobody'
                """)
            let everybody = RosterRange(after: "", upTo: nil)
            for (person, roles) in try connection.rosterRoles(of: everybody) {
                try connection.execute("UPDATE person_change SET roles = \(roles.text) WHERE source_id = \(person)")
            }
            return try (["= 'student'", "IN ('teacher', 'otherStaff')"] as [SQL]).map { role in
                try connection.value(
                    "SELECT COUNT(*) AS value FROM staged_person WHERE take = 'yes' AND role \(role)", as: Int.self)
                    ?? 0
            }
        }
        students.new = counts[0]
        staff.new = counts[1]
    }

    /// Usernames that stand in the file twice: the first by id has it, the others get a name that FirstBell makes.
    private func listNamesTwice() async throws {
        try await staging.write { connection in
            try connection.execute(
                """
                INSERT INTO problem (reason, is_refused, value, file, line)
                SELECT \(RosterTrouble.usernameTaken.rawValue), FALSE, p.username, p.file, p.line FROM staged_person p
                JOIN (SELECT username_key, MIN(source_id) AS first FROM staged_person
                  WHERE username_key IS NOT NULL AND take = 'yes' AND role <> 'nobody'
                  GROUP BY username_key HAVING COUNT(*) > 1) d ON d.username_key = p.username_key
                WHERE p.take = 'yes' AND p.role <> 'nobody' AND p.source_id <> d.first
                """)
        }
    }
}

/// What a plan takes away, in the order in which it does: people last but for their schools.
enum RosterRemoval {
    enum Kind: Int, Sendable, CaseIterable { case enrollment, membership, tracker, person, school }
}
