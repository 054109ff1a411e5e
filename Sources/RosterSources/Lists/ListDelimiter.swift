/// What separates the values of a list. Raw values are for forms.
package enum ListDelimiter: String, Sendable, CaseIterable {
    // Commas come last: they stand in names too.
    case tab, semicolon, bar, comma
    /// Each line is one value.
    case none

    /// The sign; a zero byte, which no text has, for none.
    var byte: UInt8 {
        switch self {
        case .tab: UInt8(ascii: "\t")
        case .semicolon: UInt8(ascii: ";")
        case .bar: UInt8(ascii: "|")
        case .comma: UInt8(ascii: ",")
        case .none: 0
        }
    }

    /// The sign that gives most of the first 20 rows the same number of values, more than one.
    ///
    /// `start` is the beginning of a text in UTF-8, cut anywhere.
    static func find(in start: [UInt8]) -> ListDelimiter {
        var best: (sign: ListDelimiter, rows: Int, values: Int) = (.none, 0, 0)
        for sign in allCases where sign != .none {
            let rows = sign.rows(of: start)
            let counts = rows.map(\.count)
            guard !rows.isEmpty, counts.count(where: { $0 > 1 }) * 2 >= rows.count else { continue }
            let agreeing = Set(counts).filter { $0 > 1 }.map { count in (count, counts.count { $0 == count }) }
            guard let most = agreeing.max(by: { ($0.1, $0.0) < ($1.1, $1.0) }) else { continue }
            if sign == .comma, partsNothing(rows) { continue }
            if (most.1, most.0) > (best.rows, best.values) { best = (sign, most.1, most.0) }
        }
        return best.sign
    }

    /// The sign that the first line of a text names, as `sep=;` does for spreadsheet programs; `none` where it names none
    /// that FirstBell knows, nil where there is no such line.
    static func announced(by start: [UInt8]) -> ListDelimiter? {
        let line = start.prefix { $0 != 10 && $0 != 13 }.filter { $0 != UInt8(ascii: "\"") }
        guard line.count >= 4, String(decoding: line.prefix(4), as: UTF8.self).lowercased() == "sep=" else {
            return nil
        }
        return allCases.first { $0.byte == line.dropFirst(4).first } ?? ListDelimiter.none
    }

    private func rows(of start: [UInt8]) -> [[String]] {
        let table = CSVReader(MemoryBytes(start), file: "", delimiter: byte)
        var rows: [[String]] = []
        while rows.count < 20 {
            let hasNext = try? table.next()
            if hasNext == false { break }
            rows.append((0..<table.count).map(table.text))
            // A quotation mark that is never closed, or was cut off, is told of by whoever reads the list.
            if hasNext == nil { break }
        }
        return rows
    }

    /// True when each line is one name: "Reyes, Ana", perhaps under a column's name or a title.
    private static func partsNothing(_ rows: [[String]]) -> Bool {
        func isNamed(_ text: String) -> Bool { ListColumnName(text).kind != nil }
        func isPlain(_ text: String) -> Bool {
            text.unicodeScalars.contains { $0.properties.isAlphabetic }
                && !text.unicodeScalars.contains { $0 == "@" || $0.properties.numericType != nil }
        }
        let hasTitle = rows.first?.count == 1
        let lines = rows.dropFirst(hasTitle ? 1 : 0)
        guard let first = lines.first, !first.allSatisfy(isNamed) else { return false }
        // Where the only column is called "Name", not even a blank has to follow.
        let isOneColumn = hasTitle && rows[0].allSatisfy(isNamed)
        return lines.allSatisfy { line in
            line.count == 1
                || line.count == 2 && line.allSatisfy(isPlain) && (isOneColumn || line[1].hasPrefix(" "))
        }
    }
}
