package import Storage

/// The plain states of design section 3. A student is in exactly one; `Students/StudentState+SQL.swift` names it.
package enum StudentState: String, Sendable, CaseIterable, SQLDecodable {
    case bounced, failed, locked, noAddress, notMailed, maybe, ranOut
    case mailed, sending, printed, handed
    case active
    case suspended
    /// Suspended since they left the roster some time ago: on no list, unless it is asked for.
    case archived

    /// Who has to act.
    package enum Group: Sendable, CaseIterable { case needsYou, onTheWay, active, out, gone }

    package var group: Group {
        switch self {
        case .bounced, .failed, .locked, .noAddress, .notMailed, .maybe, .ranOut: .needsYou
        case .mailed, .sending, .printed, .handed: .onTheWay
        case .active: .active
        case .suspended: .out
        case .archived: .gone
        }
    }

    package static func decode(_ column: String, from row: any Row) throws -> Self? {
        guard let text = try row.text(column) else { return nil }
        guard let state = Self(rawValue: text) else { throw MissingColumn(column) }
        return state
    }
}

/// How many students are in each state.
package struct StateCounts: Sendable, Equatable {
    package private(set) var counts: [StudentState: Int] = [:]
    package init(_ counts: [StudentState: Int] = [:]) { self.counts = counts }
    package subscript(_ state: StudentState) -> Int { counts[state] ?? 0 }
    package subscript(_ group: StudentState.Group) -> Int {
        counts.reduce(0) { $0 + ($1.key.group == group ? $1.value : 0) }
    }
    /// All who stand on lists: everybody but the archived.
    package var total: Int { counts.values.reduce(0, +) - self[.archived] }
    package mutating func add(_ state: StudentState, _ count: Int = 1) { counts[state, default: 0] += count }
}
