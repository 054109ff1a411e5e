import AsyncHTTPClient
package import Core
import RosterSources

extension RosterServiceClient {
    /// Speaks to OneRoster services (OneRoster 1.1 REST; OneRoster 1.2 Rostering Service, REST binding).
    package static func oneRoster(surroundings: Surroundings = .system) -> Self {
        Self(
            check: { access in _ = try OneRosterConnection(access) },
            pull: { access, since, intake, progress in
                let connection = try OneRosterConnection(access)
                let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: .rosters)
                let outcome: Result<RosterSummary, any Error>
                do {
                    let service = OneRosterService(
                        connection: connection, client: client, surroundings: surroundings)
                    outcome = .success(
                        try await service.pull(since: since, into: &intake) { progress($0.share) })
                } catch { outcome = .failure(error) }
                try await client.shutdown()
                intake.origin = try outcome.get().origin
            })
    }
}

extension OneRosterConnection {
    fileprivate init(_ access: RosterServiceAccess) throws {
        let service = access.service
        try self.init(
            base: service.address, version: service.version == "1.2" ? .v1_2 : .v1_1,
            authorization: service.tokenAddress.map {
                .oauth2(token: $0, id: service.client, secret: access.secret, scope: service.scope)
            } ?? .oauth1(key: service.client, secret: access.secret))
    }
}

extension OneRosterProgress {
    /// From 0 to 1, where the service says how much there is; the collections weigh what they do in most districts.
    var share: Double {
        let weights: [(name: String, weight: Double)] = [
            ("orgs", 0.01), ("academicSessions", 0.01), ("users", 0.38), ("classes", 0.1), ("enrollments", 0.5),
        ]
        let before = weights.prefix { $0.name != collection }.reduce(0) { $0 + $1.weight }
        let own = weights.first { $0.name == collection }?.weight ?? 0
        guard let rowsInAll, rowsInAll > 0 else { return before }
        return before + own * min(1, Double(rowsRead) / Double(rowsInAll))
    }
}
