/// What the values of one column look like, in the rows that are looked at.
struct ListContent {
    /// Those in which something stands.
    let values: [String]
    let isDistinct: Bool

    init(_ values: [String]) {
        self.values = values.filter { !$0.isEmpty }
        isDistinct = Set(self.values).count == self.values.count
    }

    /// The part that is so, from 0 to 1; 0 where there are no values.
    func part(_ isSo: (String) -> Bool) -> Double {
        values.isEmpty ? 0 : Double(values.count(where: isSo)) / Double(values.count)
    }

    func mostly(_ isSo: (String) -> Bool) -> Bool { part(isSo) > 0.8 }

    /// True for 1, 2, 3: a column that only counts the rows.
    var countsRows: Bool {
        values.count > 1
            && values.enumerated().allSatisfy { Int($1.hasSuffix(".") ? $1.dropLast() : $1[...]) == $0 + 1 }
    }

    /// By which a column without a name is known again.
    var look: String {
        if mostly(Self.isAddress) { return "address" }
        if mostly(Self.isDay) { return "day" }
        if mostly(Self.isNumber) { return "number" }
        return mostly(Self.isName) ? "name" : "other"
    }

    static func isAddress(_ text: String) -> Bool { text.utf8.contains(UInt8(ascii: "@")) }

    /// 4 to 12 digits, perhaps with a letter before them.
    static func isNumber(_ text: String) -> Bool {
        let bytes = text.utf8
        let digits = bytes.first.map(\.isDigit) == true ? bytes[...] : bytes.dropFirst()
        return (4...12).contains(digits.count) && digits.allSatisfy(\.isDigit)
            && text.unicodeScalars.first?.properties.isAlphabetic == (digits.count < bytes.count)
    }

    /// `12.03.2016`, `2016-3-12`, `3/12/16`: three numbers of a day.
    static func isDay(_ text: String) -> Bool {
        let day = text.prefix { $0 != " " && $0 != "T" }
        let parts = day.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "/" || $0 == "-" }
        guard parts.count == 3, parts.allSatisfy({ $0.utf8.allSatisfy(\.isDigit) }) else { return false }
        let lengths = parts.map(\.utf8.count)
        return lengths[0] == 4 && (1...2).contains(lengths[1]) && (1...2).contains(lengths[2])
            || (1...2).contains(lengths[0]) && (1...2).contains(lengths[1]) && [2, 4].contains(lengths[2])
    }

    /// `M`, `female`, `weiblich`: nobody's business here, whatever the column is called.
    static func isGender(_ text: String) -> Bool { genders.contains(ListColumnName.folded(text)) }

    /// `4`, `04`, `K`, `4th`, `Year 4`, `Klasse 4`, `4.º`.
    static func isGrade(_ text: String) -> Bool {
        // "4.º" is a grade, "4o" the class beside 4p.
        let folded = ListColumnName.folded(String(text.filter { !"ºª°".contains($0) }))
        if grades.contains(folded) { return true }
        let digits = folded.unicodeScalars.filter { ("0"..."9").contains($0) }
        let letters = String(String.UnicodeScalarView(folded.unicodeScalars.filter { !("0"..."9").contains($0) }))
        guard (1...2).contains(digits.count), gradeWords.contains(letters) else { return false }
        return Int(String(String.UnicodeScalarView(digits))).map { $0 <= 13 } == true
    }

    /// `A`, `B+`, `87`, `9.5`: how well somebody did.
    static func isMark(_ text: String) -> Bool {
        if let number = Double(text.replacing(",", with: ".").replacing("%", with: "")) {
            return number > 20 || number != number.rounded()
        }
        let letter = text.uppercased()
        return ["A", "B", "C", "D", "E", "F"].contains(letter.prefix(1))
            && ["", "+", "-", "−"].contains(letter.dropFirst())
    }

    /// `4B`, `10-A`, `7/2`: as classes are called.
    static func isTracker(_ text: String) -> Bool {
        let digits = text.utf8.prefix(while: \.isDigit).count
        guard (1...2).contains(digits) else { return false }
        let rest = text.dropFirst(digits).drop { " -/._".contains($0) }
        return (1...2).contains(rest.unicodeScalars.count)
            && rest.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || $0.properties.numericType != nil }
            && (rest.utf8.first?.isDigit != true || text.utf8.count > digits + rest.utf8.count)
    }

    /// `areyes3`, `ana.reyes`: small, without blanks, and with something that no name has.
    static func isUsername(_ text: String) -> Bool {
        let bytes = text.utf8
        return bytes.count > 2 && bytes.first.map { (97...122).contains($0) } == true
            && bytes.allSatisfy { (97...122).contains($0) || $0.isDigit || [45, 46, 95].contains($0) }
            && bytes.contains { $0.isDigit || $0 == UInt8(ascii: ".") }
    }

    /// Letters, and the signs that names have.
    static func isName(_ text: String) -> Bool {
        text.unicodeScalars.contains { $0.properties.isAlphabetic }
            && text.unicodeScalars.allSatisfy {
                $0.properties.isAlphabetic || $0.properties.isWhitespace || ".,'’ʻ-‐‑()".unicodeScalars.contains($0)
                    || $0.properties.canonicalCombiningClass != .notReordered
            }
    }

    private static let genders: Set = [
        "m", "f", "w", "d", "male", "female", "nonbinary", "boy", "girl", "mannlich", "weiblich", "divers",
        "mujer",
        "hombre", "nino", "nina", "masculino", "femenino", "masculin", "feminin",
    ]
    private static let grades: Set = [
        "k", "kg", "kindergarten", "pk", "prek", "pre k", "tk", "r", "reception", "nursery", "freshman", "sophomore",
        "junior", "senior", "infantil",
    ]
    private static let gradeWords: Set = [
        "", "grade", "gr", "g", "year", "yr", "y", "klasse", "jahrgang", "grado", "curso", "ano", "er", "ro",
        "do",
        "to", "mo", "th", "st", "nd", "rd", "primaria",
    ]
}
