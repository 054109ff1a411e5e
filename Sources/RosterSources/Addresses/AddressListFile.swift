package import Core
package import Foundation

/// Reads a list of student numbers or usernames and addresses: separated by comma, semicolon or tab, with or without a header.
package final class AddressListFile: AddressListReader {
    private let table: CSVReader
    private let counted = CountedBytes()
    private let size: Int
    private let columns: AddressColumns
    /// Rows that were read to find the columns.
    private var ahead: ArraySlice<AddressListCells>

    /// Throws `RosterRefused` for what is no list.
    package init(at file: URL, named name: String) throws {
        try Self.refuseOtherFiles(FileBytes(path: file.path, name: name), name)
        let survey = try TextSurvey(file: name, open: { try FileBytes(path: file.path, name: name) })
        guard survey.size > survey.markLength else { throw Self.empty }
        let delimiter = try AddressDelimiter.find(
            in: TextStream(FileBytes(path: file.path, name: name), as: survey, file: name))
        size = survey.size
        let source = counted.counting(try FileBytes(path: file.path, name: name))
        table = CSVReader(TextStream(source, as: survey, file: name), file: name, delimiter: delimiter)
        var first: [AddressListCells] = []
        while first.count < 50, try table.next() { first.append(AddressListCells(table)) }
        if first.first?.isSeparatorLine == true { first.removeFirst() }
        guard !first.isEmpty else { throw Self.empty }
        columns = try AddressColumns(first)
        ahead = columns.hasHeader ? first.dropFirst() : first[...]
    }

    package var part: Double { size == 0 ? 1 : min(1, Double(counted.count) / Double(size)) }

    package func next() throws -> AddressListRow? {
        if let cells = ahead.popFirst() { return columns.row(cells) }
        return try table.next() ? columns.row(AddressListCells(table)) : nil
    }

    private static let empty = RosterRefused(
        reason: "This list is empty. It takes a line for each student: a number or username, and the address.")

    /// Files that people take for a list: what to do is said for each.
    private static func refuseOtherFiles(_ file: FileBytes, _ name: String) throws {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 8, alignment: 8)
        defer { buffer.deallocate() }
        let start = Array(buffer.prefix(try file.read(into: buffer)))
        let isWorkbook = start.starts(with: [0x50, 0x4B, 3, 4]) || start.starts(with: [0xD0, 0xCF, 0x11, 0xE0])
        if isWorkbook {
            throw RosterRefused(
                reason:
                    "{value} is a workbook. Open it in your spreadsheet program, choose Save as, then CSV (UTF-8), and upload that file.",
                value: name)
        }
        if start.starts(with: Array("%PDF".utf8)) {
            throw RosterRefused(
                reason: "{value} is a PDF. Ask for the same list as a CSV file, and upload that one.", value: name)
        }
    }
}

/// The values of one row, without blanks around them.
struct AddressListCells {
    let line: Int
    let texts: [String]
    let fault: CSVFault?

    init(_ table: CSVReader) {
        line = table.line
        fault = table.fault
        texts = (0..<table.count).map { AddressListCells.trimmed(table.text($0)) }
    }

    init(line: Int, texts: [String], fault: CSVFault? = nil) {
        self.line = line
        self.texts = texts
        self.fault = fault
    }

    /// `sep=;`, with which a spreadsheet program is told the separator.
    var isSeparatorLine: Bool { texts.first?.lowercased().hasPrefix("sep=") == true }

    subscript(_ column: Int?) -> String { column.flatMap { texts.indices.contains($0) ? texts[$0] : nil } ?? "" }

    /// Line breaks stay: they are something wrong that has to be said.
    private static func trimmed(_ text: String) -> String {
        let blanks: Set<Unicode.Scalar> = [" ", "\t", "\u{a0}", "\u{feff}", "\u{200b}"]
        var part = text.unicodeScalars[...]
        while let first = part.first, blanks.contains(first) { part.removeFirst() }
        while let last = part.last, blanks.contains(last) { part.removeLast() }
        return String(part)
    }
}
