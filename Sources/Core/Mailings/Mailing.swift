package import Storage

/// One press of Send. Owner of ids.
package enum Mailing {}
/// One mail of the outbox. Owner of ids.
package enum OutgoingMail {}

/// What a mail is for. Only activation emails are told of on a student's row.
package enum MailKind: String, Sendable, CaseIterable, SQLDecodable {
    case activation
    /// To somebody who has forgotten the own password.
    case renewal
    case notice

    package static func decode(_ column: String, from row: any Row) throws -> Self? {
        guard let text = try row.text(column) else { return nil }
        guard let kind = Self(rawValue: text) else { throw MissingColumn(column) }
        return kind
    }
}

/// Where a mail is on its way (design section 6).
package enum MailState: String, Sendable, CaseIterable, SQLDecodable {
    case queued, sending
    case inData = "in_data"
    case accepted, deferred, failed, unknown, held, cancelled, bounced

    package static func decode(_ column: String, from row: any Row) throws -> Self? {
        guard let text = try row.text(column) else { return nil }
        guard let state = Self(rawValue: text) else { throw MissingColumn(column) }
        return state
    }
}

/// What pressing Send would do, student by student: nobody is skipped in silence.
package struct MailingPreview: Sendable, Equatable {
    package struct Person: Sendable, Equatable {
        package let id: ID<Account>
        package let name: String
        package let givenName: String
        package let username: String
        /// The language that the student's mail is in.
        package let language: String
        package init(id: ID<Account>, name: String, givenName: String, username: String, language: String) {
            self.id = id
            self.name = name
            self.givenName = givenName
            self.username = username
            self.language = language
        }
    }
    package var mailed: [Person] = []
    package var noAddress: [Person] = []
    /// The address was marked bad or the last mail failed for good.
    package var bounced: [Person] = []
    package var maybeSent: [Person] = []
    /// A mail is on its way or left within the last hours.
    package var recent: [Person] = []
    package var active: [Person] = []
    package var suspended: [Person] = []
    package init() {}
    package var total: Int {
        mailed.count + noAddress.count + bounced.count + maybeSent.count + recent.count + active.count + suspended.count
    }
}

/// One student's mail on a mailing's page.
package struct MailFate: Sendable, Equatable {
    package let id: ID<OutgoingMail>
    package let student: ID<Account>
    package let name: String
    package let username: String
    package let address: String?
    package let state: MailState
    package let at: Timestamp
    package let nextTryAt: Timestamp?
    /// Why, when something is wrong: a reason of ours (`MailReason` raw value) or the mail server's own words.
    package let reason: String?
    /// True when the student has become active since.
    package let isActive: Bool
    package init(
        id: ID<OutgoingMail>, student: ID<Account>, name: String, username: String, address: String?, state: MailState,
        at: Timestamp, nextTryAt: Timestamp?, reason: String?, isActive: Bool
    ) {
        self.id = id
        self.student = student
        self.name = name
        self.username = username
        self.address = address
        self.state = state
        self.at = at
        self.nextTryAt = nextTryAt
        self.reason = reason
        self.isActive = isActive
    }
}

/// A mailing as its page shows it.
package struct MailingReport: Sendable, Equatable {
    package let id: ID<Mailing>
    package let madeAt: Timestamp
    package let madeBy: String
    package let isMine: Bool
    /// True when it went to all of the sender's trackers.
    package let allTrackers: Bool
    package let trackers: [String]
    package let message: String
    package let counts: [MailState: Int]
    /// The mails on this page, those that need somebody first.
    package let mails: [MailFate]
    /// Who of the chosen got no mail, and why; as counted when Send was pressed.
    package let skipped: MailingPreview
    package let next: String?
    package init(
        id: ID<Mailing>, madeAt: Timestamp, madeBy: String, isMine: Bool, allTrackers: Bool, trackers: [String],
        message: String, counts: [MailState: Int], mails: [MailFate], skipped: MailingPreview, next: String?
    ) {
        self.id = id
        self.madeAt = madeAt
        self.madeBy = madeBy
        self.isMine = isMine
        self.allTrackers = allTrackers
        self.trackers = trackers
        self.message = message
        self.counts = counts
        self.mails = mails
        self.skipped = skipped
        self.next = next
    }
}
