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

    /// True for `1.23E+11`, for `13-Nov`, and for their like in other languages of spreadsheet programs.
    static func isDamagedBySpreadsheet(_ text: String) -> Bool {
        isShortenedNumber(text) || isMadeADay(text)
    }

    private static func isShortenedNumber(_ text: String) -> Bool {
        guard text.utf8.contains(UInt8(ascii: "+")) else { return false }
        let bytes = Array(text.utf8)
        guard bytes.count >= 4, bytes[0].isDigit, let sign = bytes.lastIndex(of: UInt8(ascii: "+")) else {
            return false
        }
        guard sign + 1 < bytes.count, bytes[(sign + 1)...].allSatisfy(\.isDigit) else { return false }
        guard bytes[sign - 1] == UInt8(ascii: "E") || bytes[sign - 1] == UInt8(ascii: "e") else { return false }
        let number = bytes[1..<(sign - 1)]
        return number.isEmpty
            || (number.first == UInt8(ascii: ".") || number.first == UInt8(ascii: ",")) && number.count > 1
                && number.dropFirst().allSatisfy(\.isDigit)
    }

    /// `11-13` becomes `13-Nov`, and `11-2013` becomes `Nov-13`.
    private static func isMadeADay(_ text: String) -> Bool {
        guard (5...7).contains(text.utf8.count), text.utf8.contains(UInt8(ascii: "-")) else { return false }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return false }
        func isDay(_ part: Substring) -> Bool { (1...2).contains(part.utf8.count) && part.utf8.allSatisfy(\.isDigit) }
        func isMonth(_ part: Substring) -> Bool { months.contains(part.lowercased()) }
        return isDay(parts[0]) && isMonth(parts[1]) || isMonth(parts[0]) && isDay(parts[1])
    }

    /// As spreadsheet programs shorten them in English, Spanish, French and German.
    private static let months: Set = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "ene", "abr", "ago", "dic",
        "mrz", "mär", "mai", "okt", "dez", "avr", "aoû", "déc",
    ]
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
    /// Without the blanks around it, those too that nobody sees. Line breaks may have to stay, to be told of.
    package func trimmingBlanks(butLineBreaks keepsLineBreaks: Bool = false) -> String {
        func isBlank(_ scalar: Unicode.Scalar) -> Bool {
            switch scalar.value {
            case 0xA...0xD, 0x85, 0x2028, 0x2029: !keepsLineBreaks
            case 0x200B, 0xFEFF: true
            default: scalar.properties.isWhitespace
            }
        }
        var part = unicodeScalars[...]
        while let first = part.first, isBlank(first) { part.removeFirst() }
        while let last = part.last, isBlank(last) { part.removeLast() }
        return String(part)
    }
}
