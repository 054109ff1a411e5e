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

    private func wrap(_ value: Any) -> Any {
        if let text = value as? String { return record.isHTML ? text.escapedForHTML : text }
        if value is Bool || value is Int { return value }
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional: return mirror.children.first.map { wrap($0.value) } ?? Nothing()
        case .collection: return mirror.children.map { wrap($0.value) }
        case .struct where !mirror.children.isEmpty && !(value is any CustomStringConvertible):
            return Scope(mirror, in: record, parent: self)
        default: return record.isHTML ? "\(value)".escapedForHTML : "\(value)"
        }
    }
}

/// A known property without a value.
private struct Nothing: MustacheCustomRenderable {
    var renderText: String { "" }
    var isNull: Bool { true }
}
