/// Why something is no email address that FirstBell writes to. Raw values are stored.
package enum AddressFault: String, Sendable, CaseIterable {
    case missing, lineBreak, tooLong, several, noAt, notPlain, noDomain
    /// A quotation mark stands in the middle of a value of the list: nobody can say where it ends.
    case quote
    /// The line does not say whose the address is.
    case nobody

    /// What is wrong; nil for one plain `local@domain` (the dot-atom form of RFC 5321, section 4.1.2): at most 254 bytes, 64
    /// before the one `@`, no name, comment or quotation marks, a domain of two labels or more.
    package static func of(_ text: String) -> AddressFault? {
        let bytes = Array(text.utf8)
        if bytes.isEmpty { return .missing }
        if text.unicodeScalars.contains(where: isLineBreak) { return .lineBreak }
        let ats = bytes.count { $0 == UInt8(ascii: "@") }
        if ats > 1 {
            let parts = bytes.split { ",; ".utf8.contains($0) }
            return parts.count { $0.contains(UInt8(ascii: "@")) } > 1 ? .several : .notPlain
        }
        if bytes.count > 254 { return .tooLong }
        guard let at = bytes.firstIndex(of: UInt8(ascii: "@")) else { return .noAt }
        let local = bytes[..<at].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard at <= 64, local.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isAtom) }) else { return .notPlain }
        let labels = bytes[(at + 1)...].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.count >= 2, labels.allSatisfy(isLabel), labels.last?.allSatisfy(isDigit) == false else {
            return .noDomain
        }
        return nil
    }

    private static func isLineBreak(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0a...0x0d, 0x85, 0x2028, 0x2029: true
        default: false
        }
    }

    private static func isLabel(_ label: ArraySlice<UInt8>) -> Bool {
        let dash = UInt8(ascii: "-")
        return (1...63).contains(label.count) && label.first != dash && label.last != dash
            && label.allSatisfy { isLetterOrDigit($0) || $0 == dash }
    }

    private static func isAtom(_ byte: UInt8) -> Bool {
        isLetterOrDigit(byte) || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        isDigit(byte) || (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
