import Core
import Storage

extension RosterHouse {
    /// The names of their trackers and schools.
    func places(of account: ID<Account>) async throws -> [String] {
        try await main.read { connection in
            try connection.rows(
                """
                SELECT t.name FROM enrollment e JOIN tracker t ON t.id = e.tracker_id WHERE e.account_id = \(account)
                UNION ALL SELECT s.name FROM membership m JOIN school s ON s.id = m.school_id
                WHERE m.account_id = \(account) ORDER BY 1
                """
            ).map { try $0["name"] }
        }
    }
}
