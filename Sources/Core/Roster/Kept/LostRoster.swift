internal import Storage

/// A roster that was refused or thrown away while later changes were added to one before it.
package struct LostRoster: Sendable, Equatable {
    package let id: ID<RosterSync>
    /// The name of the file as it was given.
    package let fileName: String
    package let madeAt: Timestamp
    /// Otherwise a person threw it away.
    package let isRefused: Bool
    package init(id: ID<RosterSync>, fileName: String, madeAt: Timestamp, isRefused: Bool) {
        (self.id, self.fileName, self.madeAt, self.isRefused) = (id, fileName, madeAt, isRefused)
    }
}

extension Connection {
    /// Those between a plan and the whole roster on which it rests, the newest first. A service tells all that has
    /// changed since the roster before.
    func lostRosters(before plan: ID<RosterSync>, limit: Int = 10) throws -> [LostRoster] {
        try rows(
            """
            WITH RECURSIVE chain (id, base) AS (
              SELECT p.id, p.added_to FROM roster_plan p WHERE p.id = \(plan)
              UNION ALL SELECT p.id, p.added_to FROM chain c JOIN roster_plan p ON p.id = c.base)
            SELECT l.id, l.file_name, l.made_at, l.state FROM chain c
            JOIN roster_plan q ON q.id = c.id AND q.pulled IS NULL
            JOIN roster_plan l ON l.source = q.source AND l.id > c.base AND l.id < c.id
              AND l.state IN ('refused', 'discarded') AND l.returns_to IS NULL
            ORDER BY l.id DESC LIMIT \(limit)
            """
        ).map { row in
            LostRoster(
                id: try row["id"], fileName: try row["file_name"], madeAt: try row["made_at"],
                isRefused: try row.text("state") == "refused")
        }
    }
}
