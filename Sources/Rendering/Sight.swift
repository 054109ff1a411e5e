@_spi(Reflection) import Swift

/// What a template can see of a value that lies in memory, known from the value's type alone.
indirect enum Sight: Sendable {
    case text
    case flag
    /// A struct whose stored properties have names.
    case object
    case maybe(any Maybe.Type, Sight)
    case many(any Many.Type, Sight)
    /// Anything else, as Swift describes it.
    case other(@Sendable (UnsafeRawPointer) -> String)

    init(_ type: Any.Type) {
        if type == String.self {
            self = .text
        } else if type == Bool.self {
            self = .flag
        } else if let maybe = type as? any Maybe.Type {
            self = .maybe(maybe, Sight(maybe.inside))
        } else if let many = type as? any Many.Type {
            self = .many(many, Sight(many.inside))
        } else if !(type is any CustomStringConvertible.Type), Self.fields(of: type).first != nil {
            self = .object
        } else {
            self = Self.described(type)
        }
    }

    /// False for what has no text: a struct, an array.
    var isDrawn: Bool {
        switch self {
        case .text, .flag, .other: true
        case .maybe(_, let inside): inside.isDrawn
        case .object, .many: false
        }
    }

    /// The type of what a section is about: an element, what an optional holds. Nil for a section that only asks.
    static func scope(of type: Any.Type) -> Any.Type? {
        if type == Bool.self { return nil }
        if let maybe = type as? any Maybe.Type { return scope(of: maybe.inside) }
        if let many = type as? any Many.Type { return many.inside }
        return type
    }

    /// The stored property of that name: how many bytes behind the beginning of the struct it lies, and its type.
    static func field(_ name: String, of type: Any.Type) -> (offset: Int, type: Any.Type)? {
        fields(of: type).first { $0.name == name }.map { ($0.offset, $0.type) }
    }

    /// The standard library's own table of a struct's stored properties. A `Mirror` reads the same table anew for every value.
    private static func fields(of type: Any.Type) -> [(name: String, offset: Int, type: Any.Type)] {
        var fields: [(String, Int, Any.Type)] = []
        _forEachField(of: type) { name, offset, type, _ in
            fields.append((String(cString: name), offset, type))
            return true
        }
        return fields
    }

    private static func described<Value>(_: Value.Type) -> Sight { .other { "\($0.load(as: Value.self))" } }
}

/// An optional, whatever it may hold.
protocol Maybe: SendableMetatype {
    static var inside: Any.Type { get }
    /// Shows what it holds to the body; false where it holds nothing.
    static func look(at pointer: UnsafeRawPointer, _ body: (UnsafeRawPointer) -> Void) -> Bool
}

extension Optional: Maybe {
    static var inside: Any.Type { Wrapped.self }

    static func look(at pointer: UnsafeRawPointer, _ body: (UnsafeRawPointer) -> Void) -> Bool {
        guard let value = pointer.load(as: Self.self) else { return false }
        withUnsafePointer(to: value) { body(UnsafeRawPointer($0)) }
        return true
    }
}

/// An array, whatever it holds.
protocol Many: SendableMetatype {
    static var inside: Any.Type { get }
    static func isEmpty(at pointer: UnsafeRawPointer) -> Bool
    static func each(at pointer: UnsafeRawPointer, _ body: (UnsafeRawPointer) -> Void)
}

extension Array: Many {
    static var inside: Any.Type { Element.self }

    static func isEmpty(at pointer: UnsafeRawPointer) -> Bool { pointer.load(as: Self.self).isEmpty }

    static func each(at pointer: UnsafeRawPointer, _ body: (UnsafeRawPointer) -> Void) {
        pointer.load(as: Self.self).withUnsafeBufferPointer { elements in
            guard let first = elements.baseAddress else { return }
            for index in elements.indices { body(UnsafeRawPointer(first + index)) }
        }
    }
}
