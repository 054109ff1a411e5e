import Core
import Logging
import Storage
import Synchronization

/// One line to the mail server and the task that uses it: one mail at a time.
struct PostmanLane {
    /// Where a mail has to wait for its turn no longer than this, the line is kept.
    private static let patience = Span.seconds(2)

    /// What a look into the outbox gave.
    private enum Find {
        case mail(ClaimedMail, MailClaim)
        /// There is mail, but none may leave before that moment.
        case wait(until: Timestamp)
        case nothing
    }

    /// Counted from 0.
    let number: Int
    let postman: Postman
    let transport: any MailTransport
    private var session: (any MailSession)?
    private var mailsOfSession = 0
    private var sessionBegan = Timestamp(milliseconds: 0)
    /// What the last mail came to, not yet written.
    private var unwritten: (mail: ID<OutgoingMail>, outcome: MailOutcome, hand: MailClaim)?
    /// The mailing of the mail that was last in hand.
    private var mailing: ID<Mailing>?
    /// The database was away at the last try.
    private var isAway = false

    init(_ number: Int, postman: Postman, transport: any MailTransport) {
        self.number = number
        self.postman = postman
        self.transport = transport
    }

    /// Sends one mail after the other until none is due, the server takes none, or the program shuts down.
    mutating func workOff() async {
        repeat {
            await sendAll()
            await close()
        } while await isWorthAnotherTry()
    }

    private mutating func sendAll() async {
        while true {
            switch await next() {
            case .mail(let mail, let hand): unwritten = (mail.id, await send(mail, by: hand), hand)
            case .nothing: return
            case .wait(let until):
                let rest = Span(milliseconds: until.milliseconds - postman.clock.now().milliseconds)
                // One line is enough to wait.
                guard number == 0, rest.milliseconds <= Self.patience.milliseconds, !postman.isStopping else {
                    return postman.wake(at: until)
                }
                await postman.settings.sleep(Span(milliseconds: max(1, rest.milliseconds)))
            }
        }
    }

    mutating func close() async {
        await session?.quit()
        session = nil
        mailsOfSession = 0
    }

    /// True after a moment where the database is away: what the last mail came to waits to be written.
    private func isWorthAnotherTry() async -> Bool {
        guard isAway, !postman.isStopping else { return false }
        return (try? await Task.sleep(for: postman.settings.pause)) != nil
    }

    /// Writes what the last mail came to and claims the next, in one transaction.
    ///
    /// Where the answer is lost, the last mail is noted again. Of the next one nobody knows, and no hand has it.
    private mutating func next() async -> Find {
        let (now, done) = (postman.clock.now(), unwritten)
        let mayTry = !postman.isStopping && postman.lines.allows(number) && postman.breaker.mayTry(at: now)
        guard mayTry || done != nil else { return .nothing }
        let hand = MailClaim(id: .new(at: now), server: postman.server.id)
        postman.server.begin(hand.id)
        do {
            let claim = claim(by: hand, at: now)
            let found: Find = try await postman.database.write(at: .readCommitted) { connection in
                if let done { try connection.settle(done.mail, done.outcome, by: done.hand, at: now) }
                return mayTry ? try claim(connection) : .nothing
            }
            if let done { postman.server.end(done.hand.id) }
            (unwritten, isAway) = (nil, false)
            if done != nil { postman.tell(mailing) }
            mailing = nil
            if case .mail(let mail, _) = found {
                mailing = mail.mailing
                postman.tell(mailing)
                postman.noteTurn(of: mail, at: now)
                return found
            }
            postman.server.end(hand.id)
            if mayTry { postman.breaker.giveBack() }
            return found
        } catch let error as StorageError where error.isOfTheLine { isAway = true } catch {
            isAway = false
            postman.logger.error("the outbox cannot be written", metadata: ["error": "\(error)"])
        }
        postman.server.end(hand.id)
        if mayTry { postman.breaker.giveBack() }
        return .nothing
    }

    /// Takes what is due and may leave: of what the quotas keep back it says until when.
    private func claim(by hand: MailClaim, at now: Timestamp) -> @Sendable (any Connection) throws -> Find {
        let (keyring, quota, turns, paced) = (
            postman.keyring, postman.settings.quota, postman.turns, postman.pace.wait(at: now)
        )
        let link = ID<ActivationLink>.random()
        return { connection in
            let allowance = try connection.allowance(of: quota, at: now)
            let isNothing = if case .nothing = allowance { true } else { false }
            let until = [allowance.until, paced].compactMap(\.self).max()
            let mail =
                isNothing
                ? nil
                : try connection.claimMails(
                    limit: 1, newLinks: [link], keyring: keyring, after: turns, singlesOnly: until != nil, by: hand,
                    at: now
                ).first
            if let mail { return .mail(mail, hand) }
            guard let until, try connection.hasDueMails(at: now) else { return .nothing }
            return .wait(until: until)
        }
    }

