/// Subject and text of a letter in a district's own words: text with named placeholders, and nothing else.
///
/// Two braces or more in a row are text as they stand, so that no template language is ever read.
package struct MailText: Sendable, Equatable {
    package let subject: String
    package let body: String

    /// In code points.
    package static let longestSubject = 150
    package static let longestBody = 4_000

    /// Why a text cannot be taken.
    package enum Problem: Error, Sendable, Equatable {
        case empty
        case tooLong(by: Int)
        /// A line end in the subject.
        case lineBreak
        /// A control character, or a mark that turns the writing direction; with what stands before it.
        case control(after: String)
        case unknown(placeholder: String)
        /// A single brace that opens or closes nothing; with what follows.
        case brace(at: String)
    }

    /// What was typed, and what is wrong with either half.
    package struct Trouble: Error, Sendable, Equatable {
        package var subject: Problem?
        package var body: Problem?
        package init(subject: Problem? = nil, body: Problem? = nil) {
            self.subject = subject
            self.body = body
        }
    }

    /// A text out of the database, where only what was checked stands.
    init(subject: String, body: String) {
        self.subject = subject
        self.body = body
    }

    /// Checks what was typed. Line ends become LF, blanks around it go.
    package init(typedSubject: String, typedBody: String) throws(Trouble) {
        (subject, body) = (Self.trimmed(typedSubject), Self.trimmed(Self.withPlainLines(typedBody)))
        let trouble = Trouble(
            subject: Self.problem(with: subject, most: Self.longestSubject, isOneLine: true),
            body: Self.problem(with: body, most: Self.longestBody, isOneLine: false))
        if trouble != Trouble() { throw trouble }
    }

    /// The text with its placeholders filled in. What is filled in is not read again: a name that looks like a placeholder
    /// stays a name.
    package func filled(_ values: [MailPlaceholder: String]) -> (subject: String, body: String) {
        (Self.filled(subject, values), Self.filled(body, values))
    }

    private static func filled(_ text: String, _ values: [MailPlaceholder: String]) -> String {
        guard let pieces = try? MailTextPiece.pieces(of: text) else { return text }
        return pieces.map { piece in
            switch piece {
            case .text(let text): text
            case .placeholder(let placeholder): values[placeholder] ?? ""
            }
        }.joined()
    }

    private static func problem(with text: String, most: Int, isOneLine: Bool) -> Problem? {
        let scalars = Array(text.unicodeScalars)
        guard scalars.contains(where: isSeen) else { return .empty }
        if isOneLine, scalars.contains(where: isLineEnd) { return .lineBreak }
        if let index = scalars.firstIndex(where: { $0 != "\n" && isUnseen($0) }) {
            return .control(after: excerpt(scalars[..<index].suffix(20)))
        }
        if scalars.count > most { return .tooLong(by: scalars.count - most) }
        do { _ = try MailTextPiece.pieces(of: text) } catch { return error }
        return nil
    }

    static func excerpt(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        trimmed(String(String.UnicodeScalarView(scalars.map { isLineEnd($0) || isUnseen($0) ? " " : $0 })))
    }

    private static func isSeen(_ scalar: Unicode.Scalar) -> Bool {
        !scalar.properties.isWhitespace && !scalar.properties.isDefaultIgnorableCodePoint
            && scalar.properties.generalCategory != .control
    }

    static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}", "\u{2028}", "\u{2029}": true
        default: scalar.properties.generalCategory == .control
        }
    }

    private static func isLineEnd(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\n", "\r", "\u{0B}", "\u{0C}", "\u{85}", "\u{2028}", "\u{2029}": true
        default: false
        }
    }

    static func withPlainLines(_ typed: String) -> String {
        var scalars = String.UnicodeScalarView()
        var previous: Unicode.Scalar?
        for scalar in typed.unicodeScalars {
            defer { previous = scalar }
            switch scalar {
            case "\n": if previous != "\r" { scalars.append("\n") }
            case "\r", "\u{85}", "\u{2028}", "\u{2029}": scalars.append("\n")
            case "\t": scalars.append(" ")
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }

    static func trimmed(_ text: String) -> String {
        var scalars = text.unicodeScalars[...]
        while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
        while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
        return String(scalars)
    }
}
