internal import Foundation

/// The form of a name by which lists are ordered and searched: "family given", small letters, no marks.
///
/// Apostrophes and hyphens fall away, so that "O’Hara", "O'Hara" and "ohara" are found alike.
package enum SortName {
    package static func key(family: String, given: String) -> String {
        let whole = given.isEmpty ? family : family.isEmpty ? given : "\(family) \(given)"
        if let fast = asciiKey(whole) { return fast }
        let folded = whole.folding(
            options: [.diacriticInsensitive, .caseInsensitive, .widthInsensitive],
            locale: Locale(identifier: "en_US_POSIX"))
        var key = String.UnicodeScalarView()
        for scalar in folded.unicodeScalars where !["'", "’", "ʻ", "-", "‐", "‑"].contains(scalar) {
            key.append(scalar)
        }
        return String(key)
    }

    /// Most names are ASCII; folding those through Foundation would be the slowest step of an import.
    private static func asciiKey(_ text: String) -> String? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            switch byte {
            case 128...: return nil
            case 65...90: bytes.append(byte + 32)
            case 39, 45: continue
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
