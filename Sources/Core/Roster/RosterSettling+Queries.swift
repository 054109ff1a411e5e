internal import Storage

extension Connection {
    /// Finds what contradicts itself between the staged rows, and makes the tables that a plan compares.
    ///
    /// Each trouble is listed at its root: what follows from a row that was left out is left out without a word.
    func settle(on day: SchoolDay) throws {
        try indexStaged()
        try settleDoubles()
        try settleRoles(on: day)
        try settleSchools(on: day)
        try settleStandings(on: day)
        try settleTrackers()
        try settleEnrollments()
    }

    private func indexStaged() throws {
        try execute("CREATE INDEX IF NOT EXISTS staged_person_by_source ON staged_person (source_id)")
        try execute("CREATE INDEX IF NOT EXISTS staged_role_by_person ON staged_role (person_id)")
        try execute(
            "CREATE INDEX IF NOT EXISTS staged_term_by_tracker ON staged_tracker_term (tracker_source_id, term_id)")
    }

    private func settleDoubles() throws {
        try settleDoubles(in: "staged_school", telling: "name || ' ' || kind", .schoolTwice)
        try settleDoubles(in: "staged_person", telling: "given_name || ' ' || family_name", .personTwice)
        try settleDoubles(in: "staged_tracker", telling: "name || ' ' || school_source_id", .trackerTwice)
    }

    /// The same id with the same name is one row, the first; with another name none of them is taken.
    private func settleDoubles(in table: SQL, telling name: SQL, _ trouble: RosterTrouble) throws {
        try execute(
            """
            UPDATE \(table) SET take = 'held' WHERE source_id IN (SELECT source_id FROM \(table) GROUP BY source_id
            HAVING COUNT(*) > 1 AND MIN(\(name)) <> MAX(\(name)))
            """)
        try execute(
            """
            UPDATE \(table) SET take = 'merged' WHERE take = 'yes'
            AND source_id IN (SELECT source_id FROM \(table) GROUP BY source_id HAVING COUNT(*) > 1)
            AND seq > (SELECT MIN(o.seq) FROM \(table) o WHERE o.source_id = \(table).source_id)
            """)
        try list(trouble, isRefused: true, "SELECT source_id AS value, file, line FROM \(table) WHERE take = 'held'")
        try list(
            .sameRowAgain, isRefused: false, "SELECT source_id AS value, file, line FROM \(table) WHERE take = 'merged'"
        )
    }

    /// Where roles have rows of their own: the primary role says what a person is, then teacher before student.
    private func settleRoles(on day: SchoolDay) throws {
        try list(
            .personWithoutRole, isRefused: true,
            """
            SELECT source_id AS value, file, line FROM staged_person p WHERE role IS NULL AND take = 'yes'
            AND \(isWithoutRole) AND \(isNotRefused("person", "p.source_id"))
            """)
        try execute(
            "UPDATE staged_person AS p SET take = 'held' WHERE role IS NULL AND take = 'yes' AND \(isWithoutRole)")
        try list(
            .roleOfNobody, isRefused: true,
            """
            SELECT person_id AS value, file, line FROM staged_role r
            WHERE NOT EXISTS (SELECT 1 FROM staged_person p WHERE p.source_id = r.person_id)
            AND \(isNotRefused("person", "r.person_id"))
            """)
        try execute(
            """
            UPDATE staged_person SET role = CASE (SELECT MAX(CASE r.role WHEN 'teacher' THEN 3 WHEN 'student' THEN 2
            WHEN 'otherStaff' THEN 1 ELSE 0 END + CASE WHEN r.is_primary AND r.role IN ('student', 'teacher') THEN 2
            ELSE 0 END) FROM staged_role r WHERE r.person_id = staged_person.source_id AND \(live(day)))
            WHEN 5 THEN 'teacher' WHEN 4 THEN 'student' WHEN 3 THEN 'teacher' WHEN 2 THEN 'student'
            WHEN 1 THEN 'otherStaff' ELSE 'nobody' END
            WHERE role IS NULL
            """)
        if try exists("SELECT 1 AS value FROM staged_role WHERE grade IS NOT NULL LIMIT 1") {
            try execute(
                """
                UPDATE staged_person SET grade = (SELECT MAX(r.grade) FROM staged_role r
                  WHERE r.person_id = staged_person.source_id AND r.role = 'student' AND \(live(day)))
                WHERE grade IS NULL AND role = 'student'
                """)
        }
        try list(
            .otherStaff, isRefused: false,
            """
            SELECT given_name || ' ' || family_name AS value, file, line FROM staged_person
            WHERE role = 'otherStaff' AND take = 'yes'
            """)
        try list(
            .usernameIsAddress, isRefused: false,
            """
            SELECT p.username AS value, p.file, p.line FROM staged_person p WHERE p.take = 'yes' AND \(isAnAddress)
            """)
        try execute("UPDATE staged_person AS p SET username = NULL, username_key = NULL WHERE \(isAnAddress)")
    }

