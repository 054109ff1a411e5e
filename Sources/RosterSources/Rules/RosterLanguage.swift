/// A language as student systems write it: a tag (`es`, `es-MX`), three letters (`spa`), or a name (`Spanish`).
enum RosterLanguage {
    /// A tag in lower case (RFC 5646), or nil where the text is none that FirstBell knows.
    static func tag(_ text: String) -> String? {
        guard !text.isEmpty else { return nil }
        let lower = text.lowercased()
        if let known = names[lower] { return known }
        let parts = lower.split(separator: "-", omittingEmptySubsequences: false)
        guard let first = parts.first, (2...3).contains(first.utf8.count),
            first.utf8.allSatisfy({ $0 >= 97 && $0 <= 122 })
        else { return nil }
        let rest = parts.dropFirst()
        guard rest.count <= 3, rest.allSatisfy({ (2...8).contains($0.utf8.count) && $0.utf8.allSatisfy(isTagByte) })
        else {
            return nil
        }
        return lower
    }

    private static func isTagByte(_ byte: UInt8) -> Bool { byte.isDigit || byte >= 97 && byte <= 122 }

    private static let names = [
        "english": "en", "eng": "en", "spanish": "es", "spa": "es", "español": "es", "espanol": "es", "arabic": "ar",
        "ara": "ar", "chinese": "zh", "zho": "zh", "chi": "zh", "mandarin": "zh", "french": "fr", "fra": "fr",
        "fre": "fr",
        "german": "de", "deu": "de", "ger": "de", "portuguese": "pt", "por": "pt", "russian": "ru", "rus": "ru",
        "ukrainian": "uk", "ukr": "uk", "vietnamese": "vi", "vie": "vi", "korean": "ko", "kor": "ko", "somali": "so",
        "som": "so", "polish": "pl", "pol": "pl", "turkish": "tr", "tur": "tr", "haitian creole": "ht", "hat": "ht",
        "tagalog": "tl", "tgl": "tl", "urdu": "ur", "urd": "ur", "hindi": "hi", "hin": "hi", "farsi": "fa",
        "persian": "fa",
        "japanese": "ja", "jpn": "ja",
    ]
}
