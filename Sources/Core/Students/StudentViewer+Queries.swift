package import Storage

extension Connection {
    /// One student whom this person may see now, without trackers; nil for everybody else.
    package func student(_ id: ID<Account>, seenBy viewer: StudentViewer, at now: Timestamp) throws -> StudentLine? {
        let found = try fetchOne(
            "SELECT \(StudentLineRow.columns(at: now)), 0 AS place FROM account a WHERE a.id = \(id) AND \(viewer.sees)",
            as: StudentLineRow.self)
        return found?.line(trackers: [])
    }
}
