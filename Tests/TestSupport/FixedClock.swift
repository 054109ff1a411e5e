package import Core
import Synchronization

/// A clock that stands until a test moves it.
package final class FixedClock: Sendable {
    private let moment: Mutex<Timestamp>

    package init(_ moment: Timestamp) { self.moment = Mutex(moment) }

    package var now: Timestamp { moment.withLock { $0 } }

    package func advance(by span: Span) { moment.withLock { $0 = $0 + span } }

    package var clock: Clock { Clock { self.now } }
}
