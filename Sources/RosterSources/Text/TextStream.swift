import Core

/// A file's text as UTF-8, whatever it is written in, without its byte order mark.
package final class TextStream: ByteSource {
    private let source: any ByteSource
    private let encoding: TextEncoding
    private let file: String
    private let raw: UnsafeMutableRawBufferPointer
    /// Raw bytes that are not yet turned into text: `raw[rawStart..<rawEnd]`.
    private var rawStart = 0
    private var rawEnd = 0
    private var toSkip: Int

    package init(_ source: any ByteSource, encoding: TextEncoding, markLength: Int, file: String) {
        self.source = source
        self.encoding = encoding
        self.file = file
        toSkip = markLength
        raw = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    }

    /// The text that a survey has found sound.
    package convenience init(_ source: any ByteSource, as survey: TextSurvey, file: String) {
        self.init(source, encoding: survey.encoding, markLength: survey.markLength, file: file)
    }

    deinit { raw.deallocate() }

    /// The buffer holds at least 4 bytes.
    package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        if encoding == .utf8, toSkip == 0, rawStart == rawEnd { return try source.read(into: buffer) }
        while true {
            guard try fill() else {
                guard rawStart == rawEnd else { throw damaged }
                return 0
            }
            let written = try convert(into: buffer)
            if written > 0 { return written }
        }
    }

    /// False when the source has ended and too little is left to make a character of.
    private func fill() throws -> Bool {
        let left = rawEnd - rawStart
        let enough = encoding == .utf16LittleEndian || encoding == .utf16BigEndian ? 4 : 1
        if left >= enough, toSkip == 0 { return true }
        raw.copyMemory(from: UnsafeRawBufferPointer(rebasing: raw[rawStart..<rawEnd]))
        (rawStart, rawEnd) = (0, left)
        while rawEnd < enough + toSkip {
            let count = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: raw[rawEnd...]))
            if count == 0 { break }
            rawEnd += count
        }
        rawStart = min(toSkip, rawEnd)
        toSkip = 0
        return rawEnd - rawStart >= min(enough, 2)
    }

    private func convert(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        switch encoding {
        case .utf8: return copy(into: buffer)
        case .windows1252: return try convertWindows1252(into: buffer)
        case .utf16LittleEndian, .utf16BigEndian: return try convertUTF16(into: buffer)
        }
    }

    private func copy(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, rawEnd - rawStart)
        buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: raw[rawStart..<rawStart + count]))
        rawStart += count
        return count
    }

    private func convertWindows1252(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        var written = 0
        while rawStart < rawEnd, written + 3 <= buffer.count {
            let byte = raw[rawStart]
            rawStart += 1
            if byte < 0x80 {
                buffer[written] = byte
                written += 1
            } else {
                let value = byte < 0xA0 ? windows1252[Int(byte) - 0x80] : UInt32(byte)
                guard value != 0, let scalar = Unicode.Scalar(value) else { throw damaged }
                written = put(scalar, into: buffer, at: written)
            }
        }
        return written
    }

    private func convertUTF16(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        var written = 0
        while rawEnd - rawStart >= 2, written + 4 <= buffer.count {
            let first = unit(at: rawStart)
            var value = UInt32(first)
            var length = 2
            if first & 0xFC00 == 0xD800 {
                guard rawEnd - rawStart >= 4 else { break }
                let second = unit(at: rawStart + 2)
                guard second & 0xFC00 == 0xDC00 else { throw damaged }
                value = 0x10000 + (UInt32(first & 0x3FF) << 10 | UInt32(second & 0x3FF))
                length = 4
            }
            guard value != 0, let scalar = Unicode.Scalar(value) else { throw damaged }
            rawStart += length
            written = put(scalar, into: buffer, at: written)
        }
        guard written > 0 || rawEnd - rawStart >= 4 else { throw damaged }
        return written
    }

    private func unit(at index: Int) -> UInt16 {
        let (first, second) = (UInt16(raw[index]), UInt16(raw[index + 1]))
        return encoding == .utf16LittleEndian ? second << 8 | first : first << 8 | second
    }

    private func put(_ scalar: Unicode.Scalar, into buffer: UnsafeMutableRawBufferPointer, at index: Int) -> Int {
        var index = index
        for byte in scalar.utf8 {
            buffer[index] = byte
            index += 1
        }
        return index
    }

    private var damaged: RosterRefused {
        RosterRefused(
            reason: "{value} is damaged: some of its characters are cut. Export it again, as UTF-8.", value: file,
            place: RosterPlace(file: file, line: 0))
    }
}

/// What the bytes 0x80 to 0x9F mean in Windows-1252; 0 where they mean nothing.
private let windows1252: [UInt32] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
    0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E,
    0x0178,
]
