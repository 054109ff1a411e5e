package import Storage

/// How a temporary password is built from its MAC: word list, version and shape. Frozen: whatever changes is a new form.
package enum PasswordForm: String, Sendable, CaseIterable, SQLBindable, SQLDecodable {
    case en1 = "en-1"
    case es1 = "es-1"

    /// The form for new credentials of a student who reads this language, a tag such as `es` or `es-MX`.
    package static func current(language: String) -> Self {
        language.lowercased().split(separator: "-").first == "es" ? .es1 : .en1
    }

    package var sqlValue: SQLValue { .text(rawValue) }
    package static func decode(_ column: String, from row: any Row) throws -> Self? {
        guard let text = try row.text(column) else { return nil }
        guard let form = Self(rawValue: text) else { throw MissingColumn(column) }
        return form
    }
}
