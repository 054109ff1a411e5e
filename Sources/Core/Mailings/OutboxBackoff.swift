/// When a mail that was deferred is tried again (RFC 5321 section 4.5.4.1).
package enum OutboxBackoff {
    private static let waits: [Span] = [.minutes(5), .minutes(15), .minutes(30), .hours(1), .hours(2), .hours(3)]
    private static let patience = Span.days(5)

    /// The next try: 5, 15, 30 minutes, 1, 2, 3 hours, then every 3 hours, each give or take a fifth.
    ///
    /// `attempts` counts the tries before the one that has just been deferred, `jitter` lies in 0..<1. nil when five days
    /// have passed since the first try: then the mail has failed.
    package static func next(attempts: Int, firstTriedAt: Timestamp?, now: Timestamp, jitter: Double) -> Timestamp? {
        if let firstTriedAt, now - patience >= firstTriedAt { return nil }
        let wait = waits[min(max(attempts, 0), waits.count - 1)]
        let factor = 0.8 + 0.4 * min(max(jitter, 0), 1)
        return Timestamp(milliseconds: now.milliseconds + Int64(Double(wait.milliseconds) * factor))
    }
}
