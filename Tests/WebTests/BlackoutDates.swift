import Core
import Storage
import TestSupport
import Testing

@Suite struct BlackoutDates {
    private static let path = "/admin/roster-syncs/blackouts"
    private static let act = Cast.id(71) as ID<Act>

    private func count(_ school: Schoolhouse) async throws -> Int {
        try await school.count("SELECT COUNT(*) AS value FROM blackout")
    }

    @Test func `are added once by one press, shown, and taken away`() async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let form: KeyValuePairs = [
                "act": "\(Self.act)", "school": "\(Cast.alder)", "from": "2099-06-20", "to": "2099-08-20",
            ]
            for _ in 0..<2 { #expect(try await ruth.post(Self.path, form).status == 303) }
            #expect(try await count(school) == 1)
            let page = try await ruth.get(Self.path).body
            #expect(page.contains("June 20, 2099 to August 20, 2099"))
            #expect(try await ruth.post("\(Self.path)/\(Self.act)/removal", ["act": "\(Self.act)"]).status == 303)
            #expect(try await ruth.get(Self.path).body.contains("There are no blackout dates now."))
        }
    }

    @Test(arguments: [
        ("", "2099-06-30", "", "first and the last day"), ("", "2099-06-30", "2099-06-31", "first and the last day"),
        ("", "2099-06-30", "2099-06-29", "other way round"),
        ("0192aaaa-0000-7000-8000-000000000000", "2099-06-29", "2099-06-30", "not there any more"),
        ("x", "2099-06-29", "2099-06-30", "not there any more"),
    ])
    func `that cannot be are told in a sentence, and what was typed stays`(
        where place: String, from: String, to: String, says: String
    ) async throws {
        try await Schoolhouse.open { school in
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let answer = try await ruth.post(
                Self.path, ["act": "\(Self.act)", "school": place, "from": from, "to": to])
            #expect(answer.status == 422 && answer.body.contains(says) && answer.body.contains(#"value="\#(from)""#))
            #expect(try await count(school) == 0)
        }
    }

    @Test func `are the district's administrators' alone`() async throws {
        try await Schoolhouse.open { school in
            let form: KeyValuePairs = ["act": "\(Self.act)", "school": "", "from": "2099-06-20", "to": "2099-08-20"]
            for member in [Cast.ada, Cast.gray] {
                let visitor = try await school.visitor(signedInAs: member)
                #expect(try await visitor.get(Self.path).status == 403)
                #expect(try await visitor.post(Self.path, form).status == 403)
            }
            #expect(try await school.visitor().post(Self.path, form).status == 303)
            #expect(try await count(school) == 0)
        }
    }
}
