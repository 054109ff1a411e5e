import Core
import Storage
import TestSupport
import Testing

@Suite struct AnActOfSomebodyElse {
    private let act: ID<Act> = Cast.id(99)

    @Test(arguments: [
        ("/people/students/send", "all=on&additional="), ("/card-sheets", "all=on&only=everybody"),
    ])
    func `in a form of one's own is answered with a sentence, and nothing is done`(
        path: String, fields: String
    ) async throws {
        try await Schoolhouse.open { school in
            let ada = try await school.visitor(signedInAs: Cast.ada)
            let dov = try await school.visitor(signedInAs: Cast.dov)
            let body = "act=\(act)&\(fields)"
            #expect(try await ada.post(path, body: body).status == 303)
            let answer = try await dov.post(path, body: body)
            #expect(answer.status == 409)
            #expect(answer.text.contains("Nothing was saved."))
            #expect(!answer.body.contains("Ames") && !answer.body.contains("4B"))
            let hals: SQL = "SELECT count(*) AS value FROM audit WHERE actor_id = \(Cast.dov.id) AND act <> 'signed-in'"
            #expect(try await school.count(hals) == 0)
            // With an act of one's own it goes.
            let own: ID<Act> = Cast.id(98)
            #expect(try await dov.post(path, body: "act=\(own)&\(fields)").status == 303)
        }
    }

    @Test func `in a mail to all Pending staff is answered in the same way`() async throws {
        try await Schoolhouse.open { school in
            try await school.write {
                try $0.execute("INSERT INTO administrator (account_id, scope) VALUES (\(Cast.ada.id), 'district')")
            }
            let ruth = try await school.visitor(signedInAs: Cast.ruth)
            let ada = try await school.visitor(signedInAs: Cast.ada)
            let one = "/admin/staff/\(Cast.ian.id)/activation-email"
            #expect(try await ruth.post(one, ["act": "\(act)"]).status == 303)
            #expect(try await ada.post(one, ["act": "\(act)"]).status == 409)
            // Who has a mail on its way gets no second one, whoever asks.
            let all = try await ada.post("/admin/staff/send", ["act": "\(act)"])
            #expect(all.location == "/admin/staff/send")
            #expect(try await school.count("SELECT count(*) AS value FROM mailing WHERE made_by = \(Cast.ada.id)") == 0)
        }
    }
}
