/// One template as it stands in its file, and what can be said of it before it is drawn.
struct TemplateSource: Sendable {
    let name: String
    let text: String

    /// Every template that this one draws inside itself: `{{>name}}` and `{{<name}}`.
    var partials: [String] {
        tags(startingWith: ["{{>", "{{<"]).filter { !$0.hasPrefix("*") }
    }

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

    /// The template with its messages in another language, as the library is to have it: values come escaped
    /// (`Scope`), so that the library must not escape them again.
    func translated(into words: Words) throws -> String {
        try pieces().map { piece in
            switch piece {
            case .template(let text):
                isPlainText
                    ? text : text.replacing(/\{\{\{?\s*([.A-Za-z][.A-Za-z0-9]*)\s*\}\}\}?/) { "{{{\($0.output.1)}}}" }
            case .message(let message):
                isPlainText ? words.look(up: message) : words.look(up: message).escapedForHTML
            }
        }.joined()
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

    private func tags(startingWith openings: [String]) -> [String] {
        openings.flatMap { opening in
            text.ranges(of: opening).compactMap { start in
                text[start.upperBound...].firstRange(of: "}}").map { end in
                    text[start.upperBound..<end.lowerBound].split(whereSeparator: \.isWhitespace).joined()
                }
            }
        }
    }
}

extension String {
    /// The text with the five characters that HTML reads replaced, so that it can stand in text and in quoted attributes.
    var escapedForHTML: String {
        let needsNothing = utf8.allSatisfy { byte in
            switch byte {
            case 0x22, 0x26, 0x27, 0x3c, 0x3e: false
            default: true
            }
        }
        if needsNothing { return self }
        var escaped = ""
        escaped.reserveCapacity(utf8.count + 32)
        for scalar in unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
