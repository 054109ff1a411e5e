package import Storage

/// A mail that the postman has claimed, with all that it is made of. Only the link's token is missing: it is derived.
package struct ClaimedMail: Sendable, Equatable, Record {
    package let id: ID<OutgoingMail>
    package let account: ID<Account>
    package let kind: AccountKind
    package let givenName: String
    package let username: String
    /// The account's address at the moment of the claim.
    package let address: String
    package let language: String
    package let link: ID<ActivationLink>
    package let linkKey: KeyID
    package let linkEndsAt: Timestamp
    package let senderName: String
    package let senderPlace: String
    /// The Additional Message; empty without one.
    package let message: String
    /// Tries that were charged before this one.
    package let attempts: Int
    package let firstTriedAt: Timestamp?

    package init(row: any Row) throws {
        guard let kind = AccountKind(rawValue: try row["kind"]) else { throw MissingColumn("kind") }
        id = try row["id"]
        account = try row["account_id"]
        self.kind = kind
        givenName = try row["given_name"]
        username = try row["username"]
        address = try row["address"]
        language = try row["language"]
        link = try row["link_id"]
        linkKey = try row["key_id"]
        linkEndsAt = try row["ends_at"]
        senderName = try row["sender_name"]
        senderPlace = try row["sender_place"]
        message = try row["message"]
        attempts = try row["attempts"]
        firstTriedAt = try row["first_tried_at"]
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
