/// What a field of a OneRoster object looks like (OneRoster 1.1 section 4; OneRoster 1.2 Rostering Service section 6).
enum JSONForm {
    /// A text, a number, true or false.
    case plain
    /// An object that names another by its id.
    case reference
    case references
    case texts
    case objects

    init(of field: String) {
        self =
            switch field {
            case "org", "primaryOrg", "parent", "school", "class", "user": .reference
            case "orgs", "terms": .references
            case "grades", "periods": .texts
            case "roles": .objects
            default: .plain
            }
    }

    /// What is left out, null, or shorter than the form asks for is an empty field; an id alone stands for a reference.
    func fits(_ value: JSONValue) -> Bool {
        if case .null = value { return true }
        return switch self {
        case .plain: value.isPlain
        case .reference: value.isReference
        case .references: value.isList(of: \.isReference)
        case .texts: value.isPlain || value.isList(of: \.isPlain)
        case .objects: value.isList { if case .object = $0 { true } else { false } }
        }
    }

    /// True for a list of references in which an id holds what divides ids in a file.
    func hasDividedIDs(_ value: JSONValue) -> Bool {
        guard case .references = self, case .array(let values) = value else { return false }
        return values.contains { $0.text.utf8.contains { ",[]".utf8.contains($0) } }
    }
}

extension JSONValue {
    fileprivate var isPlain: Bool {
        switch self {
        case .text, .number, .bool, .null: true
        case .object, .array: false
        }
    }

    fileprivate var isReference: Bool {
        switch self {
        case .text, .number, .null: true
        case .object: self["sourcedId"]?.isPlain ?? false
        case .bool, .array: false
        }
    }

    fileprivate func isList(of fits: (JSONValue) -> Bool) -> Bool {
        guard case .array(let values) = self else { return false }
        return values.allSatisfy(fits)
    }
}
