/// A person's name in one piece, parted into given and family name.
struct WholeName: Equatable {
    var given = ""
    var family = ""

    init() {}

    /// "Family, Given", or else the words in the order in which this list has them.
    init(_ text: String, isFamilyFirst: Bool) {
        if let parted = WholeName(parting: text) {
            self = parted
            return
        }
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        let capitals = words.filter(Self.isInCapitals)
        if !capitals.isEmpty, capitals.count < words.count {
            family = capitals.joined(separator: " ")
            given = words.filter { !Self.isInCapitals($0) }.joined(separator: " ")
            return
        }
        let parts = isFamilyFirst ? Self.familyFirst(words) : Self.familyLast(words)
        given = parts.given.joined(separator: " ")
        family = parts.family.joined(separator: " ")
    }

    /// "Family, Given"; nil for a name without such a comma, as "Ana Reyes, Jr.".
    init?(parting text: String) {
        let parts = text.split(separator: ",", maxSplits: 1).map { $0.trimmingBlanks() }
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty, !Self.isSuffix(parts[1]) else { return nil }
        family = parts[0]
        given = parts[1]
    }

    /// The last word, with the particles before it: "Ana de la Cruz".
    private static func familyLast(_ words: [String]) -> (given: [String], family: [String]) {
        var start = words.count - 1
        while start > 0, isSuffix(words[start]) { start -= 1 }
        while start > 1, particles.contains(words[start - 1]) { start -= 1 }
        return start < 0 ? ([], []) : (Array(words[..<start]), Array(words[start...]))
    }

    private static func familyFirst(_ words: [String]) -> (given: [String], family: [String]) {
        var end = 0
        while end < words.count, particles.contains(words[end].lowercased()) { end += 1 }
        end = min(end + 1, words.count)
        return (Array(words[end...]), Array(words[..<end]))
    }

    /// "GARCÍA López": one that has small letters has none in its family name where lists write that in capitals.
    private static func isInCapitals(_ word: String) -> Bool {
        let letters = word.unicodeScalars.filter(\.properties.isAlphabetic)
        return letters.count > 2 && letters.allSatisfy { $0.properties.isUppercase } && !isSuffix(word)
    }

    private static func isSuffix(_ text: String) -> Bool {
        ["jr", "jr.", "sr", "sr.", "ii", "iii", "iv"].contains(text.lowercased())
    }

    private static let particles: Set = [
        "de", "del", "la", "las", "los", "da", "das", "do", "dos", "di", "du", "van", "von", "der", "den", "ten", "ter",
        "zu", "zur", "y", "al", "el", "bin", "ibn",
    ]
}
