import Core
import Storage
import TestSupport
import Testing

@Suite struct AWaitingRosterPlan {
    private static let plan: ID<RosterSync> = Cast.id(91)
    private static let path = "/admin/roster-syncs/\(plan)"

    private func enter(_ school: Schoolhouse) async throws -> Visitor {
        try await school.write { connection in
            try connection.execute(
                """
                INSERT INTO roster_plan (id, source, file_name, made_at, state, students_leaving, staff_leaving, is_waiting)
                VALUES (\(Self.plan), 'roster', 'short.zip', \(Schoolhouse.tuesday), 'ready', 12, 3, TRUE)
                """)
            try connection.execute(
                """
                INSERT INTO roster_plan_school (plan_id, school_key, name, is_new, students_now, staff_now, trackers_now,
                  trackers_named, students_new, students_changed, students_leaving, students_back, staff_new,
                  staff_changed, staff_leaving, staff_back, is_held)
                VALUES (\(Self.plan), 'org-1', 'Alder', FALSE, 20, 5, 2, 0, 0, 0, 12, 0, 0, 0, 3, 0, TRUE)
                """)
        }
        return try await school.visitor(signedInAs: Cast.ruth)
    }

    private func confirmations(_ school: Schoolhouse) async throws -> Int {
        try await school.count(
            """
            SELECT (SELECT COUNT(*) FROM roster_plan WHERE confirmed_by IS NOT NULL)
              + (SELECT COUNT(*) FROM roster_plan_school WHERE confirmed_by IS NOT NULL) AS value
            """)
    }

    @Test func `is confirmed with the numbers that it has`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await enter(school)
            let form: KeyValuePairs = ["act": "1", "students": "12", "staff": "3", "yes": "yes"]
            let answer = try await ruth.post("\(Self.path)/schools/all/confirmation", form)
            #expect(answer.status == 303)
            #expect(try await confirmations(school) == 1)
        }
    }

    @Test(arguments: ["all", "org-1"])
    func `is not confirmed with other numbers`(key: String) async throws {
        try await Schoolhouse.open { school in
            let ruth = try await enter(school)
            for (students, staff) in [("11", "3"), ("12", "4"), ("", ""), ("012", "3")] {
                let form: KeyValuePairs = ["act": "1", "students": students, "staff": staff, "yes": "yes"]
                let answer = try await ruth.post("\(Self.path)/schools/\(key)/confirmation", form)
                #expect(answer.status == 409)
                #expect(answer.body.contains("are not those of this plan"))
            }
            #expect(try await confirmations(school) == 0)
        }
    }

    @Test func `is thrown away once`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await enter(school)
            #expect(try await ruth.post("\(Self.path)/discard", ["act": "1"]).status == 303)
            #expect(try await ruth.post("\(Self.path)/discard", ["act": "2"]).status == 409)
            let left = try await school.count(
                "SELECT COUNT(*) AS value FROM roster_plan WHERE state = 'discarded' AND NOT is_open")
            #expect(left == 1)
        }
    }

    @Test func `has no way back, since nothing of it was taken`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await enter(school)
            #expect(try await ruth.post("\(Self.path)/undo", ["act": "1"]).status == 409)
            #expect(
                try await ruth.post("/admin/roster-syncs/\(Cast.id(92) as ID<RosterSync>)/undo", ["act": "1"]).status
                    == 404)
            #expect(try await school.count("SELECT COUNT(*) AS value FROM roster_plan") == 1)
        }
    }

    @Test func `is nobody's to go back from but the district's administrators'`() async throws {
        try await Schoolhouse.open { school in
            _ = try await enter(school)
            let teacher = try await school.visitor(signedInAs: Cast.ada)
            #expect(try await teacher.post("\(Self.path)/undo", ["act": "1"]).status == 403)
            #expect(try await school.visitor().post("\(Self.path)/undo", ["act": "1"]).status == 303)
        }
    }
}
