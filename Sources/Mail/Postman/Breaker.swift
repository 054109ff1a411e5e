import Core
import Synchronization

/// Keeps mail back while the server takes none from anybody: one trial at a time, after waits that grow.
final class Breaker: Sendable {
    private static let waits: [Span] = [
        .seconds(30), .minutes(1), .minutes(2), .minutes(5), .minutes(10), .minutes(15),
    ]

    private struct State {
        var trips = 0
        var since: Timestamp?
        var complaint: String?
        var opensAt: Timestamp?
        var isTrying = false
        /// Different recipients in a row who were refused by policy.
        var refused: Set<String> = []
    }
    private let state = Mutex(State())

    /// Why mail is kept back, since when and until when; nil while it flows.
    var trouble: (complaint: String, since: Timestamp, until: Timestamp)? {
        state.withLock { state in
            guard let complaint = state.complaint, let since = state.since, let until = state.opensAt else {
                return nil
            }
            return (complaint, since, until)
        }
    }

    /// Whether a mail may be tried now. After a wait one caller is let through, and must say how it went.
    func mayTry(at now: Timestamp) -> Bool {
        state.withLock { state in
            guard let opensAt = state.opensAt else { return true }
            guard now >= opensAt, !state.isTrying else { return false }
            state.isTrying = true
            return true
        }
    }

    /// The one who was let through had nothing to try.
    func giveBack() { state.withLock { $0.isTrying = false } }

    /// The server takes mail.
    func mend() { state.withLock { $0 = State() } }

    /// The server took none; `jitter` lies in 0..<1.
    func trip(_ complaint: String, at now: Timestamp, jitter: Double) {
        state.withLock { state in
            let wait = Self.waits[min(state.trips, Self.waits.count - 1)]
            // Mails that were under way on other lines when it tripped say nothing new.
            if let opensAt = state.opensAt, now < opensAt, !state.isTrying { return }
            state.trips += 1
            state.since = state.since ?? now
            state.complaint = complaint
            state.opensAt = Timestamp(
                milliseconds: now.milliseconds + Int64(Double(wait.milliseconds) * (0.8 + 0.4 * jitter)))
            state.isTrying = false
        }
    }

    /// Counts a refusal by policy. True from the third recipient in a row on: then it is meant for all mail.
    func countRefusal(of recipient: MailAddress) -> Bool {
        state.withLock { state in
            state.refused.insert(recipient.description)
            return state.refused.count >= 3
        }
    }
}
