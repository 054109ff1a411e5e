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
    package static func isAcceptable(_ name: String) -> Bool {
        var count = 0
        for scalar in name.unicodeScalars {
            count += 1
            guard count <= 128, isPrintable(scalar) else { return false }
        }
        return count > 0
    }

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
    package static func key(_ address: String) -> String {
        if let key = address.asciiSmall { return key }
        var folded = String.UnicodeScalarView()
        for scalar in address.precomposedStringWithCanonicalMapping.unicodeScalars {
            let isCapital = (0x41...0x5a).contains(scalar.value)
            folded.append(isCapital ? Unicode.Scalar(UInt8(scalar.value + 32)) : scalar)
        }
        return String(folded)
    }

    /// True for what a mail can be sent to: one `@` with something on each side, printable, at most 254 bytes.
    package static func isAcceptable(_ address: String) -> Bool {
        guard address.utf8.count <= 254, Username.isAcceptable(address) else { return false }
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && !address.contains { "<>,;:\"\\()[]".contains($0) }
    }
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
