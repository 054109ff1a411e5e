import Crypto
import Foundation
package import Storage

/// How often somebody may guess at a name: five tries at once, then waits that grow (design section 5).
///
/// Counted before the check, in one statement, so that parallel tries pass no faster. Nothing is ever burnt.
package struct Throttle: Sendable, Equatable {
    /// Under what tries are counted: a digest of the typed name, since people type passwords there by mistake.
    package let key: String

    /// What a try may do.
    package enum Verdict: Sendable, Equatable {
        /// Go on. If this try fails, the next has to wait until `nextAt`; nil while tries are free.
        case go(nextAt: Timestamp?)
        case wait(until: Timestamp)
    }

    /// How the waits grow, by what is guessed at.
    package enum Target: Sendable {
        case temporaryPassword
        case ownPassword

        var waits: [Span] {
            let first: [Span] = [.seconds(15), .seconds(30), .minutes(1), .minutes(2), .minutes(5)]
            return self == .temporaryPassword ? first : first + [.minutes(15)]
        }
    }

    /// Tries without a wait.
    static let freeTries = 5
    /// After that long without a try, counting begins anew.
    static let memory = Span.hours(24)

    /// `name` is folded as usernames are, the coarser of the two foldings by which somebody is found: no spelling of a name
    /// has tries of its own.
    package init(name: String) {
        let folded = Username.key(name)
        key = SHA256.hash(data: Data("throttle/1/\(folded)".utf8)).map { byte in
            let digits = String(byte, radix: 16)
            return byte < 16 ? "0\(digits)" : digits
        }.joined()
    }
}

extension Connection {
    /// Counts a try as failed and says whether it may be made.
    package func claimTry(_ throttle: Throttle, at target: Throttle.Target, now: Timestamp) throws -> Throttle.Verdict {
        try execute("DELETE FROM throttle WHERE last_at < \(now - Throttle.memory)")
        let waits = target.waits.dropLast().enumerated().map { index, wait -> SQL in
            "WHEN throttle.failures = \(Throttle.freeTries - 1 + index) THEN \(now + wait)"
        }
        let longest = target.waits.last ?? .minutes(5)
        let claimed = try rows(
            """
            INSERT INTO throttle (name_key, failures, blocked_until, last_at) VALUES (\(throttle.key), 1, 0, \(now))
            ON CONFLICT (name_key) DO UPDATE SET
              failures = throttle.failures + 1,
              blocked_until = CASE WHEN throttle.failures < \(Throttle.freeTries - 1) THEN 0
                \(SQL.joined(waits, by: " ")) ELSE \(now + longest) END,
              last_at = \(now)
            WHERE throttle.blocked_until <= \(now)
            RETURNING blocked_until
            """)
        if let row = claimed.first {
            let until: Timestamp = try row["blocked_until"]
            return .go(nextAt: until > now ? until : nil)
        }
        let until: Timestamp? = try value(
            "SELECT blocked_until AS value FROM throttle WHERE name_key = \(throttle.key)")
        return .wait(until: until ?? now + longest)
    }

    /// Takes back a try that could not be checked.
    package func releaseTry(_ throttle: Throttle, at now: Timestamp) throws {
        try execute(
            """
            UPDATE throttle SET failures = failures - 1, blocked_until = 0
            WHERE name_key = \(throttle.key) AND failures > 0
            """)
    }

    /// Forgets the failed tries at a person's names: somebody has come in, or lifted the wait.
    package func clearTries(of account: ID<Account>, typed throttle: Throttle? = nil) throws {
        let names = try rows("SELECT username, address FROM account WHERE id = \(account)")
        var keys = throttle.map { [$0.key] } ?? []
        for row in names {
            keys.append(Throttle(name: try row["username"]).key)
            if let address: String = try row["address"] { keys.append(Throttle(name: address).key) }
        }
        keys += try aliases(of: account).map { Throttle(name: $0).key }
        try execute("DELETE FROM throttle WHERE name_key IN \(SQL.list(keys))")
        try execute("UPDATE account SET guessed_until = NULL WHERE id = \(account) AND guessed_until IS NOT NULL")
    }
}
