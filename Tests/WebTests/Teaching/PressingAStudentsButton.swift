import Core
import Storage
import TestSupport
import Testing

@Suite struct PressingAStudentsButton {
    private let act: ID<Act> = Cast.id(99)

    @Test func `twice makes one mail`() async throws {
        try await Schoolhouse.open { school in
            let ada = try await school.visitor(signedInAs: Cast.ada)
            for _ in 0..<2 {
                let answer = try await ada.post(
                    "/people/students/\(Cast.ben.id)/activation-email", ["act": "\(act)", "return": "/people/students"])
                #expect(answer.location?.contains("mailed=\(Cast.ben.id)") == true)
            }
            #expect(try await school.count("SELECT count(*) AS value FROM mail") == 1)
        }
    }

    @Test func `takes the act of one student for no other's`() async throws {
        try await Schoolhouse.open { school in
            let ada = try await school.visitor(signedInAs: Cast.ada)
            for member in [Cast.ben, Cast.eve] {
                try await ada.post("/people/students/\(member.id)/activation-email", ["act": "\(act)"])
            }
            #expect(try await school.count("SELECT count(*) AS value FROM mail") == 2)
            let ben = try await ada.post("/people/students/\(Cast.ben.id)/card", ["act": "\(act)"])
            let dina = try await ada.post("/people/students/\(Cast.dina.id)/card", ["act": "\(act)"])
            #expect(ben.location != dina.location)
            #expect(try await ada.text(of: try #require(dina.location)).contains("Dina Cole"))
        }
    }

    @Test(arguments: [Cast.cleo, Cast.dina])
    func `on a list that is out of date promises no mail`(member: Member) async throws {
        try await Schoolhouse.open { school in
            let ada = try await school.visitor(signedInAs: Cast.ada)
            let answer = try await ada.post("/people/students/\(member.id)/activation-email", ["act": "\(act)"])
            #expect(answer.status == 303 && answer.location == "/people/students")
            #expect(try await school.count("SELECT count(*) AS value FROM mail") == 0)
            #expect(school.nudges.count == 0)
        }
    }
}
