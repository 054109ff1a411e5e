/// The OneRoster service of a district's student system, and when rosters are read from it.
package struct RosterService: Sendable, Equatable {
    /// Of OneRoster: `1.1` or `1.2`.
    package let version: String
    /// Up to the collections, as `https://sis.example.org/ims/oneroster/v1p1`.
    package let address: String
    /// Where tokens are given (OAuth 2 client credentials); nil where requests are signed (OAuth 1.0a).
    package let tokenAddress: String?
    /// The client id, or the key.
    package let client: String
    /// nil where none is asked for.
    package let scope: String?
    /// Minutes after midnight in the district's time zone at which all is read; nil for never.
    package let nightlyAt: Int?
    /// Minutes after which what has changed is read; nil for never.
    package let changesEvery: Int?
    /// Whether what is read on schedule is applied, but for what is held.
    package let appliesItself: Bool

    package init(
        version: String, address: String, tokenAddress: String?, client: String, scope: String? = nil,
        nightlyAt: Int? = nil, changesEvery: Int? = nil, appliesItself: Bool = true
    ) {
        self.version = version
        self.address = address
        self.tokenAddress = tokenAddress
        self.client = client
        self.scope = scope
        self.nightlyAt = nightlyAt
        self.changesEvery = changesEvery
        self.appliesItself = appliesItself
    }

    /// The scope that is enough for rosters (OneRoster 1.1 section 4.3, OneRoster 1.2 Rostering section 5.2).
    package static func usualScope(of version: String) -> String {
        "https://purl.imsglobal.org/spec/or/\(version == "1.2" ? "v1p2" : "v1p1")/scope/roster-core.readonly"
    }

    /// The source under whose name its ids are known: that of the packages which the same student system exports.
    static let source = "roster"

    /// Where the secret is sent. A secret that was given for one place is never sent to another.
    var secretPlace: String { "roster_service \(address) \(tokenAddress ?? "")" }

    /// The name of the server, for people.
    package var host: String {
        String(address.drop { $0 != "/" }.drop { $0 == "/" }.prefix { $0 != "/" })
    }
}

/// A service with the secret that it wants.
package struct RosterServiceAccess: Sendable {
    package let service: RosterService
    package let secret: Redacted<String>
    package init(service: RosterService, secret: Redacted<String>) {
        self.service = service
        self.secret = secret
    }
}

/// How much of a service's roster is read.
package enum RosterPull: String, Sendable, Equatable { case whole, changes }

/// Speaks to services.
package struct RosterServiceClient: Sendable {
    /// Throws `RosterRefused` for an address that no secret may go to, and for what the version does not know.
    package let check: @Sendable (RosterServiceAccess) throws -> Void
    /// Reads the whole roster, or what was changed since an instant; `progress` takes 0 to 1. Throws `RosterRefused` where it
    /// could not be read to its end. The intake may make it wait.
    package let pull:
        @Sendable (
            _ access: RosterServiceAccess, _ since: Timestamp?, _ intake: inout RosterIntake,
            _ progress: @escaping @Sendable (Double) -> Void
        ) async throws -> Void
    package init(
        check: @escaping @Sendable (RosterServiceAccess) throws -> Void,
        pull:
            @escaping @Sendable (
                _ access: RosterServiceAccess, _ since: Timestamp?, _ intake: inout RosterIntake,
                _ progress: @escaping @Sendable (Double) -> Void
            ) async throws -> Void
    ) {
        self.check = check
        self.pull = pull
    }
}
