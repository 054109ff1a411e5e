package import AsyncHTTPClient
package import Core
package import RosterSources

/// Pulls rosters from a OneRoster service, page by page, whatever their size.
package struct OneRosterService: Sendable {
    private let connection: OneRosterConnection
    private let line: ServiceLine

    /// `client` has to be of `HTTPClient.Configuration.rosters`.
    package init(connection: OneRosterConnection, client: HTTPClient, surroundings: Surroundings = .system) {
        self.connection = connection
        line = ServiceLine(client: client, surroundings: surroundings, tries: connection.tries)
    }

    /// The whole roster, or what was changed `since` an hour before an instant. Throws `RosterRefused` where the service cannot
    /// be read to its end, whatever was handed over till then; and what the receiver or `progress` throws. The receiver may
    /// block: a pull has a thread of its own.
    package func pull(
        since: Timestamp? = nil, into receiver: inout some RosterReceiver,
        progress: (OneRosterProgress) throws -> Void = { _ in }
    ) async throws -> RosterSummary {
        var summary = RosterSummary(
            format: .oneRoster, version: connection.version, systemName: connection.base.host)
        summary.isOfService = true
        try await withTaskExecutorPreference(PullThread()) {
            if since != nil {
                try receiver.begin(RosterChanges(wholeKinds: [], rolesFollowPeople: connection.version == .v1_2))
            }
            let key = ServiceKey(connection, line: line)
            for collection in OneRosterCollection.allCases {
                let pull = CollectionPull(collection, connection, key, since: since)
                try await pull.read(into: &receiver, summary: &summary, progress: progress)
            }
        }
        return summary
    }
}
