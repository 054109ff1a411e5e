/// A mail address as a roster gives it: one plain `local@domain` (the dot-atom form of RFC 5321, section 4.1.2).
enum RosterAddress {
    /// As sent; nil for none, and nil with a note for one that no mail can go to.
    static func checked(_ text: String, notes: inout [RowNote]) -> String? {
        guard !text.isEmpty else { return nil }
        if isAddress(text) { return text }
        notes.append(RowNote(reason: "{value} is not a mail address; the person was taken without it.", value: text))
        return nil
    }

    /// At most 254 characters, 64 before the one `@`, no name, comment or quotation marks, a domain of two labels or more.
    static func isAddress(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count <= 254, let at = bytes.firstIndex(of: UInt8(ascii: "@")) else { return false }
        let local = bytes[..<at].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let labels = bytes[(at + 1)...].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard (1...64).contains(at), local.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isAtom) }) else { return false }
        return labels.count >= 2 && labels.allSatisfy(isLabel) && labels.last?.allSatisfy(\.isDigit) == false
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
        byte.isDigit || (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
    }
}
