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
    /// True while the address to which it went is the student's, and nothing arrives there.
    package let isAddressBad: Bool
    package init(
        id: ID<OutgoingMail>, student: ID<Account>, name: String, username: String, address: String?, state: MailState,
        at: Timestamp, nextTryAt: Timestamp?, reason: String?, isActive: Bool,
        isAddressBad: Bool = false
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
        self.isAddressBad = isAddressBad
    }
}

/// Whom a mailing went to, for its page.
package struct MailingAudience: Sendable, Equatable {
    /// True for an administrator's mailing.
    package let isForSchools: Bool
    /// True for All Classrooms or All Schools.
    package let isAll: Bool
    /// Names of the first chosen trackers or schools.
    package let names: [String]
    /// How many were chosen in all.
    package let count: Int
    package init(isForSchools: Bool = false, isAll: Bool, names: [String] = [], count: Int = 0) {
        self.isForSchools = isForSchools
        self.isAll = isAll
        self.names = names
        self.count = count
    }
}

/// A mailing as its page shows it.
package struct MailingReport: Sendable, Equatable {
    package let id: ID<Mailing>
    /// To students, or to staff.
    package let kind: AccountKind
    package let madeAt: Timestamp
    package let madeBy: String
    package let isMine: Bool
    package let audience: MailingAudience
    package let message: String
    package let counts: [MailState: Int]
    /// How many mails were counted at the press, while they are still being queued; nil once all are.
    package let expected: Int?
    /// Until when the press can be undone; nil for a mail that went at once.
    package let undoUntil: Timestamp?
    /// That it is paused or was cancelled.
    package let stop: MailingStop?
    /// Whether the reader may correct an address.
    package let mayCorrect: Bool
    /// The mails on this page, those that need somebody first.
    package let mails: [MailFate]
    /// Who of the chosen got no mail, and why; as counted when Send was pressed.
    package let skipped: MailingPreview
    package let next: String?
    package init(
        id: ID<Mailing>, kind: AccountKind = .student, madeAt: Timestamp, madeBy: String, isMine: Bool,
        audience: MailingAudience, message: String, counts: [MailState: Int], expected: Int? = nil,
        undoUntil: Timestamp? = nil, stop: MailingStop? = nil, mayCorrect: Bool = true, mails: [MailFate],
        skipped: MailingPreview, next: String?
    ) {
        self.id = id
        self.kind = kind
        self.madeAt = madeAt
        self.madeBy = madeBy
        self.isMine = isMine
        self.audience = audience
        self.message = message
        self.counts = counts
        self.expected = expected
        self.undoUntil = undoUntil
        self.stop = stop
        self.mayCorrect = mayCorrect
        self.mails = mails
        self.skipped = skipped
        self.next = next
    }
}
