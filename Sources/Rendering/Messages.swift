/// All messages of one language. A class, so that what is made from them can be kept by their identity.
final class Messages: Sendable {
    let language: String
    let name: String
    let plural: PluralRule
    /// English message to its forms: one, or one for each plural form.
    let forms: [String: [String]]
    let mark: @Sendable (String) -> String

    init(
        language: String, name: String, plural: PluralRule, forms: [String: [String]],
        mark: @escaping @Sendable (String) -> String = { $0 }
    ) {
        self.language = language
        self.name = name
        self.plural = plural
        self.forms = forms
        self.mark = mark
    }
}