    private var isWithoutRole: SQL { "NOT EXISTS (SELECT 1 FROM staged_role r WHERE r.person_id = p.source_id)" }

    /// False for what is missing because its row was refused: that trouble is listed already.
    private func isNotRefused(_ kind: String, _ column: SQL) -> SQL {
        "NOT EXISTS (SELECT 1 FROM refused x WHERE x.kind = \(kind) AND x.source_id = \(column))"
    }

    /// A username with an `@` that is the address of another row; asking by the `@` first spares most of the work.
    private var isAnAddress: SQL {
        """
        p.username_key LIKE '%@%' AND p.username_key <> COALESCE(p.address_key, '') AND p.username_key IN
        (SELECT o.address_key FROM staged_person o WHERE o.address_key IS NOT NULL AND o.source_id <> p.source_id)
        """
    }

    private func settleSchools(on day: SchoolDay) throws {
        try list(
            .personWithoutSchool, isRefused: false,
            """
            SELECT r.school_id AS value, r.file, r.line FROM staged_role r
            WHERE r.role <> 'nobody' AND NOT EXISTS (SELECT 1 FROM staged_school s WHERE s.source_id = r.school_id)
            AND \(isNotRefused("school", "r.school_id"))
            """)
        try execute(
            """
            INSERT INTO belonging (person_id, school_source_id, is_main)
            SELECT r.person_id, r.school_id, MAX(CASE WHEN r.is_primary THEN 1 ELSE 0 END) = 1
            FROM staged_role r
            JOIN staged_person p ON p.source_id = r.person_id AND p.take = 'yes' AND (p.role = r.role
              OR p.role IN ('teacher', 'otherStaff') AND r.role IN ('teacher', 'otherStaff'))
            JOIN staged_school s ON s.source_id = r.school_id AND s.take = 'yes' AND s.kind = 'school'
            WHERE r.role <> 'nobody' AND \(live(day)) GROUP BY r.person_id, r.school_id
            """)
    }

    /// Roles other than teacher become proposals. One that names a school which was not taken says nothing.
    private func settleStandings(on day: SchoolDay) throws {
        try execute(
            """
            INSERT INTO standing (person_id, word, school_source_id)
            SELECT DISTINCT r.person_id, r.word, CASE s.kind WHEN 'school' THEN s.source_id ELSE '' END
            FROM staged_role r
            JOIN staged_person p ON p.source_id = r.person_id AND p.take = 'yes' AND p.role IN ('teacher', 'otherStaff')
            JOIN staged_school s ON s.source_id = r.school_id AND s.take = 'yes'
            WHERE r.role = 'otherStaff' AND r.word <> '' AND \(live(day))
            """)
    }

    private func live(_ day: SchoolDay) -> SQL {
        "(r.begins_on IS NULL OR r.begins_on <= \(day.soon)) AND (r.ends_on IS NULL OR r.ends_on > \(day.today))"
    }

