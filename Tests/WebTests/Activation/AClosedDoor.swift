import Core
import Storage
import TestSupport
import Testing

@Suite struct AClosedDoor {
    @Test func `shows one page with one status, whatever closed it`() async throws {
        try await Schoolhouse.open { school in
            let used = try await school.mailedLink(to: Cast.ben)
            _ = try await school.visitor().post(used, ["password": "lantern orbit pickle"])

            let expired = try await school.mailedLink(to: Cast.hal)
            school.clock.advance(by: .days(14))

            let voided = try await school.mailedLink(to: Cast.eve)
            try await school.write {
                try $0.execute("UPDATE activation_link SET voided_at = 1 WHERE account_id = \(Cast.eve.id)")
            }
            let older = try await school.mailedLink(to: Cast.finn)
            try await school.write {
                try $0.execute("UPDATE account SET generation = generation + 1 WHERE id = \(Cast.finn.id)")
            }
            let suspended = try await school.mailedLink(to: Cast.dina)
            try await school.suspend(Cast.dina)

            let foreignRing = try Keyring(keys: [Array(2...33)])
            let foreign = try ActivationToken(id: .random(), keyID: foreignRing.current, keyring: foreignRing).text
                .value
            let never = try ActivationToken(
                id: .random(), keyID: school.keyring.current, keyring: school.keyring
            ).text.value
            let garbled = [
                "/activate/x", "/activate/%00", "/activate/%2e%2e", "/activate/" + String(repeating: "A", count: 43),
                "/activate/" + String(repeating: "A", count: 64), "/activate/" + String(used.dropFirst(10).reversed()),
                used + "A", String(used.dropLast()), "/activate/" + String(repeating: "z", count: 4_000),
            ]
            let dead =
                [used, expired, voided, older, suspended, "/activate/\(foreign)", "/activate/\(never)"] + garbled
            var seen: Set<String> = []
            for path in dead {
                for method in ["GET", "POST"] {
                    let answer =
                        try await method == "GET"
                        ? school.visitor().get(path)
                        : school.visitor().post(path, ["password": "umbrella cactus midnight 7"])
                    #expect(answer.status == 404, "\(path)")
                    seen.insert(
                        answer.headers.map { "\($0.name): \($0.value)" }.sorted().joined(separator: "\n") + answer.body)
                }
            }
            #expect(seen.count == 1)
            #expect(try await school.visitor().text(of: expired).contains("Ask your teacher"))
            #expect(try await school.count("SELECT count(*) AS value FROM audit WHERE act = 'password-chosen'") == 1)
        }
    }

    @Test func `of a card opens no more once its sheet is voided or its password is over`() async throws {
        try await Schoolhouse.open { school in
            let slip = try await school.printedSlip(for: Cast.dina)
            let other = try await school.printedSlip(for: Cast.ben)
            try await school.write {
                try $0.execute("UPDATE card_sheet SET voided_at = 1 WHERE id = \(slip.sheet)")
            }
            #expect(try await school.visitor().get(slip.path).status == 404)
            // The sheet of somebody else's card does not lend its life to this one.
            let mixed = try CardToken(
                sheet: other.sheet, credential: slip.credential, keyID: school.keyring.current, keyring: school.keyring)
            #expect(try await school.visitor().get("/activate/\(mixed.text.value)").status == 404)
            #expect(try await school.visitor().get(other.path).status == 200)
            school.clock.advance(by: .days(30))
            #expect(try await school.visitor().get(other.path).status == 404)
        }
    }

    @Test func `opens again with the person, where only that was suspended`() async throws {
        try await Schoolhouse.open { school in
            let link = try await school.mailedLink(to: Cast.ben)
            try await school.suspend(Cast.ben)
            #expect(try await school.visitor().get(link).status == 404)
            try await school.write {
                try $0.execute("UPDATE account SET suspended_at = NULL, suspended_for = NULL WHERE id = \(Cast.ben.id)")
            }
            #expect(try await school.visitor().get(link).status == 200)
        }
    }

    @Test func `stays closed to a reset student's old ways, and opens with new ones`() async throws {
        try await Schoolhouse.open { school in
            let link = try await school.mailedLink(to: Cast.ben)
            _ = try await school.visitor().post(link, ["password": "lantern orbit pickle"])
            let child = school.visitor()
            _ = try await child.signIn("ben.ames", "lantern orbit pickle")
            let dov = try await school.visitor(signedInAs: Cast.dov)
            #expect(try await dov.post("/people/students/\(Cast.ben.id)/reset").status == 404)
            #expect(try await child.get("/home").status == 200)
            let ada = try await school.visitor(signedInAs: Cast.ada)
            for _ in 0..<2 {
                #expect(try await ada.reset("/people/students/\(Cast.ben.id)", act: Cast.id(99)).status == 303)
            }
            #expect(try await school.count("SELECT count(*) AS value FROM audit WHERE act = 'password-reset'") == 1)
            #expect(try await child.get("/home").status == 303)
            #expect(try await school.visitor().get(link).status == 404)
            #expect(try await school.visitor().signIn("ben.ames", "lantern orbit pickle").status == 422)
            let slip = try await school.printedSlip(for: Cast.ben)
            try await ada.reset("/people/students/\(Cast.ben.id)", act: Cast.id(99))
            #expect(try await school.visitor().signIn("ben.ames", slip.password).location == "/choose-password")
        }
    }
}
