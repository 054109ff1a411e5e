import Core

/// Reads a table row by row (RFC 4180; lines may end in CRLF, LF or CR). One row is held at a time, in UTF-8.
package final class CSVReader {
    /// The line in which the row begins, from 1.
    package private(set) var line = 0
    /// How many values the row has.
    package private(set) var count = 0
    package private(set) var fault: CSVFault?
    /// False for a last row behind which no line end stands.
    package private(set) var isEnded = false

    private let source: any ByteSource
    private let file: String
    private let delimiter: UInt8
    private let limits: CSVLimits
    private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    private var position = 0
    private var end = 0
    private var nextLine = 1
    private let values: UnsafeMutablePointer<UInt8>
    private let ends: UnsafeMutablePointer<Int>
    private var length = 0

    package init(
        _ source: any ByteSource, file: String, delimiter: UInt8 = UInt8(ascii: ","), limits: CSVLimits = CSVLimits()
    ) {
        self.source = source
        self.file = file
        self.delimiter = delimiter
        self.limits = limits
        values = .allocate(capacity: limits.row)
        ends = .allocate(capacity: limits.columns)
    }

    deinit {
        input.deallocate()
        values.deallocate()
        ends.deallocate()
    }

    /// Goes to the next row that is not blank; false after the last. Throws `RosterRefused` for a quotation mark never closed.
    package func next() throws -> Bool {
        while try readRow() {
            if length > 0 || fault != nil { return true }
        }
        return false
    }

    /// The bytes of a value, good until the next row; empty beyond the row's last.
    package func bytes(_ index: Int) -> UnsafeBufferPointer<UInt8> {
        guard index >= 0, index < count else { return UnsafeBufferPointer(start: nil, count: 0) }
        let start = index == 0 ? 0 : ends[index - 1]
        return UnsafeBufferPointer(start: values + start, count: ends[index] - start)
    }

    /// A value as it stands.
    package func text(_ index: Int) -> String { String(decoding: bytes(index), as: UTF8.self) }

    private func readRow() throws -> Bool {
        count = 0
        length = 0
        fault = nil
        isEnded = false
        guard try hasInput() else { return false }
        line = nextLine
        while try !readValue() {}
        return true
    }

    /// True when the row ends behind the value.
    private func readValue() throws -> Bool {
        let start = length
        defer { close() }
        guard try hasInput() else { return true }
        if input[position] == UInt8(ascii: "\"") { return try readQuoted(from: start) }
        return try readPlain(from: start)
    }

    private func readPlain(from start: Int) throws -> Bool {
        while try hasInput() {
            var index = position
            while index < end {
                let byte = input[index]
                if byte == delimiter || byte == 10 || byte == 13 { break }
                index += 1
            }
            take(index, from: start)
            if index < end { return try readSeparator() }
        }
        return true
    }

    private func readQuoted(from start: Int) throws -> Bool {
        position += 1
        while try hasInput() {
            var index = position
            while index < end, input[index] != UInt8(ascii: "\""), input[index] != 10, input[index] != 13 { index += 1 }
            take(index, from: start)
            guard index < end else { continue }
            if input[index] != UInt8(ascii: "\"") {
                try takeLineEnd(from: start)
                continue
            }
            position += 1
            guard try hasInput() else { return true }
            let byte = input[position]
            if byte == UInt8(ascii: "\"") {
                take(position + 1, from: start)
            } else if byte == delimiter || byte == 10 || byte == 13 {
                return try readSeparator()
            } else {
                guard nextLine == line else { throw unclosed }
                fault = fault ?? .strayQuote
                return try readPlain(from: start)
            }
        }
        throw unclosed
    }

    /// Takes a line end inside quotes as one LF, and counts it.
    private func takeLineEnd(from start: Int) throws {
        if input[position] == 13 {
            input[position] = 10
            take(position + 1, from: start)
            if try hasInput(), input[position] == 10 { position += 1 }
        } else {
            take(position + 1, from: start)
        }
        nextLine += 1
        if fault == .tooLong { throw unclosed }
    }

    private func readSeparator() throws -> Bool {
        let byte = input[position]
        position += 1
        if byte == delimiter { return false }
        isEnded = true
        nextLine += 1
        if byte == 13, try hasInput(), input[position] == 10 { position += 1 }
        return true
    }

    /// Appends the input up to `index` to the value that began at `start`, unless it grows too long.
    private func take(_ index: Int, from start: Int) {
        let added = index - position
        if length - start + added > limits.field || length + added > limits.row {
            fault = .tooLong
        } else if let bytes = input.baseAddress, added > 0 {
            (values + length).update(
                from: bytes.advanced(by: position).assumingMemoryBound(to: UInt8.self), count: added)
            length += added
        }
        position = index
    }

    private func close() {
        guard count < limits.columns else {
            fault = .tooLong
            return
        }
        ends[count] = length
        count += 1
    }

    private func hasInput() throws -> Bool {
        if position < end { return true }
        position = 0
        end = try source.read(into: input)
        return end > 0
    }

    private var unclosed: RosterRefused {
        RosterRefused(
            reason:
                "A quotation mark that begins in line {value} is not closed. Correct that line and send the file again.",
            value: String(line), place: RosterPlace(file: file, line: line))
    }
}
