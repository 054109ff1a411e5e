/// An address that can stand in a header and in an SMTP command: RFC 5321 `Dot-string@Domain` with RFC 6531's letters.
///
/// Checked scalar by scalar: no quotes, blanks, angle brackets, controls, comments or literals.
package struct MailAddress: Sendable, Hashable, CustomStringConvertible {
    package let local: String
    /// In A-labels, so ASCII.
    package let domain: String

    package init?(_ text: String) {
        let parts = text.unicodeScalars.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254 else { return nil }
        let local = String(parts[0])
        guard Self.isLocal(local), let domain = Self.asciiDomain(String(parts[1])),
            local.utf8.count + domain.utf8.count < 254
        else { return nil }
        self.local = local
        self.domain = domain
    }

    package var description: String { "\(local)@\(domain)" }

    /// True when a server without SMTPUTF8 (RFC 6531) cannot take it.
    package var needsSMTPUTF8: Bool { !local.utf8.allSatisfy { $0 < 0x80 } }

    private static func isLocal(_ local: String) -> Bool {
        guard (1...64).contains(local.utf8.count) else { return false }
        var previous: Unicode.Scalar = "."
        for scalar in local.unicodeScalars {
            guard scalar == "." ? previous != "." : isAtom(scalar) else { return false }
            previous = scalar
        }
        return previous != "."
    }

    private static func isAtom(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII
            ? isASCIILetterOrDigit(scalar) || "!#$%&'*+-/=?^_`{|}~".unicodeScalars.contains(scalar) : isWord(scalar)
    }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark, .decimalNumber:
            true
        default: false
        }
    }

    private static func isASCIILetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9": true
        default: false
        }
    }

    private static func asciiDomain(_ text: String) -> String? {
        var labels: [String] = []
        for label in text.unicodeScalars.split(separator: ".", omittingEmptySubsequences: false) {
            guard !label.isEmpty, label.first != "-", label.last != "-",
                label.allSatisfy({ $0 == "-" || isASCIILetterOrDigit($0) || !$0.isASCII && isWord($0) }),
                let ascii = DomainLabel.ascii(String(label))
            else { return nil }
            labels.append(ascii)
        }
        return labels.joined(separator: ".")
    }
}
