/// One template as it stands in its file, and what can be said of it before it is drawn.
struct TemplateSource: Sendable {
    let name: String
    let text: String

    /// The text of every `{{#t}}…{{/t}}`, as messages are written: blanks and line ends become one blank.
    func messages() throws -> [String] {
        try pieces().compactMap { piece in
            if case .message(let text) = piece { text } else { nil }
        }
    }

    /// The template with values in place that never differ.
    func with(_ constants: [String: String]) -> TemplateSource {
        let filled = constants.reduce(text) { text, constant in
            text.replacing(
                "{{\(constant.key)}}", with: isPlainText ? constant.value : constant.value.escapedForHTML)
        }
        return TemplateSource(name: name, text: filled)
    }

    /// True for a template whose first line says so; all others are HTML.
    var isPlainText: Bool { text.hasPrefix("{{% CONTENT_TYPE:TEXT}}") }

    /// The template with its messages in the language of the words.
    func nodes(in words: Words) throws -> [TemplateNode] {
        let text = try pieces().map { piece in
            switch piece {
            case .template(let text): text
            case .message(let message):
                isPlainText ? words.look(up: message) : words.look(up: message).escapedForHTML
            }
        }.joined()
        return try TemplateReader.nodes(text, of: name)
    }

    private enum Piece {
        case template(String)
        case message(String)
    }

    private func pieces() throws -> [Piece] {
        var pieces: [Piece] = []
        var rest = text[...]
        while let start = rest.firstRange(of: "{{#t}}") {
            pieces.append(.template(String(rest[..<start.lowerBound])))
            rest = rest[start.upperBound...]
            guard let end = rest.firstRange(of: "{{/t}}") else {
                throw TemplateError.unreadable(name, "{{#t}} without {{/t}}")
            }
            let message = rest[..<end.lowerBound].split(whereSeparator: \.isWhitespace).joined(separator: " ")
            if message.isEmpty || message.contains(where: { "{}<>".contains($0) }) {
                throw TemplateError.notPlain(message, in: name)
            }
            pieces.append(.message(message))
            rest = rest[end.upperBound...]
        }
        pieces.append(.template(String(rest)))
        return pieces
    }
}
