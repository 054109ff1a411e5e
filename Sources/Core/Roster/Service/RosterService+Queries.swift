package import Storage

extension RosterService: Record {
    static let columns: SQL =
        "version, address, token_address, client, scope, nightly_at, changes_every, applies_itself"

    package init(row: any Row) throws {
        self.init(
            version: try row["version"], address: try row["address"], tokenAddress: try row["token_address"],
            client: try row["client"], scope: try row["scope"], nightlyAt: try row["nightly_at"],
            changesEvery: try row["changes_every"], appliesItself: try row["applies_itself"])
    }
}

/// Why a service was not saved.
package enum RosterServiceRefused: Error, Equatable {
    /// None is known yet, or the one that is was given for another address: whoever changes where it goes gives it anew.
    case secretMissing
}

extension Connection {
    /// The district's service; nil where rosters come as files alone.
    package func rosterService() throws -> RosterService? {
        try fetchOne("SELECT \(RosterService.columns) FROM roster_service")
    }

    /// Saves the district's service. Without a secret the one that is there stays, if it goes where it went. Throws
    /// `RosterServiceRefused`.
    package func save(
        _ service: RosterService, secret: Redacted<String>?, keyring: Keyring, by person: ID<Account>,
        entry: ID<AuditEntry>, at now: Timestamp
    ) throws {
        let sealed: Sealed
        if let secret {
            sealed = try Sealed(Array(secret.value.utf8), at: service.secretPlace, keyring: keyring)
        } else {
            let before = try rosterService()
            guard before?.secretPlace == service.secretPlace, before?.client == service.client,
                let kept = try sealedSecret()
            else { throw RosterServiceRefused.secretMissing }
            sealed = kept
        }
        try execute("DELETE FROM roster_service")
        try execute(
            """
            INSERT INTO roster_service (id, \(RosterService.columns), key_id, sealed, saved_at, saved_by)
            VALUES ('district', \(service.version), \(service.address), \(service.tokenAddress), \(service.client),
              \(service.scope), \(service.nightlyAt), \(service.changesEvery), \(service.appliesItself), \(sealed.key),
              \(sealed.text), \(now), \(person))
            """)
        try record(.rosterServiceSaved, by: person, detail: service.host, id: entry, at: now)
    }

    /// Forgets the service and its secret; one that is gone already is no error.
    package func removeRosterService(
        by person: ID<Account>, entry: ID<AuditEntry>, at now: Timestamp
    ) throws {
        guard let service = try rosterService() else { return }
        try execute("DELETE FROM roster_service")
        try record(.rosterServiceRemoved, by: person, detail: service.host, id: entry, at: now)
    }

    /// The service with its secret opened; nil where there is none. Throws where the secret cannot be opened.
    func rosterServiceAccess(keyring: Keyring) throws -> RosterServiceAccess? {
        guard let service = try rosterService(), let sealed = try sealedSecret() else { return nil }
        let secret = try sealed.open(at: service.secretPlace, keyring: keyring)
        return RosterServiceAccess(service: service, secret: Redacted(String(decoding: secret, as: UTF8.self)))
    }

    private func sealedSecret() throws -> Sealed? {
        try rows("SELECT key_id, sealed FROM roster_service").first.map {
            Sealed(key: try $0["key_id"], text: try $0["sealed"])
        }
    }
}