    /// A tracker lasts from the first day of its terms to the last.
    private func settleTrackers() throws {
        let terms: SQL = """
            FROM staged_tracker_term k JOIN staged_term t ON t.source_id = k.term_id
            WHERE k.tracker_source_id = staged_tracker.source_id
            """
        try execute(
            """
            UPDATE staged_tracker SET
            begins_on = (SELECT CASE WHEN COUNT(*) = COUNT(t.begins_on) THEN MIN(t.begins_on) END \(terms)),
            ends_on = (SELECT CASE WHEN COUNT(*) = COUNT(t.ends_on) THEN MAX(t.ends_on) END \(terms))
            """)
        try list(
            .termUnknown, isRefused: false,
            """
            SELECT k.term_id AS value, t.file, t.line FROM staged_tracker_term k
            JOIN staged_tracker t ON t.source_id = k.tracker_source_id AND t.take = 'yes'
            WHERE NOT EXISTS (SELECT 1 FROM staged_term x WHERE x.source_id = k.term_id)
            """)
        let school: SQL = "SELECT 1 FROM staged_school s WHERE s.source_id = t.school_source_id"
        let rows: SQL = "SELECT school_source_id AS value, file, line FROM staged_tracker t WHERE take = 'yes'"
        try list(
            .trackerWithoutSchool, isRefused: true,
            "\(rows) AND NOT EXISTS (\(school)) AND \(isNotRefused("school", "t.school_source_id"))")
        try list(
            .trackerOutsideSchool, isRefused: true,
            "\(rows) AND EXISTS (\(school)) AND NOT EXISTS (\(school) AND s.kind = 'school')")
        try execute(
            """
            UPDATE staged_tracker AS t SET take = 'out' WHERE take = 'yes'
            AND NOT EXISTS (\(school) AND s.kind = 'school' AND s.take = 'yes')
            """)
    }

    private func settleEnrollments() throws {
        try seat()
        let seats: SQL = "(SELECT COUNT(*) FROM attending)"
        let isEverySeatTaken = try exists("SELECT 1 AS value WHERE \(seats) = (SELECT COUNT(*) FROM staged_enrollment)")
        if !isEverySeatTaken { try listSeatless() }
    }

    /// What is wrong with the enrollments that gave nobody a place, each at its root.
    private func listSeatless() throws {
        try execute(
            """
            INSERT INTO seatless (person_id, tracker_source_id, role, file, line)
            SELECT person_id, tracker_source_id, role, file, line FROM staged_enrollment e
            WHERE NOT EXISTS (SELECT 1 FROM attending a WHERE a.person_id = e.person_id
              AND a.tracker_source_id = e.tracker_source_id AND a.role = e.role)
            """)
        let rows: SQL = "file, line FROM seatless e WHERE"
        try list(
            .enrollmentOfNobody, isRefused: true,
            """
            SELECT person_id AS value, \(rows)
            NOT EXISTS (SELECT 1 FROM staged_person p WHERE p.source_id = e.person_id)
            AND \(isNotRefused("person", "e.person_id"))
            """)
        try list(
            .enrollmentWithoutTracker, isRefused: true,
            """
            SELECT tracker_source_id AS value, \(rows)
            NOT EXISTS (SELECT 1 FROM staged_tracker t WHERE t.source_id = e.tracker_source_id)
            AND \(isNotRefused("tracker", "e.tracker_source_id"))
            """)
        try list(
            .enrollmentOfAnotherKind, isRefused: true,
            """
            SELECT person_id AS value, \(rows) EXISTS (SELECT 1 FROM staged_person p WHERE p.source_id = e.person_id
            AND p.take = 'yes' AND (p.role = 'student' AND e.role = 'teacher'
            OR p.role IN ('teacher', 'otherStaff') AND e.role = 'student'))
            """)
    }

    /// Gives the people of the roster their places in trackers.
    private func seat() throws {
        try execute(
            """
            INSERT INTO attending (person_id, tracker_source_id, role, is_primary, begins_on, ends_on)
            SELECT e.person_id, e.tracker_source_id, e.role, MAX(CASE WHEN e.is_primary THEN 1 ELSE 0 END) = 1,
              CASE WHEN COUNT(*) = COUNT(e.begins_on) THEN MIN(e.begins_on) END,
              CASE WHEN COUNT(*) = COUNT(e.ends_on) THEN MAX(e.ends_on) END
            FROM staged_enrollment e
            JOIN staged_tracker t ON t.source_id = e.tracker_source_id AND t.take = 'yes'
            JOIN staged_person p ON p.source_id = e.person_id AND p.take = 'yes'
              AND (p.role = 'student' AND e.role = 'student' OR p.role IN ('teacher', 'otherStaff') AND e.role = 'teacher')
            GROUP BY e.person_id, e.tracker_source_id, e.role
            """)
    }

    /// Adds one problem for each row of `places`, which yields value, file and line.
    private func list(_ trouble: RosterTrouble, isRefused: Bool, _ places: SQL) throws {
        try execute(
            """
            INSERT INTO problem (reason, is_refused, value, file, line)
            SELECT \(trouble.rawValue), \(isRefused), SUBSTR(x.value, 1, 100), x.file, x.line FROM (\(places)) x
            """)
    }
}
