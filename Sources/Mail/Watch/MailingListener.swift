/// A page that is told of a mailing, until it is let go of.
package final class MailingListener: Sendable {
    package enum Signal: Sendable {
        /// Something may have happened, or time has passed. Any number of them is one.
        case look
        /// The same person looks at too many pages: this one is told no more.
        case elsewhere
    }

    /// Ends with the program.
    package let signals: AsyncStream<Signal>
    private let wake: @Sendable (Duration) -> Void
    private let leave: @Sendable () -> Void

    init(
        signals: AsyncStream<Signal>, wake: @escaping @Sendable (Duration) -> Void,
        leave: @escaping @Sendable () -> Void
    ) {
        self.signals = signals
        self.wake = wake
        self.leave = leave
    }

    deinit { leave() }

    /// Gives a signal so much later, give or take a tick, for what time alone changes.
    package func wake(after wait: Duration) { wake(wait) }
}
