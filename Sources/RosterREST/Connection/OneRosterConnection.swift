package import Core
package import RosterSources

/// Where a district's OneRoster service is, and how it is spoken to.
package struct OneRosterConnection: Sendable {
    /// How the service knows us.
    package enum Authorization: Sendable {
        /// Client credentials (RFC 6749 4.4). Some services want no scope.
        case oauth2(token: String, id: String, secret: Redacted<String>, scope: String?)
        /// Two-legged, signed with HMAC-SHA256 (RFC 5849); OneRoster 1.1 alone.
        case oauth1(key: String, secret: Redacted<String>)
    }

    let base: ServiceAddress
    let version: OneRosterVersion
    let access: Access
    /// Rows asked for at once.
    let pageSize: Int
    /// How often a page is asked for before the pull is given up.
    let tries: Int

    enum Access: Sendable {
        case oauth2(OAuth2Client)
        case oauth1(OAuth1Signature)
    }

    /// Throws `RosterRefused` for an address that no secret may go to, and for what the version does not know.
    package init(
        base: String, version: OneRosterVersion, authorization: Authorization, pageSize: Int = 1_000, tries: Int = 6
    ) throws {
        self.base = try ServiceAddress(base)
        self.version = version
        self.pageSize = min(max(pageSize, 1), 10_000)
        self.tries = max(tries, 1)
        switch authorization {
        case .oauth2(let token, let id, let secret, let scope):
            access = .oauth2(
                OAuth2Client(address: try ServiceAddress(token), id: id, secret: secret, scope: scope))
        case .oauth1(let key, let secret):
            guard version != .v1_2 else { throw ServiceFault.oauth1 }
            access = .oauth1(OAuth1Signature(key: key, secret: secret))
        }
    }
}
