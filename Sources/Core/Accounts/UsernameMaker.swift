internal import Foundation

/// Makes usernames for those to whom the roster gives none: `given.f31`, or `given.f` without a leaving year.
package struct UsernameMaker: Sendable {
    /// Words that no made name may contain, in small letters.
    private let blocked: [String]

    package init(blocked: [String]) { self.blocked = blocked.filter { $0.utf8.count > 2 } }

    /// The maker with the program's own list of blocked words.
    package static func standard() -> UsernameMaker {
        let list = Bundle.module.url(forResource: "blocked-1", withExtension: "txt", subdirectory: "Words")
            .flatMap { try? String(contentsOf: $0, encoding: .utf8) }
        let lines = (list ?? "").split(whereSeparator: \.isNewline).map(String.init)
        return UsernameMaker(blocked: lines.filter { !$0.hasPrefix("#") })
    }

    /// Whom a name is for.
    package struct Person: Sendable {
        package let givenName: String
        package let familyName: String
        package let leavingYear: Int?
        package let number: String?
        package init(givenName: String, familyName: String, leavingYear: Int?, number: String?) {
            self.givenName = givenName
            self.familyName = familyName
            self.leavingYear = leavingYear
            self.number = number
        }
    }

    /// The first name of the person's series that `isTaken` lets pass; the same answers give the same name.
    ///
    /// First come more letters of the family name, then 2, 3 …; high numbers are found by doubling and halving.
    package func name(for person: Person, isTaken: (String) throws -> Bool) rethrows -> String {
        let stems = stems(for: person)
        for stem in stems where stem.utf8.count >= 3 {
            if try !isTaken(stem) { return stem }
        }
        let base = stems.first ?? "student"
        var high = 2
        while try isTaken(numbered(base, high)) { high *= 2 }
        var low = high / 2
        while high - low > 1 {
            let middle = (low + high) / 2
            if try isTaken(numbered(base, middle)) { low = middle } else { high = middle }
        }
        return numbered(base, high)
    }

    private func stems(for person: Person) -> [String] {
        let year = person.leavingYear.map { String(100 + (($0 % 100) + 100) % 100).dropFirst() }.map(String.init) ?? ""
        var given = LatinLetters.of(person.givenName)
        var family = LatinLetters.of(person.familyName).filter { $0 != "." && $0 != "-" }
        if given.isEmpty { (given, family) = (family, "") }
        guard !given.isEmpty else {
            let number = (person.number ?? "").lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
            return ["s\(number.suffix(18))"]
        }
        let lengths = family.isEmpty ? 0...0 : 1...min(family.count, 12)
        let stems = lengths.compactMap { count -> String? in
            let part = String(family.prefix(count))
            if isRude(given, part, of: family) { return nil }
            let tail = (count == 0 ? "" : ".\(part)") + year
            return LatinLetters.trimmed(String(given.prefix(20 - tail.count))) + tail
        }
        return stems.isEmpty ? ["s\(year)"] : stems
    }

    private func numbered(_ base: String, _ number: Int) -> String {
        let tail = base.last?.isNumber == true ? "-\(number)" : String(number)
        return LatinLetters.trimmed(String(base.prefix(20 - tail.count))) + tail
    }

    /// True when the join ends in a blocked word; a word that stands in one of the person's names is their name.
    private func isRude(_ given: String, _ part: String, of family: String) -> Bool {
        let given = given.filter(\.isLetter)
        let joined = given + part
        return blocked.contains { word in
            joined.hasSuffix(word) && !given.contains(word) && !(part == family && family.contains(word))
        }
    }
}

/// A name in `a-z`, `0-9`, `.` and `-`, beginning with a letter.
enum LatinLetters {
    static func of(_ name: String) -> String {
        let latin = name.unicodeScalars.allSatisfy(\.isASCII) ? name : inLatin(name)
        var letters = ""
        for scalar in latin.unicodeScalars {
            switch scalar {
            case "a"..."z", "0"..."9", ".", "-": letters.unicodeScalars.append(scalar)
            case "A"..."Z": letters.unicodeScalars.append(Unicode.Scalar(UInt8(scalar.value + 32)))
            default: if let known = wholes[scalar] { letters += known }
            }
        }
        return trimmed(String(letters.drop { !$0.isLetter }))
    }

    static func trimmed(_ name: String) -> String {
        var name = name
        while let last = name.last, last == "." || last == "-" { name.removeLast() }
        return name
    }

    /// Letters that have no mark to drop are spelled out first; marks go with NFD; other scripts are written in Latin.
    private static func inLatin(_ name: String) -> String {
        var spelled = ""
        for scalar in name.precomposedStringWithCanonicalMapping.unicodeScalars {
            if let known = wholes[scalar] { spelled += known } else { spelled.unicodeScalars.append(scalar) }
        }
        let latin = spelled.applyingTransform(.toLatin, reverse: false) ?? spelled
        return latin.decomposedStringWithCanonicalMapping
    }

    private static let wholes: [Unicode.Scalar: String] = [
        "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ß": "ss", "ẞ": "ss", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d",
        "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ł": "l", "Ł": "l", "ħ": "h", "Ħ": "h", "ı": "i", "ŧ": "t",
        "Ŧ": "t", "ŋ": "n", "Ŋ": "n", "ə": "e", "Ə": "e",
    ]
}
