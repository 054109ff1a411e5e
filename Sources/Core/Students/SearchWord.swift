internal import Storage

/// One word of a search for people.
struct SearchWord: Sendable {
    /// As it was typed, in small letters: for usernames, numbers and addresses.
    let typed: String
    /// As names are folded (`SortName`).
    let folded: String
    /// Anywhere in a text, ready for LIKE with `!` as the escape: as folded, and as typed.
    let pattern: String
    private let typedPattern: String

    init(typed: String, folded: String) {
        self.typed = typed
        self.folded = folded
        pattern = Self.pattern(folded)
        typedPattern = Self.pattern(typed)
    }

    /// True for an account `a` with the word in name, username or address.
    var isFound: SQL {
        "(a.sort_name LIKE \(pattern) ESCAPE '!' OR \(isIn("lower(a.username)")) OR \(isIn("a.address_key")))"
    }

    /// The same, or in the student's number.
    var isFoundOrNumber: SQL { "(\(isFound) OR \(isIn("lower(a.number)")))" }

    private func isIn(_ text: SQL) -> SQL {
        let isFolded: SQL = "\(text) LIKE \(pattern) ESCAPE '!'"
        return typed == folded ? isFolded : "(\(isFolded) OR \(text) LIKE \(typedPattern) ESCAPE '!')"
    }

    private static func pattern(_ word: String) -> String {
        let escaped = String(
            word.unicodeScalars.flatMap { ["!", "%", "_"].contains($0) ? ["!", $0] : [$0] }.map(Character.init))
        return "%\(escaped)%"
    }

    /// True for an account `a` with a name, after its first one, that begins with the word.
    var beginsALaterName: SQL { "a.sort_name LIKE \("% " + pattern.dropFirst()) ESCAPE '!'" }

    /// True for texts that begin with the word, as a range of an index on `text`.
    func begins(_ text: SQL, folded isFolded: Bool = false) -> SQL {
        let prefix = isFolded ? folded : typed
        return "\(text) >= \(prefix) AND \(text) < \(prefix + "\u{10FFFF}")"
    }

    /// The same word, typed otherwise.
    func withTyped(_ typed: String) -> SearchWord { SearchWord(typed: typed, folded: folded) }

    /// At most five words: more would not narrow a list of people further. Signs that names are folded without are none.
    static func all(in search: String) -> [SearchWord] {
        search.split(whereSeparator: \.isWhitespace).compactMap { part -> SearchWord? in
            let folded = SortName.key(family: String(part), given: "")
            guard !folded.isEmpty else { return nil }
            return SearchWord(typed: Username.key(String(part)), folded: folded)
        }.prefix(5).map { $0 }
    }
}
