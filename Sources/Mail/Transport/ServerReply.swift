/// A mail server's answer, fit to be kept and shown.
package struct ServerReply: Sendable, Equatable, CustomStringConvertible {
    /// Three digits (RFC 5321 section 4.2); 0 when the words are ours because the server gave none.
    package let code: Int
    /// The enhanced status (RFC 3463), as `5.1.1`.
    package let enhanced: String?
    /// At most 500 bytes, without control characters.
    package let text: String

    /// Takes the lines of an answer without their codes.
    package init(code: Int, lines: [String]) {
        self.code = code
        let whole = Self.cleaned(lines.joined(separator: " "))
        let word = whole.prefix { $0 != " " }
        if Self.isEnhanced(word, for: code) {
            enhanced = String(word)
            text = Self.cleaned(
                lines.map { $0.hasPrefix(word) ? String($0.dropFirst(word.count)) : $0 }.joined(separator: " "))
        } else {
            enhanced = nil
            text = whole
        }
    }

    /// Words of ours, where no server has answered.
    package init(ours text: String) {
        code = 0
        enhanced = nil
        self.text = Self.cleaned(text)
    }

    package var description: String {
        let number = code == 0 ? "" : "\(code) "
        return number + (enhanced.map { "\($0) " } ?? "") + text
    }

    /// The text on one line: control and direction characters gone, blanks squeezed, at most 500 bytes.
    static func cleaned(_ text: String) -> String {
        var kept = String.UnicodeScalarView()
        var bytes = 0
        var blank = false
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator, .spaceSeparator: blank = !kept.isEmpty
            case .format, .surrogate, .privateUse, .unassigned: continue
            default:
                let length = UTF8.width(scalar) + (blank ? 1 : 0)
                guard bytes + length <= 500 else { return String(kept) }
                if blank { kept.append(" ") }
                kept.append(scalar)
                bytes += length
                blank = false
            }
        }
        return String(kept)
    }

    private static func isEnhanced(_ word: Substring, for code: Int) -> Bool {
        let parts = word.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 1, word.utf8.first == UInt8(48 + code / 100 % 10) else {
            return false
        }
        return parts.dropFirst().allSatisfy { part in
            (1...3).contains(part.count) && part.allSatisfy { (48...57).contains($0) }
        }
    }
}
