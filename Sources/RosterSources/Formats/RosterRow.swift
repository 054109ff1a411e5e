import Core

/// How the rows of one file of OneRoster become records. Knows the file's columns, not the file.
protocol OneRosterRow {
    /// The present row as a record; nil for a row that FirstBell has no use for.
    func record(in table: RosterTable, notes: inout [RowNote]) throws(RowRefused) -> RosterRecord?
    /// What the row is about, by the ids as they stand there.
    func subject(in table: RosterTable) -> RosterSubject
}
