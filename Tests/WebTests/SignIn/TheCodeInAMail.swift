import Core
import Storage
import TestSupport
import Testing

@Suite struct TheCodeInAMail {
    private static let password = "lantern orbit pickle"

    /// The path of a link that was mailed, and the code beside it.
    private func mail(_ member: Member, _ school: Schoolhouse) async throws -> (path: String, code: String) {
        let id = ID<ActivationLink>.random()
        return (try await school.mailedLink(to: member, id: id), try school.mailedCode(of: id))
    }

    @Test func `opens the link's own page, however it is typed`() async throws {
        try await Schoolhouse.open { school in
            let (path, code) = try await mail(Cast.ben, school)
            let plain = code.replacing("-", with: "")
            for typed in [
                code, code.lowercased(), plain, code.replacing("-", with: " "), " \(code) ",
                code.replacing("-", with: "–"), plain.map { "\($0) " }.joined(),
            ] {
                let visitor = school.visitor()
                let answer = try await visitor.signIn(" Ben.Ames ", typed)
                #expect(answer.status == 303 && answer.location == path, "\(typed)")
                #expect(visitor.cookies.isEmpty)
            }
            let visitor = school.visitor()
            _ = try await visitor.signIn("ben.ames", code)
            #expect(try await visitor.text(of: path).contains("Choose your own password"))
            #expect(try await visitor.get("/home").location?.hasPrefix("/sign-in") == true)
            #expect(try await visitor.post(path, ["password": Self.password]).location == "/home?news=first")
            #expect(try await school.visitor().signIn("ben.ames", Self.password).location == "/home")
        }
    }

    @Test func `opens a teacher's page, and that of the child whose it is where siblings share an address`()
        async throws
    {
        try await Schoolhouse.open { school in
            let ian = try await mail(Cast.ian, school)
            #expect(try await school.visitor().signIn("ian@alder.example", ian.code).location == ian.path)
            let (eve, finn) = (try await mail(Cast.eve, school), try await mail(Cast.finn, school))
            #expect(try await school.visitor().signIn("dunn@home.example", finn.code).location == finn.path)
            #expect(try await school.visitor().signIn("dunn@home.example", eve.code).location == eve.path)
        }
    }

    @Test func `opens a new password to who has forgotten the old one, which works meanwhile`() async throws {
        try await Schoolhouse.open { school in
            #expect(try await school.visitor().post("/forgot-password", ["username": "cleo.bell"]).status == 303)
            let sent = try await school.only(\.isRenewal)
            guard case .renewal(let link) = sent.mail.content else { throw Trouble("no renewal") }
            let code = try school.mailedCode(of: link.id)
            let visitor = school.visitor()
            #expect(try await visitor.signIn("cleo.bell", code).location == sent.path)
            #expect(try await school.visitor().signIn("cleo.bell", Cast.password).location == "/home")
            #expect(try await visitor.post(sent.path, ["password": Self.password]).status == 303)
            #expect(try await school.visitor().signIn("cleo.bell", code).status == 422)
        }
    }

    @Test func `gets the same bytes as any wrong password where it opens nothing`() async throws {
        try await Schoolhouse.open { school in
            var tries = [("nobody.here", "K7P-2XM-H4J"), ("nobody.here", "x"), ("hal.frost", "K7P-2XM-H4J")]
            func add(_ member: Member, _ spoil: (ID<ActivationLink>) -> SQL) async throws {
                let id = ID<ActivationLink>.random()
                _ = try await school.mailedLink(to: member, id: id)
                let statement = spoil(id)
                try await school.write { _ = try $0.execute(statement) }
                tries.append((member.username, try school.mailedCode(of: id)))
            }
            try await add(Cast.ben) { "UPDATE activation_link SET voided_at = 1 WHERE id = \($0)" }
            try await add(Cast.ben) { "UPDATE activation_link SET ends_at = \(school.clock.now) WHERE id = \($0)" }
            try await add(Cast.eve) { "UPDATE activation_link SET generation = generation - 1 WHERE id = \($0)" }
            // Never mailed: an administrator was shown it.
            try await add(Cast.ian) { "UPDATE activation_link SET origin = 'shown' WHERE id = \($0)" }
            // Of a key that is gone, and for somebody who is active.
            try await add(Cast.finn) { "UPDATE activation_link SET key_id = 'k9' WHERE id = \($0)" }
            try await add(Cast.cleo) { "UPDATE activation_link SET ends_at = ends_at + 1 WHERE id = \($0)" }
            let bens = try await mail(Cast.ben, school)
            tries += [("eve.dunn", bens.code), ("dina.cole", bens.code), ("ben.ames", String(bens.code.dropLast()))]
            let hals = try await mail(Cast.hal, school)
            try await school.suspend(Cast.hal)
            tries.append(("hal.frost", hals.code))
            var seen: Set<String> = []
            for (name, code) in tries {
                let answer = try await school.visitor().signIn(name, code)
                #expect(answer.status == 422, "\(name)")
                seen.insert(answer.body.replacing(name, with: "NAME"))
            }
            #expect(seen.count == 1)
            #expect(try await school.visitor().signIn("ben.ames", bens.code).location == bens.path)
        }
    }

