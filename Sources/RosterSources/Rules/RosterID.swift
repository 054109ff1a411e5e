/// An id as a roster gives it (OneRoster GUID: under 256 characters, no need of a UUID). Always text.
enum RosterID {
    /// Throws for an id that is empty, too long, unprintable, or that a spreadsheet has turned into a number.
    static func checked(_ text: String) throws(RowRefused) -> String {
        guard !text.isEmpty else {
            throw RowRefused(reason: "The id is empty. Give each row its id.")
        }
        guard text.utf8.count <= 255,
            text.utf8.allSatisfy(\.isPrintableASCII) || text.unicodeScalars.allSatisfy(\.isPrintable)
        else {
            throw RowRefused(reason: "The id {value} is too long or has characters that no id has.", value: text)
        }
        guard !isDamagedBySpreadsheet(text) else {
            throw RowRefused(
                reason:
                    "The id {value} was changed by a spreadsheet. Export the file again and do not open it on the way.",
                value: text)
        }
        return text
    }

    /// The id of a row that nothing refers to: what cannot be one is none.
    static func ofRow(_ text: String) -> String? { isUsable(text) ? text : nil }

    /// True for what `checked` takes.
    static func isUsable(_ text: String) -> Bool {
        do {
            _ = try checked(text)
            return true
        } catch { return false }
    }

    /// The ids of a list. Blanks and brackets around them mean nothing.
    static func list(_ text: String) throws(RowRefused) -> [String] {
        guard text.utf8.contains(UInt8(ascii: ",")) || text.hasPrefix("[") else {
            return text.isEmpty ? [] : [try checked(text)]
        }
        var ids: [String] = []
        for part in text.split(whereSeparator: { $0 == "," || $0 == "[" || $0 == "]" }) {
            let id = part.trimmingBlanks()
            if !id.isEmpty { ids.append(try checked(id)) }
        }
        return ids
    }

    /// True for `1.23E+11` and its like.
    static func isDamagedBySpreadsheet(_ text: String) -> Bool {
        guard text.utf8.contains(UInt8(ascii: "+")) else { return false }
        let bytes = Array(text.utf8)
        guard bytes.count >= 4, bytes[0].isDigit, let sign = bytes.lastIndex(of: UInt8(ascii: "+")) else {
            return false
        }
        guard sign + 1 < bytes.count, bytes[(sign + 1)...].allSatisfy(\.isDigit) else { return false }
        guard bytes[sign - 1] == UInt8(ascii: "E") || bytes[sign - 1] == UInt8(ascii: "e") else { return false }
        let number = bytes[1..<(sign - 1)]
        return number.isEmpty
            || number.first == UInt8(ascii: ".") && number.count > 1 && number.dropFirst().allSatisfy(\.isDigit)
    }
}

extension UInt8 {
    var isDigit: Bool { self >= 48 && self <= 57 }
    var isPrintableASCII: Bool { self >= 32 && self < 127 }
}

extension Unicode.Scalar {
    /// False for control characters, line ends, text direction overrides, and the sign of a lost character.
    var isPrintable: Bool {
        switch value {
        case 0x20...0x7E, 0xA0...0x1FFF: true
        case 0..<0xA0, 0x2028...0x202E, 0x2066...0x2069, 0xFFF9...0xFFFD: false
        default: value & 0xFFFE != 0xFFFE
        }
    }
}

extension Substring {
    package func trimmingBlanks() -> String {
        var part = unicodeScalars[...]
        while part.first?.properties.isWhitespace == true { part.removeFirst() }
        while part.last?.properties.isWhitespace == true { part.removeLast() }
        return String(part)
    }
}
