import Core
import Storage
import TestSupport
import Testing
import Web

@Suite struct AListOfASchool {
    private let act = Cast.id(81) as ID<Act>
    private var path: String { "/admin/student-lists/\(act)" }

    private func add(_ school: Schoolhouse, _ ruth: Visitor, name: String = " Fern <School> ") async throws {
        #expect(try await ruth.post("/admin/student-lists", ["act": "\(act)", "name": name]).status == 303)
    }

    private func paste(_ ruth: Visitor, _ text: String, as id: UInt8) async throws -> Answer {
        try await ruth.post("\(path)/text", ["act": "\(Cast.id(id) as ID<Act>)", "text": text])
    }

    private func finish(_ school: Schoolhouse, _ answer: Answer) async throws -> RosterPlanReport {
        let location = try #require(answer.location)
        let id = try #require(ID<RosterSync>(String(location.split(separator: "/").last ?? "")))
        while true {
            let report = try #require(try await school.services.database.read { try $0.rosterPlan(id) })
            if report.sync.state != .reading { return report }
            await Task.yield()
        }
    }

    @Test func `is looked at once, then planned, and the next with the same columns is planned at once`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            try await add(school, ruth)
            let draft = try await paste(
                ruth, "ID\tLast\tFirst\tDOB\n7\tNoor\tMia\t2015-01-02\n8\tBerg\tTom\t2014-03-04", as: 82)
            #expect(draft.status == 303 && draft.location == "\(path)/drafts/\(Cast.id(82) as ID<ListDraft>)")
            let page = try await ruth.get(draft.location ?? "").body
            #expect(page.contains("Column 2: Last") && page.contains("Noor") && page.contains("Never read"))
            #expect(!page.contains("2015-01-02"), "birthdays are shown to nobody")
            #expect(
                try await school.count("SELECT COUNT(*) AS value FROM list_draft WHERE sealed LIKE '%Noor%'") == 0)

            let said = try await ruth.post(
                draft.location ?? "",
                [
                    "act": "1", "header": "yes", "column": "number", "column": "family", "column": "given",
                    "column": "kept-out",
                ])
            let plan = try await finish(school, said)
            #expect(plan.sync.state == .ready && plan.sync.students.new == 2)
            #expect(plan.sync.source == "Fern <School>: pasted list")
            #expect(try await school.count("SELECT COUNT(*) AS value FROM list_draft") == 0)

            let next = try await paste(ruth, "ID\tLast\tFirst\tDOB\n7\tNoor\tMia\t2015-01-02", as: 83)
            #expect(next.location?.hasPrefix("/admin/roster-syncs/") == true)
            #expect(try await finish(school, next).sync.students.new == 1)
        }
    }

    @Test func `without names, or that is no list, is refused in a sentence`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            #expect(try await ruth.post("/admin/student-lists", ["act": "\(act)", "name": " "]).status == 422)
            try await add(school, ruth)
            let empty = try await paste(ruth, " \n", as: 82)
            #expect(empty.status == 422 && empty.body.contains("This list is empty."))
            let draft = try await paste(ruth, "ID,Last,First\n7,Noor,Mia\n8,Berg,Tom", as: 83)
            let form: KeyValuePairs = [
                "act": "1", "header": "yes", "column": "number", "column": "ignored", "column": "ignored",
            ]
            let answer = try await ruth.post(draft.location ?? "", form)
            #expect(answer.status == 422 && answer.body.contains("No column says who the students are."))
            #expect(try await school.count("SELECT COUNT(*) AS value FROM roster_plan") == 0)
        }
    }

    @Test func `is nobody else's, and no teacher's`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            try await add(school, ruth)
            let draft = try await paste(ruth, "ID,Last,First\n7,Noor,Mia\n8,Berg,Tom", as: 83).location ?? ""
            let ada = try await school.visitor(signedInAs: Cast.ada)
            for path in ["/admin/student-lists", path, draft] {
                #expect(try await ada.get(path).status == 403)
                #expect(try await school.visitor().get(path).status == 303)
            }
            #expect(try await ada.post("\(path)/text", ["act": "\(act)", "text": "x"]).status == 403)
            try await school.write { try $0.execute("UPDATE list_draft SET made_by = \(Cast.gray.id)") }
            #expect(try await ruth.get(draft).status == 404)
        }
    }
}
