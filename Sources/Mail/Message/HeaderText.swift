/// Text that can stand in a header: on one line, without any scalar that some program takes for the end of a line.
package struct HeaderText: Sendable, Hashable, CustomStringConvertible {
    package let description: String

    /// Refuses U+0000 to 001F, 007F to 009F, 2028 and 2029.
    package init?(_ text: String) {
        guard text.unicodeScalars.allSatisfy({ !Self.isForbidden($0) }) else { return nil }
        description = text
    }

    /// Puts a blank where a forbidden scalar stood: for names out of rosters.
    package init(cleaning text: String) {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { scalars.append(Self.isForbidden(scalar) ? " " : scalar) }
        description = String(scalars)
    }

    static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0...0x1f, 0x7f...0x9f, 0x2028, 0x2029: true
        default: false
        }
    }

    /// As unstructured text: plain where that fits on the header's line, else RFC 2047 encoded words, folded.
    func encoded(after headerLength: Int) -> String {
        if isPlain, headerLength + description.utf8.count <= 76 { return description }
        return encodedWords
    }

    /// As the display name before an address: a quoted string, or encoded words.
    var encodedAsPhrase: String {
        guard isPlain else { return encodedWords }
        var quoted = "\""
        for scalar in description.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { quoted += "\\" }
            quoted.unicodeScalars.append(scalar)
        }
        quoted += "\""
        return quoted.utf8.count <= 64 ? quoted : encodedWords
    }

    private var isPlain: Bool {
        description.utf8.allSatisfy { (0x20...0x7e).contains($0) } && !description.contains("=?")
            && description.utf8.first != 0x20 && description.utf8.last != 0x20
    }

    /// RFC 2047 section 2: each word decodable alone, so cut between scalars, and short enough for the longest header name.
    private var encodedWords: String {
        var words: [String] = []
        var chunk: [UInt8] = []
        for scalar in description.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if chunk.count + bytes.count > 39 {
                words.append(Self.word(chunk))
                chunk = []
            }
            chunk += bytes
        }
        words.append(Self.word(chunk))
        return words.joined(separator: "\r\n ")
    }

    private static func word(_ bytes: [UInt8]) -> String { "=?utf-8?B?\(TransferEncoding.base64(bytes))?=" }
}
