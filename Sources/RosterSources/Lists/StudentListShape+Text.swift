extension StudentListShape {
    /// For a form, or to be kept: what each column holds, without a word of the list itself.
    package var encoded: String {
        let columns = columns.map { "\($0.meaning.rawValue):\(Int(($0.confidence * 100).rounded()))" }
        return ([delimiter.rawValue, hasHeader ? "header" : "bare", fingerprint] + columns).joined(separator: " ")
    }

    /// The shape of a text, without headers and examples; nil where the text is none of `encoded`.
    package init?(encoded text: String) {
        guard text.utf8.count < 64 << 10 else { return nil }
        let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard words.count > 3, words.count <= 3 + CSVLimits().columns,
            let delimiter = ListDelimiter(rawValue: words[0]),
            ["header", "bare"].contains(words[1]), ListFingerprint.isOne(words[2])
        else { return nil }
        var columns: [Column] = []
        for word in words.dropFirst(3) {
            let parts = word.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, let meaning = StudentListMeaning(rawValue: String(parts[0])),
                let percent = Int(parts[1]), (0...100).contains(percent)
            else { return nil }
            columns.append(Column(meaning: meaning, confidence: Double(percent) / 100))
        }
        self.init(
            delimiter: delimiter, hasHeader: words[1] == "header", columns: columns, fingerprint: words[2])
    }
}

/// A short text by which lists of the same columns are known again (FNV-1a, 64 bits: no secret, and no proof).
enum ListFingerprint {
    static func of(_ parts: [String]) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for part in parts {
            for byte in Array(part.utf8) + [0] { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    static func isOne(_ text: String) -> Bool {
        text.utf8.count == 16 && text.utf8.allSatisfy { $0.isDigit || (97...102).contains($0) }
    }
}
