/// Text in which phrases are looked for: lower case, blanks and line ends squeezed, quotation marks straight.
struct PlainText {
    private var bytes: [UInt8] = []

    init(_ text: String) {
        bytes.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case " ", "\t", "\r", "\n", "\u{A0}": if bytes.last != 32 { bytes.append(32) }
            case "\u{2018}", "\u{2019}": bytes.append(39)
            case "A"..."Z": bytes.append(UInt8(scalar.value) + 32)
            default: bytes += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
            }
        }
    }

    func has(_ phrases: [StaticString]) -> Bool { phrases.contains(where: has) }

    private func has(_ phrase: StaticString) -> Bool {
        let phrase = UnsafeBufferPointer(start: phrase.utf8Start, count: phrase.utf8CodeUnitCount)
        guard let first = phrase.first else { return true }
        return bytes.withUnsafeBufferPointer { text in
            var rest = text[...]
            while let start = rest.firstIndex(of: first), text.count - start >= phrase.count {
                if text[start..<(start + phrase.count)].elementsEqual(phrase) { return true }
                rest = text[(start + 1)...]
            }
            return false
        }
    }
}
