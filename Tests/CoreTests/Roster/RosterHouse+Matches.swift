import Core
import Foundation
import Storage
import StorageSQLite

extension Administrator {
    /// Whoever has the whole district; nobody in particular.
    static let district = Administrator(id: ID(bytes: Array(repeating: 0, count: 16)), hasDistrict: true)
}

extension RosterHouse {
    @discardableResult
    func student(
        _ given: String, _ family: String, number: String, school: String = "oak", trackers: [String] = []
    ) async throws -> ID<Account> {
        let now = clock.now()
        let ida = try await text("SELECT id AS value FROM account WHERE username = 'ida'")
        let by = if let ida = ida.flatMap(ID<Account>.init) { ida } else { try await administrator() }
        return try await main.write { connection in
            var typed = TypedPerson()
            (typed.givenName, typed.familyName, typed.number) = (given, family, number)
            typed.schools = try connection.rows("SELECT id FROM school WHERE source_id = \(school)").map {
                try $0["id"]
            }
            typed.trackers = try trackers.flatMap { key in
                try connection.rows("SELECT id FROM tracker WHERE source_id = \(key)").map { try $0["id"] }
            }
            let new = NewPersonByHand(
                kind: .student, typed: typed, act: .new(at: now), mint: IDMint(at: now), now: now)
            let adding = try connection.addByHand(
                new, maker: UsernameMaker(blocked: []), by: Administrator(id: by, hasDistrict: true))
            guard case .added(let id) = adding else { throw RosterSyncRefused.notFound }
            return id
        }
    }

    /// Answers the first open question, or one that was asked before.
    func answer(_ match: ID<PersonMatch>? = nil, isSame: Bool) async throws -> MatchAnswer? {
        let now = clock.now()
        return try await main.write { connection in
            let ida: ID<Account>? = try connection.value("SELECT id AS value FROM account WHERE username = 'ida'")
            guard let ida else { return nil }
            let administrator = Administrator(id: ida, hasDistrict: true)
            guard let asked = try match ?? connection.openMatches(for: administrator).matches.first?.id else {
                return nil
            }
            return try connection.answer(asked, isSame: isSame, by: administrator, entry: .new(at: now), at: now)
        }
    }

    func openMatches() async throws -> Int {
        try await main.read { try $0.openMatches(for: .district).count }
    }

    func trackers(of account: ID<Account>) async throws -> [String] {
        try await main.read { connection in
            try connection.rows(
                """
                SELECT t.name FROM enrollment e JOIN tracker t ON t.id = e.tracker_id WHERE e.account_id = \(account)
                """
            ).map { try $0["name"] }
        }
    }
}

extension Roster {
    /// The cast and Maria, number 77, in 4B.
    static var withMia: Roster {
        var roster = cast
        roster.student("s-mia", "Maria", "Noor-Lund", username: "mnoor")
        roster.change("s-mia") { $0.number = "77" }
        roster.enroll("s-mia", "4b")
        return roster
    }
}
