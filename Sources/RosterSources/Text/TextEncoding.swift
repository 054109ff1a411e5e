/// How a file's characters are written as bytes.
package enum TextEncoding: String, Sendable {
    case utf8 = "UTF-8"
    case utf16LittleEndian = "UTF-16 (little-endian)"
    case utf16BigEndian = "UTF-16 (big-endian)"
    case windows1252 = "Windows-1252"

    /// What a file's first bytes say: a byte order mark, or a zero beside an ASCII letter. nil where they say nothing.
    static func announced(by start: some Collection<UInt8>) -> (encoding: TextEncoding, markLength: Int)? {
        let start = Array(start.prefix(3))
        if start == [0xEF, 0xBB, 0xBF] { return (.utf8, 3) }
        guard start.count >= 2 else { return nil }
        switch (start[0], start[1]) {
        case (0xFF, 0xFE): return (.utf16LittleEndian, 2)
        case (0xFE, 0xFF): return (.utf16BigEndian, 2)
        case (1..<0x80, 0): return (.utf16LittleEndian, 0)
        case (0, 1..<0x80): return (.utf16BigEndian, 0)
        default: return nil
        }
    }
}