    @Test func `is used up with its link, and by all of its links`() async throws {
        try await Schoolhouse.open { school in
            let (older, newer) = (try await mail(Cast.ben, school), try await mail(Cast.ben, school))
            #expect(try await school.visitor().signIn("ben.ames", older.code).location == older.path)
            #expect(try await school.visitor().signIn("ben.ames", newer.code).location == newer.path)
            #expect(try await school.visitor().post(older.path, ["password": Self.password]).status == 303)
            for code in [older.code, newer.code] {
                #expect(try await school.visitor().signIn("ben.ames", code).status == 422)
            }
        }
    }

    @Test func `lets one of many in who type it at once`() async throws {
        try await Schoolhouse.open { school in
            let (path, code) = try await mail(Cast.ben, school)
            let homes = try await withThrowingTaskGroup(of: String?.self) { group in
                for number in 0..<12 {
                    group.addTask {
                        let visitor = school.visitor()
                        guard try await visitor.signIn("ben.ames", code).location == path else { return nil }
                        return try await visitor.post(path, ["password": "\(Self.password) \(number)"]).location
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(homes.count { $0 == "/home?news=first" } == 1)
        }
    }

    @Test func `is guessed at no more often than a password, and counts like one`() async throws {
        try await Schoolhouse.open { school in
            let (path, code) = try await mail(Cast.ben, school)
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<20 {
                    group.addTask { try await school.visitor().signIn("ben.ames", "K7P-2XM-H4J").status }
                }
                return try await group.reduce(into: [Int]()) { $0.append($1) }
            }
            #expect(statuses.count { $0 == 422 } == 5 && statuses.count { $0 == 429 } == 15)
            #expect(try await school.visitor().signIn("ben.ames", code).status == 429)
            school.clock.advance(by: .seconds(15))
            #expect(try await school.visitor().signIn("ben.ames", code).location == path)
            // The tries are forgotten with it.
            #expect(try await school.count("SELECT count(*) AS value FROM throttle") == 0)
            #expect(
                try await school.count("SELECT count(*) AS value FROM account WHERE guessed_until IS NOT NULL") == 0)
        }
    }

    @Test func `works for the newest links only, so that many mails make no code easy to guess`() async throws {
        try await Schoolhouse.open { school in
            var mails: [(path: String, code: String)] = []
            for _ in 0..<17 {
                mails.append(try await mail(Cast.ben, school))
                school.clock.advance(by: .minutes(1))
            }
            #expect(try await school.visitor().signIn("ben.ames", mails[1].code).location == mails[1].path)
            #expect(try await school.visitor().signIn("ben.ames", mails[0].code).status == 422)
            #expect(try await school.visitor().get(mails[0].path).status == 200)
        }
    }

    @Test func `is no own password`() async throws {
        try await Schoolhouse.open { school in
            let (path, code) = try await mail(Cast.ben, school)
            for typed in [code, code.lowercased().replacing("-", with: "")] {
                let answer = try await school.visitor().post(path, ["password": typed])
                #expect(answer.status == 422 && answer.text.contains("That is the code from your mail."))
            }
            #expect(try await school.visitor().post(path, ["password": Self.password]).status == 303)
        }
    }

    @Test func `ends the session of whoever sat there before`() async throws {
        try await Schoolhouse.open { school in
            let (path, code) = try await mail(Cast.ben, school)
            let visitor = try await school.visitor(signedInAs: Cast.cleo)
            #expect(try await visitor.signIn("ben.ames", code).location == path)
            #expect(visitor.cookies.isEmpty)
            #expect(try await school.count("SELECT count(*) AS value FROM session") == 0)
        }
    }

    @Test func `stands in no byte that is written`() async throws {
        try await Schoolhouse.open { school in
            let (_, code) = try await mail(Cast.ben, school)
            _ = try await school.visitor().signIn("ben.ames", code)
            try await school.database.checkpoint()
            let written = String(decoding: try await school.bytesOnDisk(), as: UTF8.self)
            #expect(!written.contains(code) && !written.contains(code.lowercased()))
            #expect(!school.log.lines.contains { $0.contains(code) })
        }
    }
}
