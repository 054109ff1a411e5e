package import Core
package import Mail

/// What the site can ask of the mail side: how mail leaves, how that goes, and the letters of the outbox folder.
package struct Mailroom: Sendable {
    /// How the last tries to send went.
    package struct Condition: Sendable, Equatable {
        package let isRunning: Bool
        /// The mail server's last complaint in its own words; nil when all is well.
        package let complaint: String?
        /// Since when it takes no mail, and when it is tried again.
        package let since: Timestamp?
        package let nextTryAt: Timestamp?
        /// Lines to it that may be open at the same time at present.
        package let lines: Int
        package init(
            isRunning: Bool, complaint: String?, since: Timestamp? = nil, nextTryAt: Timestamp? = nil, lines: Int = 1
        ) {
            self.isRunning = isRunning
            self.complaint = complaint
            self.since = since
            self.nextTryAt = nextTryAt
            self.lines = lines
        }
    }

    package let server: MailOverview.Server
    /// Makes mails as the postman does, to be looked at.
    package let composer: MailComposer
    /// Where mail comes back to; nil when nobody reads what comes back.
    package let returns: String?
    package let condition: @Sendable () -> Condition
    package let quota: MailQuota
    /// What others see of our mail; nil where none leaves.
    package let advice: SenderAdvice?
    /// Goes all the way to a mail and stops before it; nil without a mail server.
    package let check: @Sendable () async -> ServerCheckup?
    /// The letters in the outbox folder, newest first; empty without one.
    package let letters: @Sendable () throws -> [MailOverview.Letter]
    /// The text of one of them; nil for a name that is not among them. Links are blanked outside the demo.
    package let text: @Sendable (_ name: String) throws -> Redacted<String>?

    package init(
        server: MailOverview.Server, composer: MailComposer, returns: String? = nil,
        condition: @escaping @Sendable () -> Condition, quota: MailQuota = MailQuota(),
        advice: SenderAdvice? = nil, check: @escaping @Sendable () async -> ServerCheckup? = { nil },
        letters: @escaping @Sendable () throws -> [MailOverview.Letter] = { [] },
        text: @escaping @Sendable (_ name: String) throws -> Redacted<String>? = { _ in nil }
    ) {
        self.server = server
        self.composer = composer
        self.returns = returns
        self.condition = condition
        self.quota = quota
        self.advice = advice
        self.check = check
        self.letters = letters
        self.text = text
    }
}
