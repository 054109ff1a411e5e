package import Storage

/// A mail without secrets that tells the owner of an address what happened to an account, and asks whether it was them.
package struct Notice: Sendable, Equatable {
    /// What a notice tells of. Raw values are stored, and are those of the audit.
    package enum Event: String, Sendable, CaseIterable, SQLDecodable {
        /// The account has become active.
        case passwordChosen = "password-chosen"
        /// An active account has another password.
        case passwordChanged = "password-changed"
        /// A grown-up took the password away.
        case passwordReset = "password-reset"
        /// Mail goes to another address from now on; told to the one before.
        case addressChanged = "address-changed"

        package static func decode(_ column: String, from row: any Row) throws -> Self? {
            guard let text = try row.text(column) else { return nil }
            guard let event = Self(rawValue: text) else { throw MissingColumn(column) }
            return event
        }
    }

    /// How long its reader may answer.
    package static let life = Span.days(30)
    /// An account is closed by its owner's word once in that time; after that a grown-up looks first.
    static let calm = Span.days(30)

    package let mail: ID<OutgoingMail>
    package let account: ID<Account>
    package let kind: AccountKind
    package let event: Event
    package let givenName: String
    /// Who did it, where it was a grown-up; nil for the account's owner and for a roster.
    package let actor: String?
    /// The school of the account, or the district.
    package let place: String
    package let language: String
    package let at: Timestamp
    /// When its reader said that it was not them.
    package let disownedAt: Timestamp?
    /// True when that closed the account until a grown-up helps.
    package let closedAccount: Bool
}

/// The last part of the address behind a notice.
package typealias NoticeToken = IDToken<OutgoingMail>

extension Notice: Record {
    package init(row: any Row) throws {
        guard let kind = AccountKind(rawValue: try row["kind"]) else { throw MissingColumn("kind") }
        mail = try row["mail_id"]
        account = try row["account_id"]
        self.kind = kind
        event = try row["event"]
        givenName = try row["given_name"]
        let actorGiven: String? = try row["actor_given"]
        let actorFamily: String? = try row["actor_family"]
        actor = actorGiven.map { PersonName.shown(given: $0, family: actorFamily ?? "") }
        place = try row["place"]
        language = try row["language"]
        at = try row["made_at"]
        disownedAt = try row["disowned_at"]
        closedAccount = try row["closed_account"]
    }
}
