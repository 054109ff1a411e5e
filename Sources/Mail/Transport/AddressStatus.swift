/// Enhanced statuses (RFC 3463) that speak of the address itself.
package enum AddressStatus {
    /// There is no such mailbox or no such place: X.1.1, X.1.2, X.1.3, X.1.6, X.1.10.
    package static let bad: Set = ["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"]

    /// The first status in a text, as `5.1.1`; no part of a longer number, such as an IP address.
    package static func first(in text: some Collection<UInt8>) -> String? {
        let bytes = Array(text)
        for start in bytes.indices where bytes[start] == UInt8(ascii: "4") || bytes[start] == UInt8(ascii: "5") {
            if start > 0, isNumberOrWord(bytes[start - 1]) { continue }
            guard let subject = digits(bytes, after: start + 1), let detail = digits(bytes, after: subject) else {
                continue
            }
            let isLonger =
                detail < bytes.count
                && (isNumberOrWord(bytes[detail]) && bytes[detail] != 46
                    || bytes[detail] == 46 && detail + 1 < bytes.count && isDigit(bytes[detail + 1]))
            if isLonger { continue }
            return String(decoding: bytes[start..<detail], as: UTF8.self)
        }
        return nil
    }

    /// Where a dot and one to three digits end.
    private static func digits(_ bytes: [UInt8], after index: Int) -> Int? {
        guard index < bytes.count, bytes[index] == 46 else { return nil }
        let count = bytes[(index + 1)...].prefix(4).prefix(while: isDigit).count
        return (1...3).contains(count) ? index + 1 + count : nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    private static func isNumberOrWord(_ byte: UInt8) -> Bool {
        isDigit(byte) || byte == 46 || (65...90).contains(byte) || (97...122).contains(byte)
    }
}
