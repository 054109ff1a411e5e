import Hummingbird

/// The language that a browser asks for (RFC 9110, section 12.5.4).
enum RequestLanguage {
    /// The best of ours by the browser's weights; nil when it wants none of them.
    static func preferred(_ header: String?, among ours: [String]) -> String? {
        var best: (language: String, weight: Double)?
        for item in (header ?? "").prefix(500).split(separator: ",").prefix(20) {
            let parts = item.split(separator: ";").map { $0.filter { $0 != " " } }
            guard let tag = parts.first?.lowercased() else { continue }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            guard weight > best?.weight ?? 0 else { continue }
            let base = tag.split(separator: "-").first.map(String.init) ?? tag
            guard let language = ours.first(where: { $0.lowercased() == tag }) ?? ours.first(where: { $0 == base })
            else { continue }
            best = (language, weight)
        }
        return best?.language
    }
}

/// Where a language chosen on a page is kept, until the browser is closed or somebody signs out.
enum LanguageCookie {
    static let name = "language"

    static func keeping(_ language: String, secure: Bool) -> Cookie {
        Cookie(name: name, value: language, path: "/", secure: secure, httpOnly: true, sameSite: .lax)
    }

    static func forgetting(secure: Bool) -> Cookie {
        Cookie(name: name, value: "", maxAge: 0, path: "/", secure: secure, httpOnly: true, sameSite: .lax)
    }
}
