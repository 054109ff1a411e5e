import Core
import Storage
import TestSupport
import Testing

@Suite struct TheOwnPassword {
    @Test func `is changed only by who knows the old one`() async throws {
        try await Schoolhouse.open { school in
            let visitor = try await school.visitor(signedInAs: Cast.cleo)
            let new = "lantern orbit pickle"
            let tries: [(KeyValuePairs<String, String>, String)] = [
                (["old": "wrong", "password": new], "That is not your password."),
                (["old": Cast.password, "password": ""], "The box is empty."),
                (["old": Cast.password, "password": "short"], "too short"),
                (["old": Cast.password, "password": "cleobell1"], "too easy to guess"),
                (["old": Cast.password, "password": new, "again": "another"], "The two boxes are not the same."),
                (["old": Cast.password, "password": Cast.password], "That is the password you have now."),
            ]
            for (fields, words) in tries {
                let answer = try await visitor.post("/account/password", fields)
                #expect(answer.status == 422)
                #expect(answer.text.contains(words))
            }
            #expect(
                try await visitor.post("/account/password", ["old": Cast.password, "password": new]).location
                    == "/home?news=password")
            #expect(try await school.count("SELECT count(*) AS value FROM audit WHERE act = 'password-changed'") == 1)
        }
    }

    @Test func `cannot be guessed at from a browser that was left open`() async throws {
        try await Schoolhouse.open { school in
            let visitor = try await school.visitor(signedInAs: Cast.cleo)
            for _ in 0..<5 {
                _ = try await visitor.post("/account/password", ["old": "guess", "password": "lantern orbit pickle"])
            }
            let blocked = try await visitor.post(
                "/account/password", ["old": Cast.password, "password": "lantern orbit pickle"])
            #expect(blocked.status == 429)
        }
    }

    @Test func `may be typed as the new one again and again, which is no guessing`() async throws {
        try await Schoolhouse.open { school in
            let visitor = try await school.visitor(signedInAs: Cast.cleo)
            for _ in 0..<7 {
                let same = try await visitor.post(
                    "/account/password", ["old": Cast.password, "password": Cast.password])
                #expect(same.status == 422)
            }
            #expect(try await school.visitor().signIn("cleo.bell", Cast.password).status == 303)
        }
    }

    @Test func `is never sent back`() async throws {
        try await Schoolhouse.open { school in
            let secret = "hunter two hunter two"
            let answer = try await school.visitor().signIn("ada.moss", secret)
            #expect(!answer.body.contains(secret))
            #expect(school.log.lines.allSatisfy { !$0.contains(secret) })
        }
    }
}
