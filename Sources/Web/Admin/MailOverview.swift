package import Core
package import Mail

/// What an administrator sees of the mail.
package struct MailOverview: Sendable, Equatable {
    /// How mail leaves.
    package enum Server: Sendable, Equatable {
        /// Host and port, and how the connection is secured, as settings say it: "TLS", "STARTTLS", "none".
        case smtp(host: String, port: Int, security: String)
        /// The outbox folder: nothing leaves this machine.
        case folder
        case none
    }
    /// One `.eml` file of the outbox folder.
    package struct Letter: Sendable, Equatable {
        /// The file's name, as it stands in `/admin/mail/letters/{name}`.
        package let name: String
        package let to: String
        package let subject: String
        package let at: Timestamp
        package init(name: String, to: String, subject: String, at: Timestamp) {
            self.name = name
            self.to = to
            self.subject = subject
            self.at = at
        }
    }
    package let server: Server
    /// How it goes at present.
    package let condition: Mailroom.Condition
    package let counts: [MailState: Int]
    package let lastAcceptedAt: Timestamp?
    /// Where mail comes back to; nil when nobody reads what comes back.
    package let returns: String?
    package let lastBounceAt: Timestamp?
    /// What left in the last 24 hours, and how much may.
    package let volume: MailVolume?
    package let quota: MailQuota
    /// What others see of our mail; nil where none leaves.
    package let advice: SenderAdvice?
    /// What was found when somebody pressed Check now.
    package let checkup: ServerCheckup?
    /// Newest first, only with the outbox folder.
    package let letters: [Letter]
    package init(
        server: Server, condition: Mailroom.Condition, counts: [MailState: Int], lastAcceptedAt: Timestamp? = nil,
        returns: String? = nil, lastBounceAt: Timestamp? = nil,
        volume: MailVolume? = nil, quota: MailQuota = MailQuota(), advice: SenderAdvice? = nil,
        checkup: ServerCheckup? = nil, letters: [Letter] = []
    ) {
        self.server = server
        self.condition = condition
        self.counts = counts
        self.lastAcceptedAt = lastAcceptedAt
        self.returns = returns
        self.lastBounceAt = lastBounceAt
        self.volume = volume
        self.quota = quota
        self.advice = advice
        self.checkup = checkup
        self.letters = letters
    }
}
