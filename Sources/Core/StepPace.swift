/// How much goes into one step: as much as takes about 6 of the 10 milliseconds that a step may take.
package struct StepPace: Sendable {
    package private(set) var limit: Int
    private let isFixed: Bool

    /// Fixed for work that nobody waits beside.
    package init(isFixed: Bool = false) {
        self.isFixed = isFixed
        limit = isFixed ? 2_000 : 20
    }

    package mutating func note(_ spent: Duration, for count: Int) {
        guard !isFixed, count > 0 else { return }
        let milliseconds = max(0.05, spent / .milliseconds(1))
        let fitting = Int(Double(count) * 6 / milliseconds)
        limit = max(1, min(fitting, limit * 2, 1_000))
    }
}
