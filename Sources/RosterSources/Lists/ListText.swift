import Core
import Foundation

/// A list that somebody uploads or pastes: what it is written in, what separates its values, and its first rows.
final class ListText {
    let name: String
    let survey: TextSurvey
    let delimiter: ListDelimiter
    /// At most 100, and no more once they come to a mebibyte.
    let firstRows: [ListCells]
    private let hasSeparatorLine: Bool
    private let open: () throws -> any ByteSource

    /// Throws `RosterRefused` for what is no list.
    convenience init(at file: URL, named name: String) throws {
        try self.init(named: name) { try FileBytes(path: file.path, name: name) }
    }

    convenience init(pasted text: String, named name: String) throws {
        let bytes = Array(text.utf8)
        try self.init(named: name) { MemoryBytes(bytes) }
    }

    /// `open` gives the bytes from their beginning, as often as they are needed.
    init(named name: String, open: @escaping () throws -> any ByteSource) throws {
        self.name = name
        self.open = open
        try Self.refuseOtherFiles(try open(), name)
        let survey = try TextSurvey(file: name, open: open)
        self.survey = survey
        let start = try Self.start(of: TextStream(try open(), as: survey, file: name), most: 1 << 15)
        let announced = ListDelimiter.announced(by: start)
        hasSeparatorLine = announced != nil
        let rest = hasSeparatorLine ? Array(start.drop { $0 != 10 && $0 != 13 }) : start
        let delimiter = announced.flatMap { $0 == .none ? nil : $0 } ?? ListDelimiter.find(in: rest)
        self.delimiter = delimiter
        let table = try Self.table(
            of: TextStream(try open(), as: survey, file: name), delimiter, hasSeparatorLine: hasSeparatorLine, name)
        var rows: [ListCells] = []
        var bytes = 0
        while rows.count < 100, bytes < 1 << 20, try table.next() {
            let row = ListCells(table)
            // What is left of a row that is too long depends on how its bytes came.
            bytes += row.fault == nil ? row.texts.reduce(0) { $0 + $1.utf8.count } : CSVLimits().field
            rows.append(row)
        }
        firstRows = rows
    }

    /// All rows but the separator line, from the first on.
    func rows(counting: CountedBytes) throws -> CSVReader {
        try Self.table(
            of: TextStream(counting.counting(try open()), as: survey, file: name), delimiter,
            hasSeparatorLine: hasSeparatorLine, name)
    }

    private static func table(
        of text: TextStream, _ delimiter: ListDelimiter, hasSeparatorLine: Bool, _ name: String
    ) throws -> CSVReader {
        let table = CSVReader(text, file: name, delimiter: delimiter.byte)
        if hasSeparatorLine { _ = try table.next() }
        return table
    }

    /// The first bytes, up to `most`, however the source gives them out.
    private static func start(of source: any ByteSource, most: Int) throws -> [UInt8] {
        // A stream of text needs room for one character.
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: most + 4, alignment: 16)
        defer { buffer.deallocate() }
        var count = 0
        while count < most {
            let added = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
            if added == 0 { break }
            count += added
        }
        return Array(buffer[..<min(count, most)])
    }

    /// Files that people take for a list: what to do is said for each.
    private static func refuseOtherFiles(_ file: any ByteSource, _ name: String) throws {
        let start = try start(of: file, most: 8)
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
