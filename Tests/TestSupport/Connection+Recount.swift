package import Core
package import Storage

extension Connection {
    /// Counts every student anew from the facts and compares with what lists and counters read. Returns what is wrong.
    package func recountStudents(at now: Timestamp) throws -> [String] {
        var wrong: [String] = []
        let state = StudentState.sql(at: now)
        let misnamed: Int? = try value(
            """
            SELECT count(*) AS value FROM account a WHERE a.kind = 'student' AND a.state <> \(state)
              AND (a.state_ends_at IS NULL OR a.state_ends_at > \(now))
            """)
        if misnamed != 0 { wrong.append("\(misnamed ?? -1) rows name another state than the facts") }
        let undead: Int? = try value(
            "SELECT count(*) AS value FROM account a WHERE a.erased_at IS NOT NULL AND a.state IS NOT NULL")
        if undead != 0 { wrong.append("\(undead ?? -1) erased students are in a state") }
        let homeless: Int? = try value(
            """
            SELECT count(*) AS value FROM account a WHERE a.kind = 'student' AND a.school_id IS NOT NULL AND NOT EXISTS
            (SELECT 1 FROM membership m WHERE m.account_id = a.id AND m.school_id = a.school_id)
            """)
        if homeless != 0 { wrong.append("\(homeless ?? -1) main schools without a membership") }
        func compare(_ what: String, _ counts: StateCounts, _ condition: SQL) throws {
            var facts = StateCounts()
            let found = try rows(
                """
                SELECT \(state) AS state, count(*) AS number FROM account a
                WHERE a.kind = 'student' AND a.erased_at IS NULL AND \(condition) GROUP BY 1
                """)
            for row in found { facts.add(try row["state"], try row["number"]) }
            let differ = StudentState.allCases.filter { facts[$0] != counts[$0] }
            if !differ.isEmpty { wrong.append("\(what): \(differ.map { "\($0) \(counts[$0]) for \(facts[$0])" })") }
        }
        let grades: [String] = try rows("SELECT DISTINCT grade FROM account WHERE grade IS NOT NULL").map {
            try $0["grade"]
        }
        try compare("district", studentCounts(in: .everybody, at: now), "TRUE")
        for grade in grades {
            try compare(
                "grade \(grade)", studentCounts(in: .everybody, grade: grade, at: now), "a.grade = \(grade)")
        }
        let district = Administrator(id: ID(bytes: Array(repeating: 0, count: 16)), hasDistrict: true)
        let bySchool = try studentCountsBySchool(of: district, at: now)
        for row in try rows("SELECT id FROM school") {
            let school: ID<School> = try row["id"]
            let isThere: SQL = "a.id IN (SELECT m.account_id FROM membership m WHERE m.school_id = \(school))"
            try compare("school", studentCounts(in: .schools([school]), at: now), isThere)
            try compare("school's line", bySchool[school] ?? StateCounts(), isThere)
            for grade in grades {
                try compare(
                    "school's grade \(grade)", studentCounts(in: .schools([school]), grade: grade, at: now),
                    "\(isThere) AND a.grade = \(grade)")
            }
        }
        return wrong
    }
}

extension Database {
    /// The same before and after all is settled.
    package func recountStudents(at now: Timestamp) async throws -> [String] {
        let before = try await read { try $0.recountStudents(at: now) }
        let after = try await write { connection -> [String] in
            while try connection.settleStudents(limit: 100, at: now) > 0 {}
            let left = try connection.hasUnsettledStudents(at: now) ? ["settling has left students unsettled"] : []
            return try left + connection.recountStudents(at: now)
        }
        return before + after.map { "settled: \($0)" }
    }
}
