/// What came back.
package struct Answer: Sendable {
    /// One `Set-Cookie`.
    package struct SetCookie: Sendable, Equatable {
        package let name: String
        package let value: String
        /// In small letters, as `httponly` or `path=/`.
        package let attributes: Set<String>
        package var isGone: Bool { attributes.contains("max-age=0") }
    }

    package let status: Int
    package let headers: [(name: String, value: String)]
    package let body: String

    /// The first value of a header, by its name in small letters.
    package subscript(_ name: String) -> String? { headers.first { $0.name == name }?.value }

    package var location: String? { self["location"] }

    package var cookies: [SetCookie] {
        headers.filter { $0.name == "set-cookie" }.map { header in
            let parts = header.value.split(separator: ";").map { $0.drop { $0 == " " } }
            let pair = (parts.first ?? "").split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return SetCookie(
                name: String(pair.first ?? ""), value: pair.count > 1 ? String(pair[1]) : "",
                attributes: Set(parts.dropFirst().map { $0.lowercased() }))
        }
    }

    /// The value of a hidden field.
    package func hidden(_ name: String) -> String? {
        guard let start = body.firstRange(of: #"<input type="hidden" name="\#(name)" value=""#),
            let end = body[start.upperBound...].firstIndex(of: "\"")
        else { return nil }
        return Self.plain(String(body[start.upperBound..<end]))
    }

    /// The words that a person reads: no tags, blanks closed up.
    package var text: String {
        var text = ""
        var isInTag = false
        for scalar in body.unicodeScalars {
            switch scalar {
            case "<":
                isInTag = true
                text += " "
            case ">" where isInTag: isInTag = false
            default: if !isInTag { text.unicodeScalars.append(scalar) }
            }
        }
        return Self.plain(text).split { $0.isWhitespace }.joined(separator: " ")
    }

    private static func plain(_ text: String) -> String {
        [("&quot;", "\""), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")].reduce(text) { text, pair in
            text.replacing(pair.0, with: pair.1)
        }
    }
}
