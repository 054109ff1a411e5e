import Core

/// A file of a package as rows whose values are found by their column's name, never by position.
final class RosterTable: RosterValues {
    let file: String
    /// What a person should look at: values that were not UTF-8, up to five.
    private(set) var guessed: [String] = []
    /// Columns of the header that name one field twice.
    private(set) var doubled: [String] = []
    private let reader: CSVReader
    private let header: [String]
    private let isGuessed: Bool
    /// False where nobody may be shown what stands beyond the last column.
    private let saysExtraValues: Bool
    /// Whether all rows so far had a value for each column.
    private var areFull: Bool?

    /// Reads the header. Throws `RosterRefused` where there is none.
    init(_ source: any ByteSource, as survey: TextSurvey, file: String, delimiter: UInt8 = UInt8(ascii: ",")) throws {
        self.file = file
        isGuessed = survey.encoding == .windows1252
        saysExtraValues = true
        let stream = TextStream(source, as: survey, file: file)
        let reader = CSVReader(stream, file: file, delimiter: delimiter)
        self.reader = reader
        guard try reader.next(), reader.fault == nil else {
            throw RosterRefused(
                reason:
                    "{value} is empty. Export the roster again; if it stays empty, ask who looks after the student system.",
                value: file, place: RosterPlace(file: file, line: 0))
        }
        header = (0..<reader.count).map { Substring(reader.text($0)).trimmingBlanks().lowercased() }
    }

    /// The rows of a list behind its header, whose columns are known by their places alone.
    init(_ reader: CSVReader, columns: Int, of text: ListText) {
        file = text.name
        isGuessed = text.survey.encoding == .windows1252
        saysExtraValues = false
        self.reader = reader
        header = Array(repeating: "", count: columns)
    }

    /// True when the header is one value with semicolons or tabs in it: the file is separated by something else.
    var otherDelimiter: UInt8? {
        guard header.count == 1, let only = header.first else { return nil }
        return [UInt8(ascii: ";"), UInt8(ascii: "\t")].first { only.utf8.contains($0) }
    }

    func required(anyOf names: [String]) throws -> Column {
        let column = column(anyOf: names)
        guard !column.isAbsent else {
            throw RosterRefused(
                reason: "A column is missing: {value}. Export the roster again with all its columns.",
                value: "\(file): \(names.first ?? "")", place: RosterPlace(file: file, line: 1))
        }
        return column
    }

    func metadata(holding words: [String]) -> Column {
        Column(
            indexes: header.indices.filter { index in
                let name = header[index]
                return name.hasPrefix("metadata.") && MetadataName.holds(words, in: name.dropFirst("metadata.".count))
            })
    }

    /// Goes to the next row; false after the last. Throws `RosterRefused` for a file of a package that was cut off.
    func next() throws -> Bool {
        guard try reader.next() else { return false }
        let isFull = reader.count >= header.count
        if saysExtraValues, !isFull, !reader.isEnded, areFull == true {
            throw RosterRefused(
                reason:
                    "{value} ends in the middle of a row: the export was cut short. Nothing was read; export it again.",
                value: file, place: RosterPlace(file: file, line: reader.line))
        }
        areFull = isFull && areFull ?? true
        return true
    }

    /// The line in which the row begins.
    var line: Int { reader.line }

    func checkRow() throws(RowRefused) {
        switch reader.fault {
        case .tooLong?:
            throw RowRefused(reason: "A value of this row is far too long. Correct it in the student system.")
        case .strayQuote?:
            throw RowRefused(reason: "A quotation mark stands in the middle of a value. Write two in its place.")
        case nil: break
        }
        guard reader.count > header.count else { return }
        for index in header.count..<reader.count where !text(at: index).isEmpty {
            throw RowRefused(
                reason:
                    "This row has more values than there are columns: a comma stands in a value without quotation marks.",
                value: saysExtraValues ? text(at: index) : "")
        }
    }

    /// All values of the row in which something stands.
    var values: [String] { (0..<reader.count).map { text(at: $0) }.filter { !$0.isEmpty } }

    func text(_ column: Column) -> String {
        for index in column.indexes {
            let text = text(at: index)
            guard !text.isEmpty else { continue }
            if isGuessed, guessed.count < 5, !text.utf8.allSatisfy({ $0 < 0x80 }) { guessed.append(text) }
            return text
        }
        return ""
    }

    func column(anyOf names: [String]) -> Column {
        let folded = names.map { $0.lowercased() }
        let indexes = folded.flatMap { name in header.indices.filter { header[$0] == name } }
        if indexes.count > 1, let name = names.first { doubled.append(name) }
        return Column(indexes: indexes)
    }

    private func text(at index: Int) -> String {
        var bytes = reader.bytes(index)[...]
        guard let first = bytes.first, let last = bytes.last else { return "" }
        if first <= 32 || last <= 32 {
            bytes = bytes.drop { $0 <= 32 }
            while let last = bytes.last, last <= 32 { bytes.removeLast() }
        } else if first == 0xC2 || first == 0xE2 || first == 0xE3 || first == 0xEF || last >= 0x80 {
            return Substring(String(decoding: bytes, as: UTF8.self)).trimmingBlanks()
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
