import Core

/// Reads one file to its end.
struct RosterFileReader {
    private let table: RosterTable
    private let isWindows1252: Bool
    private let counted: CountedBytes
    private let taker: RosterRowTaker

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
        self.isWindows1252 = isWindows1252
        self.counted = counted
        taker = RosterRowTaker(row, of: table, changing: kind)
    }

    /// `progress` gets how many bytes are behind.
    func read(into receiver: inout some RosterReceiver, progress: (Int) throws -> Void) throws -> RosterRowCounts {
        var taker = taker
        while try table.next() {
            if taker.counts.read & 0x3FF == 0x3FF { try progress(counted.count) }
            try taker.take(at: RosterPlace(file: table.file, line: table.line), into: &receiver)
        }
        try reportTable(to: &receiver)
        try taker.finish(table.file, into: &receiver)
        try progress(counted.count)
        return taker.counts
    }

    /// What concerns the file's form.
    private func reportTable(to receiver: inout some RosterReceiver) throws {
        func warn(_ reason: String, _ value: String) throws {
            try receiver.report(
                RosterProblem(
                    place: RosterPlace(file: table.file, line: 0), isRefused: false, reason: reason,
                    value: String(value.prefix(100))))
        }
        for name in table.doubled {
            try warn("More than one column says {value}; in each row the first that is filled counts.", name)
        }
        guard isWindows1252 else { return }
        try warn(
            "The file is not UTF-8 and was read as Windows-1252. Check these values: {value}",
            table.guessed.map { String($0.prefix(18)) }.joined(separator: ", "))
    }
}
