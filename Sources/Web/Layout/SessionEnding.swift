import Core

/// How much is left of a session, for its page to warn in time.
package struct SessionEnding: Sendable, Equatable {
    /// Seconds from the answer on; never below 0.
    let seconds: Int
    /// False once the end of the whole session is nearer than that of a pause: nothing moves that one.
    let canExtend: Bool

    /// `seen` is when the session was last in use.
    init(_ session: Session, seen: Timestamp, at now: Timestamp) {
        let end = session.end(idleFrom: seen)
        seconds = max(0, Int((end.milliseconds - now.milliseconds) / 1_000))
        canExtend = end < session.endsAt
    }
}
