import Crypto
import Foundation
import Storage

/// How often something may be done for one account or by one client: beyond it, it is not done.
package struct Allowance: Sendable, Equatable {
    let key: String
    let most: Int
    let within: Span
    /// The least time between two.
    let apart: Span

    /// A new password by mail: one in two minutes, five a day.
    static func forgottenPassword(of account: ID<Account>) -> Allowance {
        Allowance(key: "forgotten/\(account)", most: 5, within: .days(1), apart: .minutes(2))
    }

    /// The same for a name that nobody has, so that it costs the same work.
    static func forgottenPassword(ofNobodyNamed name: String) -> Allowance {
        Allowance(key: "forgotten/\(digest(name))", most: 5, within: .days(1), apart: .minutes(2))
    }

    /// Presses of "Forgot your password?" from one address: a whole school may sit behind it.
    static func forgottenPassword(from client: String) -> Allowance {
        Allowance(key: "forgotten-from/\(digest(client))", most: 300, within: .minutes(10), apart: .seconds(0))
    }

    /// Notices about one account.
    static func notices(about account: ID<Account>) -> Allowance {
        Allowance(key: "notice/\(account)", most: 10, within: .days(1), apart: .seconds(0))
    }

    private static func digest(_ text: String) -> String {
        SHA256.hash(data: Data("allowance/1/\(text)".utf8)).map { byte in
            let digits = String(byte, radix: 16)
            return byte < 16 ? "0\(digits)" : digits
        }.joined()
    }
}

extension Connection {
    /// Counts one more, in one statement. False when it is too many: then nothing is counted.
    func claim(_ allowance: Allowance, at now: Timestamp) throws -> Bool {
        try execute("DELETE FROM allowance WHERE last_at < \(now - .days(1))")
        let isOver: SQL = "allowance.since <= \(now - allowance.within)"
        let claimed = try rows(
            """
            INSERT INTO allowance (key, since, number, last_at) VALUES (\(allowance.key), \(now), 1, \(now))
            ON CONFLICT (key) DO UPDATE SET
              number = CASE WHEN \(isOver) THEN 1 ELSE allowance.number + 1 END,
              since = CASE WHEN \(isOver) THEN \(now) ELSE allowance.since END, last_at = \(now)
            WHERE (\(isOver) OR allowance.number < \(allowance.most))
              AND allowance.last_at <= \(now - allowance.apart)
            RETURNING number
            """)
        return !claimed.isEmpty
    }
}
