internal import Storage

/// One word of a search for people.
struct SearchWord: Sendable {
    /// As it was typed, in small letters: for usernames, numbers and addresses.
    let typed: String
    /// As names are folded (`SortName`).
    let folded: String
    /// Anywhere in a text, ready for LIKE with `!` as the escape.
    private let pattern: String

    /// True for an account `a` with the word in name, username or address.
    var isFound: SQL {
        """
        (a.sort_name LIKE \(pattern) ESCAPE '!' OR lower(a.username) LIKE \(pattern) ESCAPE '!'
         OR a.address_key LIKE \(pattern) ESCAPE '!')
        """
    }

    /// The same, or in the student's number.
    var isFoundOrNumber: SQL { "(\(isFound) OR lower(a.number) LIKE \(pattern) ESCAPE '!')" }

    /// True for an account `a` with a name, after its first one, that begins with the word.
    var beginsALaterName: SQL { "a.sort_name LIKE \("% " + pattern.dropFirst()) ESCAPE '!'" }

    /// True for texts that begin with the word, as a range of an index on `text`.
    func begins(_ text: SQL, folded isFolded: Bool = false) -> SQL {
        let prefix = isFolded ? folded : typed
        return "\(text) >= \(prefix) AND \(text) < \(prefix + "\u{10FFFF}")"
    }

    /// The same word, typed otherwise.
    func withTyped(_ typed: String) -> SearchWord { SearchWord(typed: typed, folded: folded, pattern: pattern) }

    /// At most five words: more would not narrow a list of people further. Signs that names are folded without are none.
    static func all(in search: String) -> [SearchWord] {
        search.split(whereSeparator: \.isWhitespace).compactMap { part -> SearchWord? in
            let folded = SortName.key(family: String(part), given: "")
            guard !folded.isEmpty else { return nil }
            let escaped = String(
                folded.unicodeScalars.flatMap { ["!", "%", "_"].contains($0) ? ["!", $0] : [$0] }.map(Character.init))
            return SearchWord(typed: Username.key(String(part)), folded: folded, pattern: "%\(escaped)%")
        }.prefix(5).map { $0 }
    }
}
