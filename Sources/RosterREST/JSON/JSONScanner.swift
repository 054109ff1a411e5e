/// Reads a JSON text (RFC 8259) from its bytes. What nobody asked for is checked and passed over, never decoded.
struct JSONScanner {
    enum Fault: Error { case malformed, tooDeep }

    /// OneRoster needs five.
    static let deepest = 32

    private let bytes: [UInt8]
    private(set) var index: Int

    init(_ bytes: [UInt8], from index: Int = 0) {
        self.bytes = bytes
        self.index = index
        if index == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { self.index = 3 }
    }

    /// The whole text as one object, of which the named members are kept.
    mutating func document(keeping names: Set<String>) throws -> JSONValue {
        let value = try object(keeping: names)
        try end()
        return value
    }

    /// Throws where something follows.
    mutating func end() throws {
        guard next() == nil else { throw Fault.malformed }
    }

    /// The next object, of which the named members are kept; the first of those of one name.
    mutating func object(keeping names: Set<String>, depth: Int = 0) throws -> JSONValue {
        var kept: [String: JSONValue] = [:]
        try members(depth) { scanner, name in
            if names.contains(name), kept[name] == nil {
                kept[name] = try scanner.value(depth + 1)
            } else {
                try scanner.skip(depth + 1)
            }
        }
        return .object(kept)
    }

    /// Goes through the members of the next object; `body` has to read or pass over each value.
    mutating func members(_ depth: Int, _ body: (inout Self, String) throws -> Void) throws {
        try list(UInt8(ascii: "{"), UInt8(ascii: "}"), depth) { scanner in
            let name = try scanner.string()
            try scanner.take(UInt8(ascii: ":"))
            try body(&scanner, name)
        }
    }

    /// Goes through the elements of the next array; `body` has to read or pass over each.
    mutating func elements(_ depth: Int, _ body: (inout Self) throws -> Void) throws {
        try list(UInt8(ascii: "["), UInt8(ascii: "]"), depth, body)
    }

    /// The next byte that is no blank, not taken yet.
    mutating func next() -> UInt8? {
        while index < bytes.count, Self.isBlank(bytes[index]) { index += 1 }
        return index < bytes.count ? bytes[index] : nil
    }

    mutating func value(_ depth: Int) throws -> JSONValue {
        switch next() {
        case UInt8(ascii: "{"):
            var all: [String: JSONValue] = [:]
            try members(depth) { scanner, name in
                let value = try scanner.value(depth + 1)
                if all[name] == nil { all[name] = value }
            }
            return .object(all)
        case UInt8(ascii: "["):
            var all: [JSONValue] = []
            try elements(depth) { all.append(try $0.value(depth + 1)) }
            return .array(all)
        case UInt8(ascii: "\""): return .text(try string())
        default: return try plain()
        }
    }

    mutating func skip(_ depth: Int) throws {
        switch next() {
        case UInt8(ascii: "{"): try members(depth) { scanner, _ in try scanner.skip(depth + 1) }
        case UInt8(ascii: "["): try elements(depth) { try $0.skip(depth + 1) }
        case UInt8(ascii: "\""): _ = try quoted()
        default: _ = try plain()
        }
    }

    private mutating func list(
        _ opening: UInt8, _ closing: UInt8, _ depth: Int, _ item: (inout Self) throws -> Void
    ) throws {
        guard depth < Self.deepest else { throw Fault.tooDeep }
        try take(opening)
        if next() == closing { return index += 1 }
        while true {
            try item(&self)
            let byte = next()
            index += 1
            if byte == closing { return }
            guard byte == UInt8(ascii: ",") else { throw Fault.malformed }
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 10 || byte == 13 }

    private mutating func take(_ byte: UInt8) throws {
        guard next() == byte else { throw Fault.malformed }
        index += 1
    }

    private mutating func plain() throws -> JSONValue {
        let start = index
        while index < bytes.count, !Self.isBlank(bytes[index]), bytes[index] != UInt8(ascii: ","),
            bytes[index] != UInt8(ascii: "]"), bytes[index] != UInt8(ascii: "}")
        { index += 1 }
        let word = bytes[start..<index]
        guard word.count <= 100 else { throw Fault.malformed }
        switch String(decoding: word, as: UTF8.self) {
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "null": return .null
        case let digits:
            guard let first = word.first, first == UInt8(ascii: "-") || (48...57).contains(first),
                Double(digits) != nil, word.allSatisfy({ "+-.eE0123456789".utf8.contains($0) })
            else { throw Fault.malformed }
            return .number(digits)
        }
    }

    /// The bytes between the next two quotes, and whether there are escapes among them.
    private mutating func quoted() throws -> (range: Range<Int>, isEscaped: Bool) {
        try take(UInt8(ascii: "\""))
        let start = index
        var isEscaped = false
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""):
                index += 1
                return (start..<(index - 1), isEscaped)
            case UInt8(ascii: "\\"):
                isEscaped = true
                index += 2
            case 0..<32: throw Fault.malformed
            default: index += 1
            }
        }
        throw Fault.malformed
    }

    private mutating func string() throws -> String {
        let (range, isEscaped) = try quoted()
        let raw = isEscaped ? try JSONEscapes.resolved(bytes[range]) : Array(bytes[range])
        guard let text = String(validating: raw, as: UTF8.self) else { throw Fault.malformed }
        return text
    }
}
