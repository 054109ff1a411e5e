import Core

/// Reads one file of a package to its end. A row that cannot be taken is reported and the next one read.
struct RosterFileReader {
    private let part: RosterPackage.Part
    private let table: RosterTable
    private let row: any RosterRow
    private let status: Column
    /// What the rows are and where their ids stand, in a file of changes.
    private let changed: (kind: RosterRowKey.Kind, id: Column)?
    private let counted: CountedBytes

    init(_ part: RosterPackage.Part, of package: RosterPackage, in context: RosterContext) throws {
        let counted = CountedBytes()
        self.part = part
        self.counted = counted
        table = try package.table(of: part) { counted.counting($0) }
        row = try part.kind.row(table, context)
        status = table.column("status")
        let isDelta = package.manifest?.isDelta(part.kind) ?? false
        let id = table.column("sourcedId", "sourceId")
        changed = isDelta ? part.kind.rows.map { ($0, id) } : nil
    }

    func read(
        into receiver: inout some RosterReceiver, summary: inout RosterSummary, progress: (Int) throws -> Void
    ) throws {
        try read(row, into: &receiver, summary: &summary, progress: progress)
        try progress(counted.count)
    }

    private func read<Row: RosterRow>(
        _ row: Row, into receiver: inout some RosterReceiver, summary: inout RosterSummary,
        progress: (Int) throws -> Void
    ) throws {
        var rows = 0
        var leftOut = 0
        var notes: [RowNote] = []
        var garbled: [String] = []
        var records: [RosterRecord] = []
        var gone: RosterRowKey?
        while try table.next() {
            rows += 1
            if rows & 0x3FF == 0 { try progress(counted.count) }
            let place = RosterPlace(file: table.file, line: table.line)
            records.removeAll(keepingCapacity: true)
            do throws(RowRefused) {
                try table.checkRow()
                if isMarkedForDeletion(notes: &notes) {
                    summary.rowsMarkedForDeletion += 1
                } else {
                    try row.read(table, into: &records, notes: &notes)
                    if records.isEmpty { leftOut += 1 }
                }
                gone = records.isEmpty ? try goneRow() : nil
            } catch {
                summary.rowsRefused += 1
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
        summary.rows[part.kind.name] = rows
        if leftOut > 0 { summary.rowsLeftOut[part.kind.name] = leftOut }
        try reportTable(garbled: garbled, to: &receiver)
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
        if part.survey.encoding == .windows1252 {
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
