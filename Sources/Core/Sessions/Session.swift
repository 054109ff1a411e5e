package import Storage

/// Somebody who has come in, and how far: everything a request needs to know of its sender, from one query.
package struct Session: Sendable, Equatable {
    /// How far somebody has come in.
    package enum Stage: String, Sendable {
        /// All that the account may do.
        case full
        /// Only choosing an own password: signed in with a temporary one.
        case choose
    }

    /// The digest of the cookie.
    package let id: String
    package let stage: Stage
    package let person: SignedIn
    package let givenName: String
    /// The temporary password that opened a session at stage `choose`.
    package let credential: ID<Credential>?
    /// Set for administrators.
    package let administrator: Administrator?
    /// Own choice, else roster, else school, else district.
    package let language: String
    package let seenAt: Timestamp
    /// How long it lives without a request.
    package let idle: Span
    /// When it ends, however busy it is.
    package let endsAt: Timestamp

    /// When it ends if there is no request after this moment.
    package func end(idleFrom moment: Timestamp) -> Timestamp { min(moment + idle, endsAt) }
}

extension Session: Record {
    package init(row: any Row) throws {
        id = try row["id"]
        let account: ID<Account> = try row["account_id"]
        guard let stage = Stage(rawValue: try row["stage"]) else { throw MissingColumn("stage") }
        guard let kind = AccountKind(rawValue: try row["kind"]) else { throw MissingColumn("kind") }
        self.stage = stage
        credential = try row["credential_id"]
        givenName = try row["given_name"]
        language = try row["language"]
        seenAt = try row["seen_at"]
        let pause: Int = try row["idle"]
        idle = Span(milliseconds: Int64(pause))
        endsAt = try row["ends_at"]
        let scope: String? = try row["scope"]
        administrator = scope.map { Administrator(id: account, hasDistrict: $0 == "district") }
        person = SignedIn(
            id: account, kind: kind, name: PersonName.shown(given: givenName, family: try row["family_name"]),
            username: try row["username"], isAdministrator: scope != nil,
            hasDistrict: scope == "district", place: try row["place"])
    }
}
