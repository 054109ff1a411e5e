/// The escapes in a JSON string (RFC 8259 7).
enum JSONEscapes {
    /// UTF-8 without escapes. Half a surrogate pair becomes U+FFFD, which no name may hold.
    static func resolved(_ text: ArraySlice<UInt8>) throws -> [UInt8] {
        var plain: [UInt8] = []
        var rest = text
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                plain.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "n"): plain.append(10)
            case UInt8(ascii: "t"): plain.append(9)
            case UInt8(ascii: "r"): plain.append(13)
            case UInt8(ascii: "b"): plain.append(8)
            case UInt8(ascii: "f"): plain.append(12)
            case let same? where "\"\\/".utf8.contains(same): plain.append(same)
            case UInt8(ascii: "u"):
                let scalar = try scalar(&rest)
                plain += String(scalar).utf8
            default: throw JSONScanner.Fault.malformed
            }
        }
        return plain
    }

    private static func scalar(_ rest: inout ArraySlice<UInt8>) throws -> Unicode.Scalar {
        let first = try unit(&rest)
        guard (0xD800..<0xDC00).contains(first) else { return Unicode.Scalar(first) ?? "\u{FFFD}" }
        guard rest.starts(with: "\\u".utf8) else { return "\u{FFFD}" }
        var ahead = rest.dropFirst(2)
        let second = try unit(&ahead)
        guard (0xDC00..<0xE000).contains(second) else { return "\u{FFFD}" }
        rest = ahead
        return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + second - 0xDC00) ?? "\u{FFFD}"
    }

    private static func unit(_ rest: inout ArraySlice<UInt8>) throws -> UInt32 {
        let digits = rest.prefix(4)
        rest = rest.dropFirst(4)
        guard digits.count == 4, digits.allSatisfy({ "0123456789abcdefABCDEF".utf8.contains($0) }),
            let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw JSONScanner.Fault.malformed }
        return code
    }
}
