/// A value of a JSON text, of which numbers stay as written.
indirect enum JSONValue: Equatable {
    case object([String: JSONValue])
    case array([JSONValue])
    case text(String)
    case number(String)
    case bool(Bool)
    case null

    subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members[key]
    }

    /// As a column of a file would say it: a reference is the id that it names, a list has commas. `href` is never looked at.
    var text: String {
        switch self {
        case .text(let text): text
        case .number(let digits): digits
        case .bool(let isTrue): isTrue ? "true" : "false"
        case .null: ""
        case .object(let members): members["sourcedId"]?.ownText ?? ""
        case .array(let values): values.map(\.itemText).filter { !$0.isEmpty }.joined(separator: ",")
        }
    }

    private var itemText: String {
        if case .array = self { return "" }
        return text
    }

    private var ownText: String {
        switch self {
        case .object, .array: ""
        default: text
        }
    }
}
