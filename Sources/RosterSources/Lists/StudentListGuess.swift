/// Guesses what the columns of a list of students hold: by their names, by their values, and by each other.
struct StudentListGuess {
    typealias Column = StudentListShape.Column

    /// The number of rows before the first student: the header, and a title above it.
    let rowsBefore: Int
    let names: [ListColumnName]
    let contents: [ListContent]
    var columns: [Column]
    private let delimiter: ListDelimiter
    private let hasHeader: Bool

    /// `hasHeader` is a person's word; nil where it has to be found out.
    init(_ text: ListText, hasHeader: Bool? = nil) {
        // Of a row that is refused, nobody can say where its values end.
        let rows = text.firstRows.map { $0.fault == nil ? $0.texts : [] }
        let header = hasHeader == false ? nil : Self.header(of: rows) ?? (hasHeader == true ? 0 : nil)
        rowsBefore = header.map { $0 + 1 } ?? 0
        let headers = header.map { rows[$0] } ?? []
        let students = rows.dropFirst(rowsBefore).filter { !$0.isEmpty && !ListTotal.isOne($0) }
        let count = Self.columns(headers, students)
        let names = (0..<count).map { ListColumnName($0 < headers.count ? headers[$0] : "") }
        let contents = (0..<count).map { index in ListContent(students.map { index < $0.count ? $0[index] : "" }) }
        self.names = names
        self.contents = contents
        delimiter = text.delimiter
        self.hasHeader = header != nil
        columns = (0..<count).map { index in
            let (meaning, confidence) = Self.first(names[index], contents[index], hasHeader: header != nil)
            return Column(
                meaning: meaning, confidence: confidence,
                header: index < headers.count ? String(headers[index].prefix(100)) : "")
        }
        settleNames()
        settleRivals()
        if !columns.contains(where: { Self.names.contains($0.meaning) }) { guessNames(hasHeader: header != nil) }
        for index in columns.indices where !columns[index].meaning.isUnread {
            var examples: [String] = []
            for value in contents[index].values where examples.count < 3 && !examples.contains(value) {
                examples.append(value)
            }
            columns[index].examples = examples.map { String($0.prefix(60)) }
        }
    }

    var shape: StudentListShape {
        let looks = hasHeader ? columns.map { ListColumnName.folded($0.header) } : contents.map(\.look)
        return StudentListShape(
            delimiter: delimiter, hasHeader: hasHeader, columns: columns,
            fingerprint: ListFingerprint.of([delimiter.rawValue, "\(hasHeader)"] + looks))
    }

    /// The row of column names: the first in which most are known, or the first of all if it is none of a student.
    private static func header(of rows: [[String]]) -> Int? {
        for (index, row) in rows.prefix(5).enumerated() {
            let filled = row.filter { !$0.isEmpty }
            if filled.contains(where: isData) {
                // Below a student stands no header; above one, a title may have a number in it.
                if filled.count > 1 { break }
                continue
            }
            let known = filled.count { ListColumnName($0).kind != nil }
            let isWide = rows[..<index].allSatisfy { above in above.count { !$0.isEmpty } < filled.count }
            if known >= 2, known * 2 >= filled.count, isWide { return index }
        }
        guard let first = rows.first, !first.contains(where: isData) else { return nil }
        let filled = first.filter { !$0.isEmpty }
        if filled.count == 1, ListColumnName(filled[0]).kind != nil { return 0 }
        return standsAboveData(first, rows.dropFirst()) ? 0 : nil
    }

    /// True for what no column is called.
    private static func isData(_ text: String) -> Bool {
        ListContent.isAddress(text) || ListContent.isDay(text) || ListContent.isTracker(text)
            || text.utf8.count > 2 && text.utf8.allSatisfy(\.isDigit)
    }

    /// True where a word stands above numbers or addresses.
    private static func standsAboveData(_ row: [String], _ rows: ArraySlice<[String]>) -> Bool {
        row.indices.contains { index in
            let below = ListContent(rows.map { index < $0.count ? $0[index] : "" })
            return !row[index].isEmpty && below.mostly(isData)
        }
    }

    /// As many as the header has, and more where all rows have more.
    private static func columns(_ headers: [String], _ students: [[String]]) -> Int {
        let counts = students.map(\.count)
        guard !headers.isEmpty else {
            // The rows' usual length; a longer one has slipped.
            let lengths = Dictionary(grouping: counts) { $0 }.mapValues(\.count)
            return lengths.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 0
        }
        guard counts.count > 1, let least = counts.min() else { return headers.count }
        return max(headers.count, least)
    }
}
