import Core
import Foundation
import RosterSources

/// The way from bytes to rows: encoding, text, table.
struct CSVSubject: FuzzSubject {
    private struct Row: Equatable {
        let line: Int
        let fault: CSVFault?
        let values: [[UInt8]]
    }

    private enum Outcome: Equatable {
        case rows([Row])
        case refused(RosterRefused)
    }

    func seeds(in corpus: URL) throws -> [[UInt8]] {
        try files(in: corpus.appending(path: "csv")).map(\.bytes) + sampleTables(beside: corpus)
    }

    func mutated(_ input: [UInt8], with others: [[UInt8]], _ random: inout SplitMix64) -> [UInt8] {
        Damage.on(input, with: others, most: 1_000, &random)
    }

    mutating func run(_ input: [UInt8], _ random: inout SplitMix64) throws -> Int {
        let delimiter: UInt8 = [44, 44, 59, 9][Int.random(in: 0..<4, using: &random)]
        let seed = UInt64.random(in: 0...UInt64.max, using: &random)
        let whole = try outcome(of: input, delimiter, longest: .max, seed: seed)
        let pieces = try outcome(of: input, delimiter, longest: 1 + Int(seed % 7), seed: seed)
        guard whole == pieces else { throw BrokenWord(what: "the same bytes in other pieces are other rows") }
        guard case .rows(let rows) = whole else { return kind(of: whole) }
        guard rows.count <= input.count else { throw BrokenWord(what: "more rows than bytes") }
        for (row, next) in zip(rows, rows.dropFirst()) where next.line <= row.line {
            throw BrokenWord(what: "lines that go back")
        }
        try checkRoundTrip(rows)
        return kind(of: whole)
    }

    /// Sound rows, written down by the rules (RFC 4180) and read again, are the same.
    private func checkRoundTrip(_ rows: [Row]) throws {
        let sound = rows.filter { $0.fault == nil }.map(\.values)
        var bytes: [UInt8] = []
        for row in sound {
            for (index, value) in row.enumerated() {
                bytes += index == 0 ? [34] : [44, 34]
                for byte in value { bytes += byte == 34 ? [34, 34] : [byte] }
                bytes.append(34)
            }
            bytes += [13, 10]
        }
        guard try table(RandomPieces(bytes, longest: .max, seed: 0), 44).map(\.values) == sound else {
            throw BrokenWord(what: "rows that were written and read again are others")
        }
    }

    private func outcome(of input: [UInt8], _ delimiter: UInt8, longest: Int, seed: UInt64) throws -> Outcome {
        func source() -> any ByteSource { RandomPieces(input, longest: longest, seed: seed) }
        do {
            let survey = try TextSurvey(file: "x.csv", open: source)
            return .rows(try table(TextStream(source(), as: survey, file: "x.csv"), delimiter))
        } catch let refused as RosterRefused {
            return .refused(refused)
        }
    }

    private func table(_ source: any ByteSource, _ delimiter: UInt8) throws -> [Row] {
        let reader = CSVReader(source, file: "x.csv", delimiter: delimiter)
        let limits = CSVLimits()
        var rows: [Row] = []
        while try reader.next() {
            let values = (0..<reader.count).map { Array(reader.bytes($0)) }
            guard values.count <= limits.columns, values.allSatisfy({ $0.count <= limits.field }),
                values.reduce(0, { $0 + $1.count }) <= limits.row
            else { throw BrokenWord(what: "a row beyond the limits") }
            // What is kept of a value that is too long is nobody's business: the row is refused.
            rows.append(Row(line: reader.line, fault: reader.fault, values: reader.fault == .tooLong ? [] : values))
        }
        return rows
    }

    /// Outcomes that differ in what happened count as different, not those that differ in values.
    private func kind(of outcome: Outcome) -> Int {
        var hasher = Hasher()
        switch outcome {
        case .refused(let refused): hasher.combine(refused.reason)
        case .rows(let rows):
            hasher.combine(min(rows.count, 6))
            for row in rows.prefix(6) {
                hasher.combine(min(row.values.count, 6))
                hasher.combine(row.fault.map { "\($0)" })
                hasher.combine(
                    row.values.prefix(3).map { $0.isEmpty ? 0 : $0.contains(10) ? 2 : $0.contains(34) ? 3 : 1 })
            }
        }
        return hasher.finalize()
    }
}
