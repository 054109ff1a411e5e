/// One gettext `.po` file (GNU gettext manual, "The Format of PO Files"), read strictly.
struct Catalog: Sendable, Equatable {
    struct Entry: Sendable, Equatable {
        let message: String
        let plural: String?
        let forms: [String]
        /// Where the entry begins, counted from 1.
        let line: Int
    }
    /// The fields of the header, the entry with an empty message.
    let header: [String: String]
    let entries: [Entry]

    /// Why a catalog cannot be taken.
    struct Fault: Error, Equatable, CustomStringConvertible {
        let line: Int
        let reason: String
        var description: String { "line \(line): \(reason)" }
    }

    /// Throws `Fault` with its line for anything that gettext's tools would refuse, and for entries marked fuzzy.
    init(_ text: String) throws {
        var reader = Reader()
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            try reader.take(line, number: index + 1)
        }
        try reader.finish()
        header = reader.header
        entries = reader.entries
    }

    private struct Reader {
        var header: [String: String] = [:]
        var entries: [Entry] = []
        private var seen: Set<String> = []
        private var start = 0
        private var message: String?
        private var plural: String?
        private var forms: [Int: String] = [:]
        private var field = Field.none
        private var isFuzzy = false

        private enum Field: Equatable { case none, message, plural, form(Int) }

        mutating func take(_ line: Substring, number: Int) throws {
            let text = line.drop { $0 == " " || $0 == "\t" }
            if text.isEmpty { return }
            if text.hasPrefix("#") {
                if !forms.isEmpty { try finish() }
                if text.hasPrefix("#,"), text.contains("fuzzy") { isFuzzy = true }
                return
            }
            if text.hasPrefix("\"") { return try append(Self.unquote(text, number), number) }
            guard let blank = text.firstIndex(of: " ") else {
                throw Fault(line: number, reason: "keyword without text")
            }
            let value = try Self.unquote(text[blank...].drop { $0 == " " }, number)
            switch text[..<blank] {
            case "msgid":
                if message != nil { try finish() }
                (start, message, field) = (number, value, .message)
                if isFuzzy { throw Fault(line: number, reason: "fuzzy: a person must confirm this translation") }
            case "msgid_plural":
                guard field == .message else { throw Fault(line: number, reason: "msgid_plural without msgid") }
                (plural, field) = (value, .plural)
            case "msgstr":
                guard field == .message else { throw Fault(line: number, reason: "msgstr without msgid") }
                (forms[0], field) = (value, .form(0))
            case let keyword where keyword.hasPrefix("msgstr[") && keyword.hasSuffix("]"):
                guard plural != nil, let index = Int(keyword.dropFirst(7).dropLast()), index == forms.count
                else { throw Fault(line: number, reason: "\(keyword) out of order") }
                (forms[index], field) = (value, .form(index))
            default: throw Fault(line: number, reason: "unknown keyword \(text[..<blank])")
            }
        }

        mutating func finish() throws {
            guard let message else { return }
            guard !forms.isEmpty else { throw Fault(line: start, reason: "msgid without msgstr") }
            guard seen.insert(message).inserted else { throw Fault(line: start, reason: "twice: \(message)") }
            let texts = forms.sorted { $0.key < $1.key }.map(\.value)
            if message.isEmpty {
                header = Self.fields(texts[0])
            } else {
                entries.append(Entry(message: message, plural: plural, forms: texts, line: start))
            }
            (self.message, plural, forms, field, isFuzzy) = (nil, nil, [:], .none, false)
        }

        private mutating func append(_ text: String, _ number: Int) throws {
            switch field {
            case .message: message? += text
            case .plural: plural? += text
            case .form(let index): forms[index]? += text
            case .none: throw Fault(line: number, reason: "text without keyword")
            }
        }

        private static func fields(_ header: String) -> [String: String] {
            var fields: [String: String] = [:]
            for line in header.split(separator: "\n") {
                guard let colon = line.firstIndex(of: ":") else { continue }
                fields[String(line[..<colon])] = String(line[line.index(after: colon)...].drop { $0 == " " })
            }
            return fields
        }

        private static func unquote(_ quoted: Substring, _ number: Int) throws -> String {
            var text = ""
            var scalars = quoted.unicodeScalars.dropFirst().makeIterator()
            guard quoted.first == "\"" else { throw Fault(line: number, reason: "text must stand in quotes") }
            while let scalar = scalars.next() {
                switch scalar {
                case "\"":
                    while let after = scalars.next() {
                        guard after.properties.isWhitespace
                        else { throw Fault(line: number, reason: "text after the closing quote") }
                    }
                    return text
                case "\\":
                    guard let escaped = scalars.next(), let plain = escapes[escaped]
                    else { throw Fault(line: number, reason: "unknown escape") }
                    text.unicodeScalars.append(plain)
                default: text.unicodeScalars.append(scalar)
                }
            }
            throw Fault(line: number, reason: "quote not closed")
        }

        private static let escapes: [Unicode.Scalar: Unicode.Scalar] = [
            "n": "\n", "t": "\t", "r": "\r", "\"": "\"", "\\": "\\",
        ]
    }
}
