/// A day of a roster as `YYYY-MM-DD` (OneRoster Date), from the forms in which rosters really write it.
enum RosterDay {
    /// nil for none, and nil with a note for what is no day.
    static func checked(_ text: String, notes: inout [RowNote]) -> String? {
        guard !text.isEmpty else { return nil }
        if let day = normalized(text) { return day }
        notes.append(
            RowNote(reason: "{value} is not a day that FirstBell can read; write it as 2026-08-31.", value: text))
        return nil
    }

    /// Takes `2026-08-31`, `2026/8/31`, `20260831`, each also with a time behind it, and `8/31/2026` (the month first, unless
    /// it can only be the day).
    static func normalized(_ text: String) -> String? {
        let bytes = Array(text.utf8)
        let day = bytes.prefix { $0 != UInt8(ascii: "T") && $0 != UInt8(ascii: " ") }
        let parts = day.split(omittingEmptySubsequences: false) { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "/") }
        let numbers = parts.compactMap(number)
        guard numbers.count == parts.count else { return nil }
        if parts.count == 1, day.count == 8 {
            return written(year: numbers[0] / 10_000, month: numbers[0] / 100 % 100, day: numbers[0] % 100)
        }
        guard parts.count == 3 else { return nil }
        if parts[0].count == 4, parts[1].count <= 2, parts[2].count <= 2 {
            return written(year: numbers[0], month: numbers[1], day: numbers[2])
        }
        guard parts[0].count <= 2, parts[1].count <= 2, parts[2].count == 4, day.contains(UInt8(ascii: "/")) else {
            return nil
        }
        return numbers[0] > 12
            ? written(year: numbers[2], month: numbers[1], day: numbers[0])
            : written(year: numbers[2], month: numbers[0], day: numbers[1])
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard (1...8).contains(digits.count), digits.allSatisfy(\.isDigit) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - 48) }
    }

    private static func written(year: Int, month: Int, day: Int) -> String? {
        guard (1900...2200).contains(year), (1...12).contains(month) else { return nil }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard (1...lengths[month - 1]).contains(day) else { return nil }
        return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }
}
