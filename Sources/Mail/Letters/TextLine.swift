/// A paragraph that a person wrote.
struct TextParagraph: Sendable {
    let lines: [TextLine]
}

/// One line of text that a person wrote with line ends.
struct TextLine: Sendable {
    /// A piece of it. Marks of an address stand apart, so that no mail program sees an address in the text and makes a link
    /// of it by its own guess: what is read and copied is the same.
    struct Piece: Sendable, Equatable {
        let text: String
        let isMark: Bool
    }
    let pieces: [Piece]
    let isLast: Bool

    static func lines(of text: String) -> [TextLine] {
        lines(text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
    }

    static func lines(_ lines: [String]) -> [TextLine] {
        lines.enumerated().map { TextLine(pieces: pieces(of: $1), isLast: $0 == lines.count - 1) }
    }

    static func pieces(of line: String) -> [Piece] {
        let scalars = Array(line.unicodeScalars)
        var pieces: [Piece] = []
        var plain = String.UnicodeScalarView()
        for index in scalars.indices {
            guard isMark(at: index, in: scalars) else {
                plain.append(scalars[index])
                continue
            }
            if !plain.isEmpty { pieces.append(Piece(text: String(plain), isMark: false)) }
            plain = String.UnicodeScalarView()
            pieces.append(Piece(text: String(scalars[index]), isMark: true))
        }
        if !plain.isEmpty || pieces.isEmpty { pieces.append(Piece(text: String(plain), isMark: false)) }
        return pieces
    }

    /// A stop or an at between two characters of a word, and a colon before a slash.
    private static func isMark(at index: Int, in scalars: [Unicode.Scalar]) -> Bool {
        guard [".", "@", ":"].contains(scalars[index]), index > 0, index + 1 < scalars.count else { return false }
        let (before, after) = (scalars[index - 1].properties, scalars[index + 1])
        if scalars[index] == ":" { return after == "/" }
        return !before.isWhitespace && !after.properties.isWhitespace
    }
}
