package import Storage

/// How much goes into one step: as much as fits into the time that the database gives it.
package struct StepPace: Sendable {
    package private(set) var limit: Int
    private let isFixed: Bool
    private let target: Duration

    /// Fixed for work that nobody waits beside.
    package init(on database: any Database, isFixed: Bool = false) {
        self.isFixed = isFixed
        target = database.step
        limit = isFixed ? 2_000 : 20
    }

    package mutating func note(_ spent: Duration, for count: Int) {
        guard !isFixed, count > 0 else { return }
        let fitting = Int(Double(count) * (target / max(spent, .microseconds(50))))
        limit = max(1, min(fitting, limit * 2, 1_000))
    }
}
