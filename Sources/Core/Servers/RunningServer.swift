package import Storage

/// One run of the program on a database that others may use too.
package struct RunningServer: Sendable, Equatable {
    package let id: ID<RunningServer>
    /// Its machine and data folder, which one run has at a time.
    package let place: String
    /// The ids of the keys in its keyring.
    package let keys: [KeyID]

    package init(id: ID<RunningServer>, place: String, keys: [KeyID]) {
        self.id = id
        self.place = place
        self.keys = keys
    }

    /// How long a run may be silent before others take up what it has in hand.
    package static let lease = Span.seconds(30)
}

extension SQL {
    /// True for a row that no living server has in hand; `column` says whose it is.
    static func isOrphan(_ column: SQL, at now: Timestamp) -> SQL {
        "(\(column) IS NULL OR \(column) NOT IN (SELECT v.id FROM server v WHERE v.ends_at > \(now)))"
    }
}

extension Connection {
    /// Makes a run known. Those before it at the same place have ended, and on a database that one process owns all others.
    package func announce(_ server: RunningServer, isAlone: Bool, at now: Timestamp) throws {
        if isAlone {
            try execute("DELETE FROM server")
        } else {
            try execute("DELETE FROM server WHERE place = \(server.place) OR ends_at < \(now - .days(1))")
        }
        try renewLease(of: server, at: now)
    }

    /// Says that a run is alive. One that was silent for too long begins again: what others took up meanwhile is theirs.
    package func renewLease(of server: RunningServer, at now: Timestamp) throws {
        let keys = server.keys.map(\.description).joined(separator: " ")
        try execute(
            """
            INSERT INTO server (id, place, keys, began_at, ends_at)
            VALUES (\(server.id), \(server.place), \(keys), \(now), \(now + RunningServer.lease))
            ON CONFLICT (id) DO UPDATE SET ends_at = excluded.ends_at, keys = excluded.keys
            """)
    }

    /// Lets go of everything that a run has in hand.
    package func endLease(of server: ID<RunningServer>) throws {
        try execute("DELETE FROM server WHERE id = \(server)")
    }

    /// Keys that another living server has and this one lacks, oldest first.
    package func keysMissing(in server: RunningServer, at now: Timestamp) throws -> [KeyID] {
        let lists: [String] = try rows(
            "SELECT keys FROM server WHERE id <> \(server.id) AND ends_at > \(now)"
        ).map { try $0["keys"] }
        let others = Set(lists.flatMap { $0.split(separator: " ").compactMap { KeyID(String($0)) } })
        return others.subtracting(server.keys).sorted()
    }
}
