import Core

/// Reads one file of a package to its end.
struct RosterFileReader {
    private let part: RosterPackage.Part
    private let table: RosterTable
    private let counted: CountedBytes
    private let taker: RosterRowTaker

    init(_ part: RosterPackage.Part, of package: RosterPackage, in context: RosterContext) throws {
        let counted = CountedBytes()
        self.part = part
        self.counted = counted
        table = try package.table(of: part) { counted.counting($0) }
        taker = try RosterRowTaker(
            part.kind, named: part.kind.name, table, context, isDelta: package.manifest?.isDelta(part.kind) ?? false)
    }

    func read(
        into receiver: inout some RosterReceiver, summary: inout RosterSummary, progress: (Int) throws -> Void
    ) throws {
        var taker = taker
        var rows = 0
        while try table.next() {
            rows += 1
            if rows & 0x3FF == 0 { try progress(counted.count) }
            try taker.take(at: RosterPlace(file: table.file, line: table.line), into: &receiver, summary: &summary)
        }
        try reportTable(to: &receiver)
        try taker.finish(table.file, into: &receiver, summary: &summary)
        try progress(counted.count)
    }

    /// What concerns the file's form.
    private func reportTable(to receiver: inout some RosterReceiver) throws {
        func warn(_ note: RowNote) throws {
            try receiver.report(
                RosterProblem(
                    place: RosterPlace(file: table.file, line: 0), isRefused: false, reason: note.reason,
                    value: String(note.value.prefix(100))))
        }
        for name in table.doubled {
            try warn(
                RowNote(
                    reason: "More than one column says {value}; in each row the first that is filled counts.",
                    value: name))
        }
        guard part.survey.encoding == .windows1252 else { return }
        try warn(
            RowNote(
                reason: "The file is not UTF-8 and was read as Windows-1252. Check these values: {value}",
                value: table.guessed.map { String($0.prefix(18)) }.joined(separator: ", ")))
    }
}
