package import Storage

/// What a database says of the district's moving: from here or to here, and whether all of it has gone.
package struct CopyMark: Record, Equatable {
    package enum Side: String, Sendable { case source, target }
    package let id: ID<DistrictCopy>
    package let side: Side
    /// The other side, in words.
    package let other: String
    package let beganAt: Timestamp
    package let endedAt: Timestamp?

    init(id: ID<DistrictCopy>, side: Side, other: String, beganAt: Timestamp) {
        self.id = id
        self.side = side
        self.other = other
        self.beganAt = beganAt
        endedAt = nil
    }

    package init(row: any Row) throws {
        id = try row["id"]
        let name: String = try row["side"]
        guard let side = Side(rawValue: name) else { throw MissingColumn("side") }
        self.side = side
        other = try row["other"]
        beganAt = try row["began_at"]
        endedAt = try row["ended_at"]
    }
}

/// Why a database cannot be used, or not be copied.
package enum CopyRefused: Error, Sendable, Equatable {
    /// Not all of a district is here yet.
    case halfCopied(from: String, begun: Timestamp)
    /// The district has gone elsewhere.
    case moved(to: String, at: Timestamp)
    /// There is something in the target that did not come from this source, in this copying.
    case notEmpty(table: String)
    /// The target holds half a district that was copied from elsewhere, or from here before this was used again.
    case halfOfAnother(from: String)
    /// Servers run on a database that several share.
    case inUse(servers: [String])
    /// A text holds U+0000.
    case zero(table: String, column: String, key: String)
    /// The two schemas are not the same, so this is no pair of one version.
    case schemasDiffer(table: String)
    case countsDiffer(table: String, source: Int, target: Int)
    /// Somebody used the source while it was copied.
    case sourceUsed
}

extension CopyRefused {
    /// Why a database with this mark cannot be used; nil when it can.
    package static func of(_ mark: CopyMark) -> CopyRefused? {
        switch (mark.side, mark.endedAt) {
        case (.target, nil): .halfCopied(from: mark.other, begun: mark.beganAt)
        case (.source, let ended?): .moved(to: mark.other, at: ended)
        case (.source, nil), (.target, _): nil
        }
    }
}

extension Connection {
    package func copyMark() throws -> CopyMark? {
        try fetchOne("SELECT id, side, other, began_at, ended_at FROM database_copy")
    }

    func setCopyMark(_ mark: CopyMark) throws {
        try execute("DELETE FROM database_copy")
        try execute(
            """
            INSERT INTO database_copy (id, side, other, began_at)
            VALUES (\(mark.id), \(mark.side.rawValue), \(mark.other), \(mark.beganAt))
            """)
    }

    /// Returns false when the mark is gone.
    func endCopy(_ id: ID<DistrictCopy>, at now: Timestamp) throws -> Bool {
        try execute("UPDATE database_copy SET ended_at = coalesce(ended_at, \(now)) WHERE id = \(id)") == 1
    }

    /// To be called by whoever is going to use the district. Throws `CopyRefused` where it is half here, or has gone.
    ///
    /// A copying from here that is not at its end is given up: what has been copied is not what will be here.
    package func useDistrict() throws {
        guard let mark = try copyMark() else { return }
        if let refused = CopyRefused.of(mark) { throw refused }
        try execute("DELETE FROM database_copy")
    }

    /// Lets a district that has gone elsewhere be used here again. Returns where it had gone; nil when it had not.
    package func releaseDistrict() throws -> String? {
        guard let mark = try copyMark(), mark.side == .source else { return nil }
        try execute("DELETE FROM database_copy")
        return mark.other
    }

    /// The places of living servers other than this one's, whose folder's lock we hold.
    package func livingServers(except place: String, at now: Timestamp) throws -> [String] {
        try rows("SELECT DISTINCT place FROM server WHERE ends_at > \(now) AND place <> \(place) ORDER BY place").map {
            try $0["place"]
        }
    }
}