    private mutating func send(_ mail: ClaimedMail, by hand: MailClaim) async -> MailOutcome {
        let now = postman.clock.now()
        let parcel: Parcel
        do {
            guard let made = try postman.composer.parcel(for: mail, at: now) else {
                postman.breaker.giveBack()
                return .failed(reason: MailReason.badAddress.rawValue, addressIsBad: true)
            }
            parcel = made
        } catch {
            // A key or a template is missing: that is so for every mail.
            return trip("\(error)")
        }
        do {
            let result = try await deliver(parcel, of: mail.id, by: hand)
            return outcome(of: result, for: mail, to: parcel.recipient)
        } catch let fault as DeliveryFault {
            return keepBack(fault)
        } catch {
            // The state could not be written when the server asked for the body: it got none.
            postman.breaker.giveBack()
            postman.logger.error("the outbox cannot be written", metadata: ["error": "\(error)"])
            return .released
        }
    }

    /// Hands a mail over. A line that ended since the mail before is opened anew once: servers close those that are idle, and
    /// those that took as many mails as one may bring.
    private mutating func deliver(
        _ parcel: Parcel, of mail: ID<OutgoingMail>, by hand: MailClaim
    ) async throws -> DeliveryResult {
        let (database, clock, postman, mailing) = (postman.database, postman.clock, postman, mailing)
        while true {
            let isReused = mailsOfSession > 0
            let hasBegun = Mutex(false)
            let line = try await openSession()
            mailsOfSession += 1
            let result: DeliveryResult
            do {
                result = try await line.deliver(parcel) {
                    let now = clock.now()
                    let isOurs = try await database.write(at: .readCommitted) {
                        try $0.markInData(mail, by: hand, at: now)
                    }
                    guard isOurs else { throw NotOurs() }
                    postman.tell(mailing)
                    hasBegun.withLock { $0 = true }
                }
            } catch {
                await close()
                throw error
            }
            let isOpen = await line.isOpen
            if !isOpen || isWornOut { await close() }
            if isReused, !isOpen, !hasBegun.withLock({ $0 }), case .deferred(let fault) = result,
                fault.scope == .server, fault.isLostLine || fault.saysBusy
            {
                continue
            }
            return result
        }
    }

    private var isWornOut: Bool {
        mailsOfSession >= postman.settings.mailsPerSession
            || postman.clock.now() >= sessionBegan + postman.settings.sessionLife
    }

    /// Another server has taken the mail up.
    private struct NotOurs: Error {}

    private mutating func openSession() async throws(DeliveryFault) -> any MailSession {
        if let session { return session }
        let opened = try await transport.open()
        (session, mailsOfSession, sessionBegan) = (opened, 0, postman.clock.now())
        return opened
    }

    private func outcome(of result: DeliveryResult, for mail: ClaimedMail, to recipient: MailAddress) -> MailOutcome {
        let now = postman.clock.now()
        guard let fault = result.fault else {
            postman.breaker.mend()
            postman.noteAccepted(at: now)
            return .accepted
        }
        if fault.scope == .server { return keepBack(fault) }
        if fault.saysPolicy, postman.breaker.countRefusal(of: recipient) { return trip(fault.reply.description) }
        // A server that answers to the point takes mail.
        if fault.isLostLine || fault.saysPolicy { postman.breaker.giveBack() } else { postman.breaker.mend() }
        let reason = fault.isLostLine ? MailReason.lineLost.rawValue : fault.reply.description
        switch result {
        case .unknown: return .unknown(reason: reason)
        case .failed: return .failed(reason: reason, addressIsBad: fault.saysBadAddress)
        case .accepted, .deferred:
            let next = OutboxBackoff.next(
                attempts: mail.attempts, firstTriedAt: mail.firstTriedAt, now: now, jitter: postman.jitter())
            return next.map { .deferred(reason: reason, until: $0) } ?? .failed(reason: reason, addressIsBad: false)
        }
    }

    /// A server that is busy gets fewer lines first; with one line, or for any other trouble, all mail waits.
    private func keepBack(_ fault: DeliveryFault) -> MailOutcome {
        guard fault.saysBusy, postman.lines.noteBusy() else { return trip(fault.reply.description) }
        postman.breaker.giveBack()
        postman.logger.notice("the mail server is busy", metadata: ["lines": "\(postman.lines.allowed)"])
        return .released
    }

    private func trip(_ complaint: String) -> MailOutcome {
        postman.breaker.trip(complaint, at: postman.clock.now(), jitter: postman.jitter())
        if let until = postman.breaker.trouble?.until { postman.wake(at: until) }
        postman.logger.error("the mail server takes no mail", metadata: ["reason": "\(complaint)"])
        return .released
    }
}
