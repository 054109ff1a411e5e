import Mustache

/// A page as Mustache sees it. A `nil` property is empty instead of falling through to the object around it,
/// and a name that nobody knows is remembered instead of being drawn as nothing. Of an HTML page every value is
/// escaped here, once, whatever braces the template writes.
final class Scope: MustacheParent {
    /// What one page is drawn as, and the names that no scope of it knew.
    final class Record {
        let isHTML: Bool
        var unknown: Set<String> = []
        init(isHTML: Bool) { self.isHTML = isHTML }
    }

    private let children: [String: Any]
    private let record: Record
    /// Unowned, since a scope keeps the scopes inside it; Mustache keeps those around the one that it draws.
    private unowned let parent: Scope?
    /// What was asked for before, so that a layout named in every row is opened once.
    private var wrapped: [String: Any] = [:]

    init(_ mirror: Mirror, in record: Record, parent: Scope? = nil) {
        var children: [String: Any] = [:]
        children.reserveCapacity(mirror.children.count)
        for child in mirror.children {
            if let label = child.label { children[label] = child.value }
        }
        self.children = children
        self.record = record
        self.parent = parent
    }

    func child(named name: String) -> Any? {
        guard let value = children[name] else {
            if !isKnown(name) { record.unknown.insert(name) }
            return nil
        }
        if let known = wrapped[name] { return known }
        let seen = wrap(value)
        wrapped[name] = seen
        return seen
    }

    private func isKnown(_ name: String) -> Bool {
        children[name] != nil || parent?.isKnown(name) == true
    }

    /// Types are compared before anything is cast or mirrored, since both are slow and most values are text.
    private func wrap(_ value: Any) -> Any {
        let type = type(of: value)
        if type == String.self, let text = value as? String { return record.isHTML ? text.escapedForHTML : text }
        if type == Bool.self || type == Int.self { return value }
        if let maybe = value as? any Maybe { return maybe.known.map(wrap) ?? Nothing() }
        if let many = value as? any Many { return many.each.map(wrap) }
        let mirror = Mirror(reflecting: value)
        if mirror.displayStyle == .struct, !mirror.children.isEmpty, !(value is any CustomStringConvertible) {
            return Scope(mirror, in: record, parent: self)
        }
        return record.isHTML ? "\(value)".escapedForHTML : "\(value)"
    }
}

/// An optional, whatever it may hold.
private protocol Maybe { var known: Any? { get } }
extension Optional: Maybe {
    fileprivate var known: Any? { self }
}

/// An array, whatever it holds.
private protocol Many { var each: [Any] { get } }
extension Array: Many {
    fileprivate var each: [Any] { self }
}

/// A known property without a value.
private struct Nothing: MustacheCustomRenderable {
    var renderText: String { "" }
    var isNull: Bool { true }
}
