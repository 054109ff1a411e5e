package import Core
package import Logging
import ServiceLifecycle
package import Storage
import Synchronization

/// Carries the outbox to the mail server: claims, sends, notes each state at its point (design section 6).
package final class Postman: Service {
    package struct Settings: Sendable {
        /// Lines to the mail server at the same time, at most.
        package var connections = 4
        /// Lines at the start; they grow with every 20 mails that the server took.
        package var firstConnections = 1
        package var quota = MailQuota()
        /// How often the outbox is looked through without being woken.
        package var poll: Duration = .seconds(15)
        /// How long a line waits before it asks again for a database that was away.
        package var pause: Duration = .milliseconds(500)
        /// A line is renewed after so many mails, and after so long.
        package var mailsPerSession = 100
        package var sessionLife = Span.minutes(5)
        /// How a line waits for its turn under a quota.
        package var sleep: @Sendable (Span) async -> Void = { span in
            // Nobody is to be told of an end in sleep: whoever sleeps looks whether the program stops.
            try? await Task.sleep(for: .milliseconds(span.milliseconds))
        }
        package init() {}
    }

    let database: any Database
    let transport: (any MailTransport)?
    let composer: MailComposer
    let keyring: Keyring
    /// In whose name mails are taken in hand.
    let server: ServerAtWork
    private let mayTakeUp: @Sendable () -> Bool
    let clock: Clock
    let settings: Settings
    let jitter: @Sendable () -> Double
    let logger: Logger
    private let onChange: @Sendable (ID<Mailing>) -> Void
    let breaker = Breaker()
    let lines: LineCount
    let pace: BulkPace
    private let bell = PostmanBell()
    private let state: Mutex<State>

    private struct State {
        var status: PostmanStatus
        var turns = MailTurns()
        /// When something may leave that has to wait.
        var wakesAt: Timestamp?
        var isStopping = false
    }

    /// Without a transport mails are held. `keyring` makes new links; `mayTakeUp` says whether this server may judge others
    /// to be gone; `jitter` gives numbers in 0..<1; `onChange` is called after each commit that changed a mail of a mailing.
    package init(
        database: any Database, transport: (any MailTransport)?, composer: MailComposer, keyring: Keyring,
        server: ServerAtWork, mayTakeUp: @escaping @Sendable () -> Bool = { true }, clock: Clock,
        settings: Settings = Settings(), jitter: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) },
        logger: Logger, onChange: @escaping @Sendable (ID<Mailing>) -> Void = { _ in }
    ) {
        self.database = database
        self.transport = transport
        self.composer = composer
        self.keyring = keyring
        self.server = server
        self.mayTakeUp = mayTakeUp
        self.clock = clock
        self.settings = settings
        self.jitter = jitter
        self.logger = logger
        self.onChange = onChange
        lines = LineCount(first: settings.firstConnections, most: settings.connections)
        pace = BulkPace(settings.quota.pace)
        state = Mutex(State(status: PostmanStatus(hasServer: transport != nil)))
    }

    /// How it goes at present.
    package var status: PostmanStatus {
        var status = state.withLock { $0.status }
        if let trouble = breaker.trouble {
            status.complaint = trouble.complaint
            status.troubledSince = trouble.since
            status.nextTryAt = trouble.until
        }
        status.lines = lines.allowed
        return status
    }

    /// Says that there may be mail; called after the commit that queued it.
    package func nudge() {
        bell.ring()
        // What can still be undone is due a little later.
        bell.ring(after: .milliseconds(Mailing.undo.milliseconds + 50))
    }

    /// Works until the program shuts down; mails under way are finished first.
    package func run() async throws {
        try await recover()
        state.withLock { $0.status.isRunning = true }
        await withTaskCancellationHandler {
            await withGracefulShutdownHandler {
                await work()
            } onGracefulShutdown: {
                self.stop()
            }
        } onCancel: {
            self.stop()
        }
        state.withLock { $0.status.isRunning = false }
    }

    /// Puts the outbox right where a server ended at work. Part of `run`, which does so again and again.
    package func recover() async throws {
        guard mayTakeUp() else { return }
        let (hasServer, id, now) = (transport != nil, server.id, clock.now())
        let lost = try await database.read { try $0.claims(of: id) }.filter { !server.has($0) }
        try await database.write(at: .readCommitted) {
            try $0.recoverOutbox(hasServer: hasServer, by: id, lost: lost, at: now)
        }
    }

    /// Sends what is due now, and returns when nothing is left to do. `run` does so again and again.
    package func workOff() async {
        guard let transport else { return await hold() }
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<lines.allowed {
                group.addTask {
                    var lane = PostmanLane(number, postman: self, transport: transport)
                    await lane.workOff()
                    await lane.close()
                }
            }
        }
    }

    private func work() async {
        await withTaskGroup(of: Void.self) { group in
            let count = transport == nil ? 1 : settings.connections
            for number in 0..<count { group.addTask { await self.workLane(number) } }
            group.addTask { await self.tick() }
            for _ in 0..<count { await group.next() }
            group.cancelAll()
        }
    }

    /// Rings when something may leave that had to wait, and looks through the outbox now and then. Ends with the group, which
    /// is cancelled when the lanes are through.
    private func tick() async {
        var since = ContinuousClock.now
        while (try? await Task.sleep(for: min(settings.poll, .seconds(1)))) != nil {
            if since.duration(to: .now) >= settings.poll {
                since = .now
                do { try await recover() } catch {
                    logger.error("the outbox cannot be put right", metadata: ["error": "\(error)"])
                }
                bell.ring()
            } else if isTimeToWake(at: clock.now()) {
                bell.ring()
            }
        }
    }

    private func isTimeToWake(at now: Timestamp) -> Bool {
        state.withLock { state in
            guard let wakesAt = state.wakesAt, wakesAt <= now else { return false }
            state.wakesAt = nil
            return true
        }
    }

    private func workLane(_ number: Int) async {
        var lane = transport.map { PostmanLane(number, postman: self, transport: $0) }
        while true {
            let rings = bell.rings
            if transport == nil { await hold() } else if lines.allows(number) { await lane?.workOff() }
            // What a lane could not note, for the database's sake, it notes after the next ring.
            if isStopping { break }
            await bell.wait(after: rings)
        }
        await lane?.close()
    }

    private func hold() async {
        let now = clock.now()
        do {
            let held = try await database.write(at: .readCommitted) { try $0.holdMails(at: now) }
            if held > 0 { logger.warning("mails are held: no mail server is set", metadata: ["mails": "\(held)"]) }
        } catch {
            logger.error("the outbox cannot be written", metadata: ["error": "\(error)"])
        }
    }

    /// After a commit: tells those who look at the mailing.
    func tell(_ mailing: ID<Mailing>?) { if let mailing { onChange(mailing) } }

    var isStopping: Bool { state.withLock { $0.isStopping } }

    var turns: MailTurns { state.withLock { $0.turns } }

    func noteTurn(of mail: ClaimedMail, at now: Timestamp) {
        state.withLock { $0.turns.note(mail) }
        if !mail.isSingle { pace.note(at: now) }
    }

    func noteAccepted(at now: Timestamp) {
        state.withLock { $0.status.lastAcceptedAt = now }
        if lines.noteTaken() { bell.ring() }
    }

    /// Looks for work again at that moment, if not before.
    func wake(at moment: Timestamp) {
        state.withLock { $0.wakesAt = min($0.wakesAt ?? moment, moment) }
    }

    private func stop() {
        state.withLock { $0.isStopping = true }
        bell.ring()
    }
}
