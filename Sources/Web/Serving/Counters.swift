import Synchronization

/// What the server has done since it started, for `/metrics` (Prometheus text format 0.0.4).
package final class Counters: Sendable {
    /// What became of tries to sign in.
    package enum SignInOutcome: String, Sendable, CaseIterable { case full, choose, refused, wait, busy }

    private struct Numbers {
        var requests: [Int: Int] = [:]
        var seconds = 0.0
        var signIns: [SignInOutcome: Int] = [:]
        var activations = 0
    }
    private let numbers = Mutex(Numbers())

    package init() {}

    package func count(status: Int, took time: Duration) {
        let parts = time.components
        numbers.withLock {
            $0.requests[status / 100, default: 0] += 1
            $0.seconds += Double(parts.seconds) + Double(parts.attoseconds) / 1e18
        }
    }

    package func count(signIn outcome: SignInOutcome) { numbers.withLock { $0.signIns[outcome, default: 0] += 1 } }

    package func countActivation() { numbers.withLock { $0.activations += 1 } }

    /// All counters, one a line.
    package func text() -> String {
        let now = numbers.withLock { $0 }
        var lines = ["# TYPE firstbell_requests_total counter"]
        for (kind, count) in now.requests.sorted(by: { $0.key < $1.key }) {
            lines.append("firstbell_requests_total{status=\"\(kind)xx\"} \(count)")
        }
        lines += ["# TYPE firstbell_request_seconds_total counter", "firstbell_request_seconds_total \(now.seconds)"]
        lines.append("# TYPE firstbell_sign_ins_total counter")
        for outcome in SignInOutcome.allCases {
            lines.append("firstbell_sign_ins_total{outcome=\"\(outcome.rawValue)\"} \(now.signIns[outcome] ?? 0)")
        }
        lines += ["# TYPE firstbell_activations_total counter", "firstbell_activations_total \(now.activations)"]
        return lines.joined(separator: "\n") + "\n"
    }
}
