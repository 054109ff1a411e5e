/// The messages of one language. The English sentence is the key; a message that the language lacks is read in English.
package struct Words: Sendable {
    let messages: Messages

    /// English as the sources write it, without a catalog.
    package static let english = Words(
        messages: Messages(language: "en", name: "English", plural: .english, forms: [:]))

    /// The BCP 47 tag, as HTML's `lang` takes it.
    package var language: String { messages.language }

    /// What the language calls itself.
    package var name: String { messages.name }

    /// `ltr` or `rtl`, as HTML's `dir` takes it.
    package var direction: String {
        let base = language.split(separator: "-").first.map(String.init) ?? language
        return ["ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"].contains(base) ? "rtl" : "ltr"
    }

    /// A message. The key is a literal, so that a test can find every message by reading the sources.
    package func callAsFunction(_ message: StaticString) -> String { look(up: "\(message)") }

    /// A message whose named `{placeholders}` are filled in.
    package func callAsFunction(_ message: StaticString, _ values: [String: String]) -> String {
        Self.fill(look(up: "\(message)"), values)
    }

    /// A message that counts; `{count}` is filled in by itself.
    package func plural(
        _ one: StaticString, _ many: StaticString, _ count: Int, _ values: [String: String] = [:]
    ) -> String {
        let key = "\(one)"
        let index = messages.plural.form(of: count)
        let text: String
        if let forms = messages.forms[key], forms.indices.contains(index), forms.count > 1 {
            text = forms[index]
        } else {
            text = messages.mark(count == 1 ? key : "\(many)")
        }
        return Self.fill(text, values.merging(["count": number(count)]) { given, _ in given })
    }

    /// Names one after the other: "Ada, Ben and Cleo".
    package func list(_ names: [String]) -> String {
        guard let last = names.last, names.count > 1 else { return names.first ?? "" }
        let others = names.dropLast().joined(separator: self(", "))
        return self("{others} and {last}", ["others": others, "last": last])
    }

    /// A whole number with the language's separators: "12,480".
    package func number(_ count: Int) -> String {
        let digits = "\(count.magnitude)"
        guard digits.count > 4 else { return "\(count)" }
        let separator = self(",")
        var grouped = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { grouped += separator }
            grouped.append(digit)
        }
        return count < 0 ? "-" + grouped : grouped
    }

    /// A message whose key comes from elsewhere, as a report's reason; what no catalog knows stays as it is.
    package func message(_ key: String, _ values: [String: String] = [:]) -> String { Self.fill(look(up: key), values) }

    func look(up message: String) -> String { messages.forms[message]?.first ?? messages.mark(message) }

    /// Replaces each `{name}` by its value, once: a value that looks like a placeholder stays as it is.
    private static func fill(_ text: String, _ values: [String: String]) -> String {
        var filled = ""
        var rest = text[...]
        while let start = rest.firstIndex(of: "{") {
            filled += rest[..<start]
            rest = rest[start...]
            guard let end = rest.firstIndex(of: "}") else { break }
            let name = String(rest[rest.index(after: start)..<end])
            filled += values[name] ?? String(rest[...end])
            rest = rest[rest.index(after: end)...]
        }
        return filled + rest
    }
}
