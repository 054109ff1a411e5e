import Core

/// What came of the rows of one file.
package struct RosterRowCounts: Sendable, Equatable {
    /// All rows; what was refused or left out is counted too.
    package var read = 0
    package var refused = 0
    /// Read as if they were not there.
    package var markedForDeletion = 0
    /// Rows that FirstBell has no use for.
    package var leftOut = 0
}

/// Reads one file to its end. A row that cannot be taken is reported and the next one read.
struct RosterFileReader {
    private let table: RosterTable
    private let row: any RosterRow
    private let status: Column
    private let isWindows1252: Bool
    /// What the rows are and where their ids stand, in a file of changes.
    private let changed: (kind: RosterRowKey.Kind, id: Column)?
    private let counted: CountedBytes

    init(_ part: RosterPackage.Part, of package: RosterPackage, in context: RosterContext) throws {
        let counted = CountedBytes()
        let table = try package.table(of: part) { counted.counting($0) }
        let isDelta = package.manifest?.isDelta(part.kind) ?? false
        self.init(
            table, of: try part.kind.row(table, context), changing: isDelta ? part.kind.rows : nil,
            isWindows1252: part.survey.encoding == .windows1252, counted: counted)
    }

    /// `counted` is what the table's bytes come through; `kind` is what its rows are, where they are changes only.
    init(
        _ table: RosterTable, of row: any RosterRow, changing kind: RosterRowKey.Kind? = nil, isWindows1252: Bool,
        counted: CountedBytes
    ) {
        self.table = table
        self.row = row
        self.isWindows1252 = isWindows1252
        self.counted = counted
        status = table.column("status")
        let id = table.column("sourcedId", "sourceId")
        changed = kind.map { ($0, id) }
    }

    /// `progress` gets how many bytes are behind.
    func read(into receiver: inout some RosterReceiver, progress: (Int) throws -> Void) throws -> RosterRowCounts {
        let counts = try read(row, into: &receiver, progress: progress)
        try progress(counted.count)
        return counts
    }

    private func read<Row: RosterRow>(
        _ row: Row, into receiver: inout some RosterReceiver, progress: (Int) throws -> Void
    ) throws -> RosterRowCounts {
        var counts = RosterRowCounts()
        var notes: [RowNote] = []
        var garbled: [String] = []
        var records: [RosterRecord] = []
        var gone: RosterRowKey?
        while try table.next() {
            counts.read += 1
            if counts.read & 0x3FF == 0 { try progress(counted.count) }
            let place = RosterPlace(file: table.file, line: table.line)
            records.removeAll(keepingCapacity: true)
            do throws(RowRefused) {
                try table.checkRow()
                if isMarkedForDeletion(notes: &notes) {
                    counts.markedForDeletion += 1
                } else {
                    try row.read(table, into: &records, notes: &notes)
                    if records.isEmpty { counts.leftOut += 1 }
                }
                gone = records.isEmpty ? try goneRow() : nil
            } catch {
                counts.refused += 1
                notes.removeAll(keepingCapacity: true)
                try receiver.report(
                    RosterProblem(
                        place: place, reason: error.reason, value: String(error.value.prefix(100)),
                        subject: row.subject(in: table).readable))
                continue
            }
            if let gone { try receiver.remove(gone) }
            guard !records.isEmpty else {
                notes.removeAll(keepingCapacity: true)
                continue
            }
            for record in records {
                if garbled.count < 5, case .person(let person) = record {
                    garbled += [person.givenName, person.familyName].filter(PersonName.looksGarbled)
                }
                try receiver.receive(record, at: place)
            }
            for note in notes { try report(note, at: place, subject: row.subject(in: table).readable, to: &receiver) }
            notes.removeAll(keepingCapacity: true)
        }
        try reportTable(garbled: garbled, to: &receiver)
        return counts
    }

    /// In a file of changes: what the present row says is there no more, or of no use to FirstBell any more.
    private func goneRow() throws(RowRefused) -> RosterRowKey? {
        guard let changed else { return nil }
        return RosterRowKey(changed.kind, try RosterID.checked(table.text(changed.id)))
    }

    private func isMarkedForDeletion(notes: inout [RowNote]) -> Bool {
        let text = table.text(status)
        if text.isEmpty || text == "active" { return false }
        switch text.lowercased() {
        case "tobedeleted", "inactive": return true
        // Canvas's words; whoever is suspended there must not sign in, but is on the roster.
        case "deleted", "completed", "deleted_last_completed": return true
        case "active", "suspended": return false
        default:
            notes.append(RowNote(reason: "The status {value} is unknown; the row was taken as active.", value: text))
            return false
        }
    }

    private func report(
        _ note: RowNote, at place: RosterPlace, subject: RosterSubject? = nil, to receiver: inout some RosterReceiver
    ) throws {
        try receiver.report(
            RosterProblem(
                place: place, isRefused: false, reason: note.reason, value: String(note.value.prefix(100)),
                subject: subject))
    }

    /// What concerns the file as a whole.
    private func reportTable(garbled: [String], to receiver: inout some RosterReceiver) throws {
        let place = RosterPlace(file: table.file, line: 0)
        for name in table.doubled {
            let note = RowNote(
                reason: "More than one column says {value}; in each row the first that is filled counts.", value: name)
            try report(note, at: place, to: &receiver)
        }
        if isWindows1252 {
            let note = RowNote(
                reason: "The file is not UTF-8 and was read as Windows-1252. Check these values: {value}",
                value: table.guessed.map { String($0.prefix(18)) }.joined(separator: ", "))
            try report(note, at: place, to: &receiver)
        }
        if !garbled.isEmpty {
            let note = RowNote(
                reason:
                    "Names look garbled since before the export, as “JosÃ©” for “José”. Correct them at the source: {value}",
                value: garbled.prefix(5).map { String($0.prefix(18)) }.joined(separator: ", "))
            try report(note, at: place, to: &receiver)
        }
    }
}

extension RosterSubject {
    /// Nil where an id is missing; a person whose id is missing or damaged is somebody.
    fileprivate var readable: RosterSubject? {
        switch self {
        case .person(let id): RosterID.isUsable(id) ? self : .somebody
        case .somebody: self
        case .school(let id), .term(let id), .tracker(let id): id.isEmpty ? nil : self
        case .place(let person, let tracker): person.isEmpty || tracker.isEmpty ? nil : self
        }
    }
}
