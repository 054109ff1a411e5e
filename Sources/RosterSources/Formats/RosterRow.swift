import Core

/// How the rows of one kind of file become records. Knows the file's columns, not the file.
protocol RosterRow {
    /// Hands over the records of the present row; none of a row that FirstBell has no use for.
    func read(_ table: any RosterValues, into records: inout [RosterRecord], notes: inout [RowNote]) throws(RowRefused)
    /// What the row is about, by the ids as they stand there.
    func subject(in table: any RosterValues) -> RosterSubject
    /// The row's own id, where it is not that of its subject.
    func key(in table: any RosterValues) -> RosterRowKey?
}

extension RosterRow {
    func key(in _: any RosterValues) -> RosterRowKey? { nil }
}
