/// A part of a person's name, as sent: any printable character, no recasing.
enum PersonName {
    static let longest = 100

    /// Line ends and tabs become one blank. Throws for a name that cannot be shown or is longer than 100 characters.
    static func checked(_ text: String) throws(RowRefused) -> String {
        let name = folded(text)
        guard !name.unicodeScalars.contains("\u{FFFD}") else {
            throw RowRefused(
                reason: "Characters of the name {value} are lost. Correct it in the student system and export again.",
                value: name)
        }
        guard name.unicodeScalars.allSatisfy(\.isPrintable) else {
            throw RowRefused(
                reason: "The name {value} has invisible control characters. Correct it in the student system.",
                value: String(String.UnicodeScalarView(name.unicodeScalars.filter(\.isPrintable))))
        }
        guard name.utf8.count <= longest || name.unicodeScalars.count <= longest else {
            throw RowRefused(
                reason: "The name {value} is longer than 100 characters. Shorten it in the student system.", value: name
            )
        }
        return name
    }

    /// A title or a place: as a name, but never a reason to refuse a row. What cannot be shown goes, what is too long is cut.
    static func label(_ text: String, notes: inout [RowNote]) -> String {
        let label = folded(text)
        if label.utf8.count <= 200, label.unicodeScalars.allSatisfy(\.isPrintable) { return label }
        let kept = label.unicodeScalars.filter(\.isPrintable).prefix(200)
        notes.append(
            RowNote(
                reason: "A text is too long or has characters that cannot be shown; {value} is left of it.",
                value: String(String.UnicodeScalarView(kept))))
        return String(String.UnicodeScalarView(kept))
    }

    /// True for text that was turned from UTF-8 into something else on its way ("JosÃ©").
    static func looksGarbled(_ name: String) -> Bool {
        var previous: (UInt8, UInt8) = (0, 0)
        for byte in name.utf8 {
            if byte == 0xC2, previous.0 == 0xC3, previous.1 == 0x82 || previous.1 == 0x83 { return true }
            previous = (previous.1, byte)
        }
        return false
    }

    private static func folded(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 < 32 || $0 == 0xE2 }) else { return text }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\t", "\n", "\r", "\u{2028}", "\u{2029}":
                if scalars.last != " " { scalars.append(" ") }
            default: scalars.append(scalar)
            }
        }
        return Substring(String(scalars)).trimmingBlanks()
    }
}
