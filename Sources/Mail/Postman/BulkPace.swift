import Core
import Synchronization

/// Spreads the mails of mailings over the minute, where there is a quota: so a single mail finds room at any moment.
final class BulkPace: Sendable {
    /// What may be made up for after a moment without mail.
    private static let slack = Span.seconds(1)

    private let interval: Span?
    private let next = Mutex(Timestamp(milliseconds: 0))

    init(_ interval: Span?) { self.interval = interval }

    /// When the next mail of a mailing may leave; nil when it may now.
    func wait(at now: Timestamp) -> Timestamp? {
        guard interval != nil else { return nil }
        return next.withLock { $0 > now ? $0 : nil }
    }

    func note(at now: Timestamp) {
        guard let interval else { return }
        next.withLock { $0 = max($0, now - Self.slack) + interval }
    }
}
