package import Core

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
    /// False when no postman runs in this server.
    package let isPostmanRunning: Bool
    package let counts: [MailState: Int]
    package let lastAcceptedAt: Timestamp?
    /// Where mail comes back to; nil when nobody reads what comes back.
    package let returns: String?
    package let lastBounceAt: Timestamp?
    /// The mail server's last complaint, in its own words; nil when all is well.
    package let lastComplaint: String?
    /// Newest first, only with the outbox folder.
    package let letters: [Letter]
    package init(
        server: Server, isPostmanRunning: Bool, counts: [MailState: Int], lastAcceptedAt: Timestamp? = nil,
        returns: String? = nil, lastBounceAt: Timestamp? = nil,
        lastComplaint: String? = nil, letters: [Letter] = []
    ) {
        self.server = server
        self.isPostmanRunning = isPostmanRunning
        self.counts = counts
        self.lastAcceptedAt = lastAcceptedAt
        self.returns = returns
        self.lastBounceAt = lastBounceAt
        self.lastComplaint = lastComplaint
        self.letters = letters
    }
}
