internal import Foundation

/// The name by which somebody signs in.
package enum Username {
    /// The form in which names are compared: each scalar's upper case made lower, then NFC.
    ///
    /// Going through upper case folds what has two small forms (`ς` and `σ`, `ß` and `ss`); marks stay, so `é` is not `e`.
    package static func key(_ name: String) -> String {
        if let key = name.asciiSmall { return key }
        var folded = ""
        for scalar in name.precomposedStringWithCanonicalMapping.unicodeScalars {
            for upper in scalar.properties.uppercaseMapping.unicodeScalars {
                folded += upper.properties.lowercaseMapping
            }
        }
        return folded.precomposedStringWithCanonicalMapping
    }

    /// True for 1 to 128 printable scalars without a blank: such a name of the roster is kept as it was sent.
    package static func isValid(_ name: String) -> Bool {
        !name.isEmpty && name.unicodeScalars.count <= 128 && areVisible(name)
    }

    /// True for text that can be read on a page: printable, without a blank.
    static func isShown(_ text: String) -> Bool { areVisible(text) }

    fileprivate static func areVisible(_ text: String) -> Bool { text.unicodeScalars.allSatisfy(isPrintable) }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return (0x21...0x7e).contains(scalar.value) }
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .spaceSeparator, .lineSeparator,
            .paragraphSeparator:
            return false
        default: return !scalar.properties.isDefaultIgnorableCodePoint
        }
    }
}

/// An email address, as far as accounts compare it.
package enum Address {
    /// The form in which addresses are compared: NFC with small ASCII letters. Dots and `+tag` stay.
    ///
    /// nil for what no mail can be sent to: it takes one `@` between printable text, at most 254 bytes in all.
    package static func key(_ address: String) -> String? {
        guard isValid(address) else { return nil }
        if let key = address.asciiSmall { return key }
        var folded = String.UnicodeScalarView()
        for scalar in address.precomposedStringWithCanonicalMapping.unicodeScalars {
            let isCapital = (0x41...0x5a).contains(scalar.value)
            folded.append(isCapital ? Unicode.Scalar(UInt8(scalar.value + 32)) : scalar)
        }
        return String(folded)
    }

    private static func isValid(_ address: String) -> Bool {
        let bytes = address.utf8
        guard bytes.count <= 254, let at = bytes.firstIndex(of: 64), at != bytes.startIndex,
            bytes.index(after: at) != bytes.endIndex, bytes.lastIndex(of: 64) == at
        else { return false }
        return !bytes.contains { forbidden.contains($0) } && Username.areVisible(address)
    }

    private static let forbidden = Set("<>,;:\"\\()[]".utf8)
}

extension String {
    /// The text in small letters when all of it is ASCII; nil otherwise.
    fileprivate var asciiSmall: String? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(utf8.count)
        for byte in utf8 {
            if byte >= 128 { return nil }
            bytes.append((65...90).contains(byte) ? byte + 32 : byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
