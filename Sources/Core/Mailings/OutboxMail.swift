package import Storage

/// A mail that the postman has claimed, with all that it is made of. Only its token is missing: it is derived.
package struct ClaimedMail: Sendable, Equatable {
    /// What the mail says.
    package enum Content: Sendable, Equatable {
        /// With the Additional Message; empty without one.
        case activation(MailedLink, message: String)
        case renewal(MailedLink)
        case notice(MailedNotice)
        case rosterNotice(RosterNotice)
    }

    package let id: ID<OutgoingMail>
    /// nil for one that belongs to no mailing.
    package let mailing: ID<Mailing>?
    package let priority: Int
    package let account: ID<Account>
    /// Who reads it.
    package let kind: AccountKind
    package let givenName: String
    package let username: String
    /// The account's address at the moment of the claim; of a notice, at the moment of what it tells.
    package let address: String
    package let language: String
    package let content: Content
    package let senderName: String
    package let senderPlace: String
    /// True where a person pressed Send, whose name it is.
    package let isPressed: Bool
    /// The reader's school, else the district.
    package let school: String
    package let district: String
    /// What district and school say in FirstBell's place, of the edition that was the newest at the press.
    package let own: OwnMailWords
    /// Tries that were charged before this one.
    package let attempts: Int
    package let firstTriedAt: Timestamp?
}

/// A link as its mail needs it.
package struct MailedLink: Sendable, Equatable {
    /// How long an activation link works, counted from the last try to send it.
    package static let life = Span.days(14)

    package let id: ID<ActivationLink>
    package let key: KeyID
    package let endsAt: Timestamp
}

/// A notice as its mail needs it.
package struct MailedNotice: Sendable, Equatable {
    package let event: Notice.Event
    /// Who did it, where it was a grown-up.
    package let actor: String?
    package let at: Timestamp
    package let key: KeyID
}

extension ClaimedMail {
    /// True for a mail that one person waits for: it goes before those of mailings.
    package var isSingle: Bool { priority == MailPriority.single.rawValue }

    /// `roster` is what a notice of a roster tells; nil for all other mails.
    init(row: any Row, own: OwnMailWords, roster: RosterNotice?) throws {
        guard let kind = AccountKind(rawValue: try row["account_kind"]) else { throw MissingColumn("account_kind") }
        id = try row["id"]
        mailing = try row["mailing_id"]
        priority = try row["priority"]
        account = try row["account_id"]
        self.kind = kind
        givenName = try row["given_name"]
        username = try row["username"]
        address = try row["address"]
        language = try row["language"]
        content =
            switch try row["kind"] as MailKind {
            case .activation: .activation(try MailedLink(row: row), message: try row["message"])
            case .renewal: .renewal(try MailedLink(row: row))
            case .notice: try roster.map { .rosterNotice($0) } ?? .notice(try MailedNotice(row: row))
            }
        senderName = try row["sender_name"]
        senderPlace = try row["sender_place"]
        let mailing: ID<Mailing>? = try row["mailing_id"]
        isPressed = mailing != nil
        school = try row["school"]
        district = try row["district"]
        self.own = own
        attempts = try row["attempts"]
        firstTriedAt = try row["first_tried_at"]
    }
}

extension MailedLink: Record {
    package init(row: any Row) throws {
        id = try row["link_id"]
        key = try row["key_id"]
        endsAt = try row["ends_at"]
    }
}

extension MailedNotice: Record {
    package init(row: any Row) throws {
        event = try row["event"]
        let given: String? = try row["actor_given"]
        let family: String? = try row["actor_family"]
        actor = given.map { PersonName.shown(given: $0, family: family ?? "") }
        at = try row["made_at"]
        key = try row["notice_key"]
    }
}

/// What became of a claimed mail.
package enum MailOutcome: Sendable, Equatable {
    /// The mail server has taken responsibility.
    case accepted
    /// Once more at `until`; the try is charged.
    case deferred(reason: String, until: Timestamp)
    /// Back into the queue: the trouble was not this mail's, so the try is not charged.
    case released
    case failed(reason: String, addressIsBad: Bool)
    /// Nobody knows; never sent again by itself.
    case unknown(reason: String)

    var state: MailState {
        switch self {
        case .accepted: .accepted
        case .deferred: .deferred
        case .released: .queued
        case .failed: .failed
        case .unknown: .unknown
        }
    }

    var reason: String? {
        switch self {
        case .accepted, .released: nil
        case .deferred(let reason, _), .failed(let reason, _), .unknown(let reason): reason
        }
    }
}
