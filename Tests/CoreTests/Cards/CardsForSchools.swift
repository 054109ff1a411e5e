import Core
import Storage
import TestSupport
import Testing

@Suite struct CardsForSchools {
    private let keyring: Keyring

    init() throws { keyring = try Keyring(keys: [Array(repeating: 7, count: 32)]) }

    private func new(_ choice: MailingChoice, act: ID<Act>? = nil) -> NewCardSheet {
        NewCardSheet(
            act: act ?? .new(at: ADistrict.now), scope: .groups(choice), key: keyring.current,
            mint: IDMint(at: ADistrict.now), now: ADistrict.now)
    }

    private func shown(
        _ result: CardPress.Result, to maker: StudentViewer, of district: ADistrict
    ) async throws -> CardSheet? {
        guard case .made(let id) = result, case .administrator(let administrator, let day) = maker else { return nil }
        let reader = MailingReader(teacher: Teacher(id: administrator.id, day: day), administrator: administrator)
        let secrets = CardSecrets(keyring: keyring) { $0 }
        let opening = try await district.database.write {
            try $0.openCardSheet(id, for: reader, entry: .new(at: ADistrict.now), at: ADistrict.now)
        }
        guard case .open(let heading) = opening else { return nil }
        return try await district.database.read {
            try $0.cards(of: heading, for: reader, secrets: secrets, at: ADistrict.now)
        }
    }

    @Test func `are grouped by school and tracker, one a student, of the maker's schools alone`() async throws {
        try await ADistrict.open(students: 6) { district in
            let press = CardPress(database: district.database, server: ServerAtWork(at: ADistrict.now))
            let all = try await press.make(new(MailingChoice(allSchools: true)), by: district.chief)
            let sheet = try #require(try await shown(all, to: district.chief, of: district))
            #expect(
                sheet.groups.map(\.school) == ["School 0", "School 0", "School 1", "School 1", "School 2", "School 2"])
            #expect(sheet.groups.map(\.tracker) == ["Homeroom", "", "Homeroom", "", "Homeroom", ""])
            #expect(sheet.groups.flatMap(\.cards).count == 18)
            #expect(sheet.groups.flatMap(\.elsewhere).isEmpty)
            let named = MailingChoice(allSchools: false, schools: district.schools)
            let own = try await press.make(new(named), by: district.principal)
            let ownSheet = try #require(try await shown(own, to: district.principal, of: district))
            #expect(ownSheet.groups.flatMap(\.cards).count == 6)
            let foreign = MailingChoice(allSchools: false, schools: [district.schools[1]])
            // The one student of both schools is theirs.
            let shared = try await press.make(new(foreign), by: district.principal)
            #expect(shared == .nobody)
        }
    }

    @Test func `are made in steps and shown when all are there, with one act one sheet`() async throws {
        try await ADistrict.open(students: 300) { district in
            let press = CardPress(database: district.database, server: ServerAtWork(at: ADistrict.now))
            let new = new(MailingChoice(allSchools: true))
            let first = try await press.make(new, by: district.chief)
            let again = try await press.make(new, by: district.chief)
            #expect(first == again)
            let sheet = try #require(try await shown(first, to: district.chief, of: district))
            let cards = sheet.groups.flatMap(\.cards)
            #expect(cards.count == 900)
            #expect(Set(cards.compactMap(\.secret?.temporaryPassword.value)).count == 900)
            #expect(
                try await district.count("SELECT count(*) AS value FROM account WHERE card_state = 'printed'") == 900)
            #expect(try await district.count("SELECT count(*) AS value FROM audit WHERE act = 'card-sheet-made'") == 1)
        }
    }

    @Test func `that were not finished are shown to nobody and count as not printed`() async throws {
        try await ADistrict.open(students: 300) { district in
            let result = try await CardPress(database: district.database, server: ServerAtWork(at: ADistrict.now)).make(
                new(MailingChoice(allSchools: true)), by: district.chief)
            try await district.database.write { try $0.execute("UPDATE card_sheet SET is_ready = FALSE") }
            #expect(try await shown(result, to: district.chief, of: district) == nil)
            try await district.database.write {
                try $0.abandonCardSheets(leftTo: ServerAtWork(at: ADistrict.now), at: ADistrict.now)
            }
            #expect(try await shown(result, to: district.chief, of: district) == nil)
            #expect(try await district.count("SELECT count(*) AS value FROM account WHERE card_state IS NOT NULL") == 0)
        }
    }

    @Test func `are refused as a whole where they are too many for a sheet`() async throws {
        try await ADistrict.open(students: 3_400) { district in
            let result = try await CardPress(database: district.database, server: ServerAtWork(at: ADistrict.now)).make(
                new(MailingChoice(allSchools: true)), by: district.chief)
            #expect(result == .tooMany(10_200))
            #expect(try await district.count("SELECT count(*) AS value FROM card_sheet") == 0)
            #expect(try await district.count("SELECT count(*) AS value FROM credential") == 0)
        }
    }
}
