import Mustache

/// A page as Mustache sees it. A `nil` property is empty instead of falling through to the object around it,
/// and a name that nobody knows is remembered instead of being drawn as nothing.
final class Scope: MustacheParent {
    /// The names that no scope of one page knew.
    final class Record {
        var unknown: Set<String> = []
    }

    private let children: [String: Any]
    private let record: Record
    private let parent: Scope?
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
        if value is String || value is Bool || value is Int { return value }
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional: return mirror.children.first.map { wrap($0.value) } ?? Nothing()
        case .collection: return mirror.children.map { wrap($0.value) }
        case .struct where !mirror.children.isEmpty && !(value is any CustomStringConvertible):
            return Scope(mirror, in: record, parent: self)
        default: return value
        }
    }
}

/// A known property without a value.
private struct Nothing: MustacheCustomRenderable {
    var renderText: String { "" }
    var isNull: Bool { true }
}
