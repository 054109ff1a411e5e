import Core
import Storage
import TestSupport
import Testing

@Suite struct ANoticeOfARoster {
    /// Ida, who gives rosters, and Noa, who is told of them; Per of one school, and Sol, who is suspended, are not.
    private func office(_ house: RosterHouse) async throws -> (ida: ID<Account>, noa: ID<Account>) {
        let ida = try await house.administrator()
        let now = house.clock.now()
        let noa = try await house.main.write { connection in
            var others: [ID<Account>] = []
            for name in ["noa", "per", "sol"] {
                others.append(
                    try connection.addStaff(
                        StaffByHand(
                            givenName: name, familyName: "Ek", username: name, address: "\(name)@example.org",
                            isAdministrator: true),
                        by: nil, mint: IDMint(at: now + .minutes(others.count)), at: now))
            }
            try connection.execute("UPDATE administrator SET scope = 'schools' WHERE account_id = \(others[1])")
            try connection.execute(
                "UPDATE account SET suspended_at = \(now), suspended_for = 'hand' WHERE id = \(others[2])")
            try connection.execute(
                "UPDATE account SET address = 'ida@example.org', address_key = 'ida@example.org' WHERE id = \(ida)")
            return others[0]
        }
        return (ida, noa)
    }

    private func told(_ house: RosterHouse) async throws -> [String] {
        try await house.main.read { connection in
            try connection.rows(
                """
                SELECT r.event || ' ' || a.given_name AS value FROM mail m JOIN roster_notice r ON r.mail_id = m.id
                JOIN account a ON a.id = m.account_id WHERE m.state = 'queued' ORDER BY m.id
                """
            ).map { try $0["value"] }
        }
    }

    @Test func `goes to the district's administrators, but for the one who gave the roster`() async throws {
        let house = try await RosterHouse()
        let (ida, _) = try await office(house)
        try await house.take(.crowd(20))
        #expect(try await told(house).isEmpty, "nobody need look at what holds nothing")
        _ = try await house.plan(.cast, by: ida)
        #expect(try await told(house) == ["held noa"])
    }

    @Test func `of a roster that came by itself goes to all of them`() async throws {
        let house = try await RosterHouse()
        _ = try await office(house)
        try await house.take(.crowd(20))
        _ = try await house.plan(.cast)
        #expect(try await told(house).sorted() == ["held Ida", "held noa"])
    }

    @Test func `is sent once while the same schools wait, and again for another`() async throws {
        let house = try await RosterHouse()
        let (ida, _) = try await office(house)
        var first = Roster.crowd(20)
        for number in 1...9 { first.student("e-\(number)", "Ola", "Number\(number)", school: "elm") }
        first.schools.append(RosterSchool(sourceID: "ash", name: "Ash", kind: "school", parentID: nil))
        first.schools.append(RosterSchool(sourceID: "fir", name: "Fir", kind: "school", parentID: nil))
        for number in 1...9 {
            first.student("a-\(number)", "Uma", "Number\(number)", school: "ash")
            first.student("f-\(number)", "Ivo", "Number\(number)", school: "fir")
        }
        try await house.take(first)
        var roster = first
        for number in 1...9 { roster.remove("e-\(number)") }
        for _ in 0..<3 { _ = try await house.plan(roster, by: ida) }
        #expect(try await told(house) == ["held noa"])
        for number in 1...9 { roster.remove("a-\(number)") }
        _ = try await house.plan(roster, by: ida)
        #expect(try await told(house) == ["held noa", "held noa"])
        for number in 1...20 { roster.remove("s-" + String(1000 + number).dropFirst()) }
        for _ in 0..<2 { _ = try await house.plan(roster, by: ida) }
        #expect(try await told(house) == ["held noa", "held noa", "waiting noa"])
    }

    @Test func `of one that could not be read goes out where nobody stood by`() async throws {
        let house = try await RosterHouse()
        let (ida, _) = try await office(house)
        let broken = house.syncs { _, _, _ in
            throw RosterRefused(reason: "This file is empty. Export the roster again.")
        }
        _ = try await broken.read(file: house.folder, fileName: "a.zip", by: ida)
        #expect(try await told(house).isEmpty)
        for _ in 0..<2 { _ = try await broken.read(file: house.folder, fileName: "a.zip", by: nil) }
        #expect(try await told(house).sorted() == ["refused Ida", "refused noa"])
    }

    @Test func `says which schools wait, and no name of a student`() async throws {
        let house = try await RosterHouse()
        let (ida, noa) = try await office(house)
        try await house.take(.crowd(20))
        let plan = try await house.plan(.cast, by: ida)
        let now = house.clock.now()
        let hand = MailClaim(id: .new(at: now), server: .new(at: now))
        let claimed = try await house.main.write { [keyring = house.keyring] connection in
            try connection.claimMails(limit: 4, newLinks: [.new(at: now)], keyring: keyring, by: hand, at: now)
        }
        let mail = try #require(claimed.first)
        #expect(mail.account == noa && claimed.count == 1)
        guard case .rosterNotice(let notice) = mail.content else { return #expect(Bool(false), "another mail") }
        #expect(notice.plan == plan && notice.event == .held)
        #expect(notice.schools == ["Oak School"] && notice.schoolCount == 1 && notice.fileName == "roster.zip")
    }

    @Test func `is not sent to who administers no more, nor again after a reading that failed`() async throws {
        let house = try await RosterHouse()
        let (ida, noa) = try await office(house)
        try await house.take(.crowd(20))
        _ = try await house.plan(.cast, by: ida)
        let broken = house.syncs { _, _, _ in
            throw RosterRefused(reason: "This file is empty. Export the roster again.")
        }
        _ = try await broken.read(file: house.folder, fileName: "a.zip", by: ida)
        _ = try await house.plan(.cast, by: ida)
        #expect(try await told(house) == ["held noa"])
        try await house.run("DELETE FROM administrator WHERE account_id = \(noa)")
        let now = house.clock.now()
        let hand = MailClaim(id: .new(at: now), server: .new(at: now))
        let claimed = try await house.main.write { [keyring = house.keyring] connection in
            try connection.claimMails(limit: 4, newLinks: [.new(at: now)], keyring: keyring, by: hand, at: now)
        }
        #expect(claimed.isEmpty)
        #expect(try await house.text("SELECT state AS value FROM mail") == "cancelled")
    }
}
