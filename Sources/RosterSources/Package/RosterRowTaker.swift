package import Core

/// What came of rows.
package struct RosterRowCounts: Sendable, Equatable {
    /// All rows; what was refused or left out is counted too.
    package var read = 0
    package var refused = 0
    /// Read as if they were not there.
    package var markedForDeletion = 0
    /// Rows that FirstBell has no use for.
    package var leftOut = 0
}

/// Takes the rows of one kind one by one, from a file or a service. A row that cannot be taken is reported.
package struct RosterRowTaker {
    private let values: any RosterValues
    private let row: any RosterRow
    private let status: Column
    /// What the rows are and where their ids stand, among changes.
    private let changed: (kind: RosterRowKey.Kind, id: Column)?
    package private(set) var counts = RosterRowCounts()
    private var notes: [RowNote] = []
    private var garbled: [String] = []
    private var records: [RosterRecord] = []

    /// Takes the rows of a file of OneRoster's, such as `users.csv`, whose values come from elsewhere.
    package init(
        oneRosterFile file: String, _ values: any RosterValues, peopleHaveRoles: Bool, isDelta: Bool
    ) throws {
        guard let kind = RosterFormat.oneRoster.files.first(where: { $0.name == file }) else {
            preconditionFailure("\(file) is no file of OneRoster")
        }
        self.init(
            try kind.row(values, RosterContext(peopleHaveRoles: peopleHaveRoles)), of: values,
            changing: isDelta ? kind.rows : nil)
    }

    /// `kind` is what the rows are, where they are changes only.
    init(_ row: any RosterRow, of values: any RosterValues, changing kind: RosterRowKey.Kind?) {
        self.row = row
        self.values = values
        status = values.column("status")
        let id = values.column("sourcedId", "sourceId")
        changed = kind.map { ($0, id) }
    }

    /// Takes the present row.
    package mutating func take(at place: RosterPlace, into receiver: inout some RosterReceiver) throws {
        counts.read += 1
        records.removeAll(keepingCapacity: true)
        notes.removeAll(keepingCapacity: true)
        var gone: RosterRowKey?
        do throws(RowRefused) {
            try values.checkRow()
            if isMarkedForDeletion() {
                counts.markedForDeletion += 1
            } else {
                try row.read(values, into: &records, notes: &notes)
                if records.isEmpty { counts.leftOut += 1 }
            }
            gone = records.isEmpty ? try goneRow() : nil
        } catch {
            counts.refused += 1
            return try receiver.report(
                RosterProblem(
                    place: place, reason: error.reason, value: String(error.value.prefix(100)),
                    subject: row.subject(in: values).readable, row: row.key(in: values)))
        }
        if let gone { try receiver.remove(gone) }
        guard !records.isEmpty else { return }
        for record in records {
            if garbled.count < 5, case .person(let person) = record {
                garbled += [person.givenName, person.familyName].filter(PersonName.looksGarbled)
            }
            try receiver.receive(record, at: place)
        }
        for note in notes { try report(note, at: place, subject: row.subject(in: values).readable, to: &receiver) }
    }

    /// After the last row: reports what concerns all.
    package func finish(_ file: String, into receiver: inout some RosterReceiver) throws {
        guard !garbled.isEmpty else { return }
        let note = RowNote(
            reason:
                "Names look garbled since before the export, as “JosÃ©” for “José”. Correct them at the source: {value}",
            value: garbled.prefix(5).map { String($0.prefix(18)) }.joined(separator: ", "))
        try report(note, at: RosterPlace(file: file, line: 0), to: &receiver)
    }

    /// Among changes: what the present row says is there no more, or of no use to FirstBell any more.
    private func goneRow() throws(RowRefused) -> RosterRowKey? {
        guard let changed else { return nil }
        return RosterRowKey(changed.kind, try RosterID.checked(values.text(changed.id)))
    }

    private mutating func isMarkedForDeletion() -> Bool {
        let text = values.text(status)
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
