package import Core
package import Logging
import ServiceLifecycle
package import Storage
import Synchronization

/// Tells those who look at a mailing's page that something happened to it: at once what this server did, a little later
/// what others did on the same database. However many look, the database is asked once.
package final class MailingWatch: Service {
    package struct Settings: Sendable {
        /// Pages that are told at the same time, by one server.
        package var total = 500
        /// Of one person: browsers open six lines to a site by HTTP/1.1, and other pages need some.
        package var each = 3
        /// How often those are woken whose time has come.
        package var tick: Duration = .seconds(1)
        /// Ticks between two looks at what other servers did.
        package var poll = 3
        /// Ticks until everybody is woken: proxies keep a line that speaks, and who may look is looked at anew.
        package var beat = 15
        package init() {}
    }

    private struct Entry {
        let number: Int
        let mailing: ID<Mailing>
        let person: ID<Account>
        let signals: AsyncStream<MailingListener.Signal>.Continuation
        var wakesAt: ContinuousClock.Instant?
    }

    private struct State {
        /// The oldest first.
        var entries: [Entry] = []
        var numbers = 0
        var pulses: [ID<Mailing>: MailingPulse] = [:]
        var isStopped = false
    }

    private let database: any Database
    private let settings: Settings
    private let logger: Logger
    private let state = Mutex(State())

    package init(database: any Database, settings: Settings = Settings(), logger: Logger) {
        self.database = database
        self.settings = settings
        self.logger = logger
    }

    /// How many pages are told at present.
    package var listeners: Int { state.withLock { $0.entries.count } }

    /// Listens until the listener is let go of; nil where too many do already, or the program shuts down.
    ///
    /// Somebody with more pages than one person may have is told on the newest ones.
    package func listen(to mailing: ID<Mailing>, by person: ID<Account>) -> MailingListener? {
        let (stream, signals) = AsyncStream.makeStream(
            of: MailingListener.Signal.self, bufferingPolicy: .bufferingNewest(1))
        let number: Int? = state.withLock { state in
            if state.isStopped { return nil }
            let theirs = state.entries.filter { $0.person == person }
            if let oldest = theirs.first, theirs.count >= settings.each {
                oldest.signals.yield(.elsewhere)
                oldest.signals.finish()
                state.entries.removeAll { $0.number == oldest.number }
            }
            guard state.entries.count < settings.total else { return nil }
            state.numbers += 1
            state.entries.append(Entry(number: state.numbers, mailing: mailing, person: person, signals: signals))
            return state.numbers
        }
        guard let number else { return nil }
        // What happened between the drawing of the page and now is told first.
        signals.yield(.look)
        return MailingListener(
            signals: stream, wake: { [weak self] in self?.wake(number, after: $0) },
            leave: { [weak self] in self?.leave(number) })
    }

    /// Something happened to a mailing; to any of them where nobody knows to which. Called after the commit.
    package func ring(_ mailing: ID<Mailing>? = nil) {
        state.withLock { state in
            for entry in state.entries where mailing == nil || entry.mailing == mailing { entry.signals.yield(.look) }
        }
    }

    /// Works until the program shuts down, and then ends every stream at once: an open line would hold the site up.
    package func run() async throws {
        try? await cancelWhenGracefulShutdown {
            var ticks = 0
            while true {
                try await Task.sleep(for: self.settings.tick)
                ticks += 1
                self.wakeThoseDue(everybody: ticks.isMultiple(of: self.settings.beat))
                if ticks.isMultiple(of: self.settings.poll) { await self.look() }
            }
        }
        stop()
    }

    /// Asks what other servers did, once for all who listen. Part of `run`, which does so again and again.
    package func look() async {
        let mailings = Array(Set(state.withLock { $0.entries.map(\.mailing) }))
        guard !mailings.isEmpty else { return state.withLock { $0.pulses = [:] } }
        do {
            let pulses = try await database.read { try $0.pulses(of: mailings) }
            let changed = state.withLock { state in
                defer { state.pulses = pulses }
                return pulses.filter { state.pulses[$0.key] != $0.value }.keys
            }
            for mailing in changed { ring(mailing) }
        } catch {
            logger.debug("nobody knows what became of mails", metadata: ["error": "\(error)"])
        }
    }

    /// Ends every stream; nobody can listen any more.
    package func stop() {
        let entries = state.withLock { state in
            state.isStopped = true
            defer { state.entries = [] }
            return state.entries
        }
        for entry in entries { entry.signals.finish() }
    }

    private func wakeThoseDue(everybody: Bool) {
        let now = ContinuousClock.now
        state.withLock { state in
            for index in state.entries.indices {
                guard everybody || state.entries[index].wakesAt.map({ $0 <= now }) == true else { continue }
                state.entries[index].wakesAt = nil
                state.entries[index].signals.yield(.look)
            }
        }
    }

    private func wake(_ number: Int, after wait: Duration) {
        state.withLock { state in
            guard let index = state.entries.firstIndex(where: { $0.number == number }) else { return }
            state.entries[index].wakesAt = .now + wait
        }
    }

    private func leave(_ number: Int) { state.withLock { $0.entries.removeAll { $0.number == number } } }
}
