import Core
import Logging
import Storage

/// One line to the mail server and the task that uses it: one mail at a time.
struct PostmanLane {
    let postman: Postman
    let transport: any MailTransport
    private var session: (any MailSession)?
    private var mailsOfSession = 0
    /// What the last mail came to, not yet written.
    private var unwritten: (mail: ID<OutgoingMail>, outcome: MailOutcome, hand: MailClaim)?
    /// The mailing of the mail that was last in hand.
    private var mailing: ID<Mailing>?
    /// The database was away at the last try.
    private var isAway = false

    init(postman: Postman, transport: any MailTransport) {
        self.postman = postman
        self.transport = transport
    }

    /// Sends one mail after the other until none is due, the server takes none, or the program shuts down.
    mutating func workOff() async {
        repeat {
            while let (mail, hand) = await next() {
                let outcome = await send(mail, by: hand)
                unwritten = (mail.id, outcome, hand)
            }
            await close()
        } while await isWorthAnotherTry()
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
    private mutating func next() async -> (ClaimedMail, MailClaim)? {
        let (now, done, keyring) = (postman.clock.now(), unwritten, postman.keyring)
        let mayTry = !postman.isStopping && postman.breaker.mayTry(at: now)
        guard mayTry || done != nil else { return nil }
        let link = ID<ActivationLink>.random()
        let hand = MailClaim(id: .new(at: now), server: postman.server.id)
        postman.server.begin(hand.id)
        do {
            let mail = try await postman.database.write(at: .readCommitted) { connection in
                if let done { try connection.settle(done.mail, done.outcome, by: done.hand, at: now) }
                return mayTry
                    ? try connection.claimMails(limit: 1, newLinks: [link], keyring: keyring, by: hand, at: now).first
                    : nil
            }
            if let done { postman.server.end(done.hand.id) }
            (unwritten, isAway) = (nil, false)
            if done != nil { postman.tell(mailing) }
            mailing = mail?.mailing
            if let mail {
                postman.tell(mailing)
                return (mail, hand)
            }
        } catch let error as StorageError where error.isOfTheLine { isAway = true } catch {
            isAway = false
            postman.logger.error("the outbox cannot be written", metadata: ["error": "\(error)"])
        }
        postman.server.end(hand.id)
        if mayTry { postman.breaker.giveBack() }
        return nil
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
            return trip(fault.reply.description)
        } catch {
            // The state could not be written when the server asked for the body: it got none.
            postman.breaker.giveBack()
            postman.logger.error("the outbox cannot be written", metadata: ["error": "\(error)"])
            return .released
        }
    }

    /// Hands a mail over. A line that broke since the mail before is opened anew once: servers close idle lines.
    private mutating func deliver(
        _ parcel: Parcel, of mail: ID<OutgoingMail>, by hand: MailClaim
    ) async throws -> DeliveryResult {
        let (database, clock, postman, mailing) = (postman.database, postman.clock, postman, mailing)
        while true {
            let isReused = mailsOfSession > 0
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
                }
            } catch {
                await close()
                throw error
            }
            let isOpen = await line.isOpen
            if !isOpen || mailsOfSession >= postman.settings.mailsPerSession { await close() }
            if isReused, !isOpen, case .deferred(let fault) = result, fault.scope == .server, fault.isLostLine {
                continue
            }
            return result
        }
    }

    /// Another server has taken the mail up.
    private struct NotOurs: Error {}

    private mutating func openSession() async throws(DeliveryFault) -> any MailSession {
        if let session { return session }
        let opened = try await transport.open()
        session = opened
        mailsOfSession = 0
        return opened
    }

    private func outcome(of result: DeliveryResult, for mail: ClaimedMail, to recipient: MailAddress) -> MailOutcome {
        let now = postman.clock.now()
        guard let fault = result.fault else {
            postman.breaker.mend()
            postman.noteAccepted(at: now)
            return .accepted
        }
        if fault.scope == .server { return trip(fault.reply.description) }
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

    private func trip(_ complaint: String) -> MailOutcome {
        postman.breaker.trip(complaint, at: postman.clock.now(), jitter: postman.jitter())
        postman.logger.error("the mail server takes no mail", metadata: ["reason": "\(complaint)"])
        return .released
    }
}
