import Core
import Rendering

/// A picture of a class: up to 40 students one peg each, above that a bar of shares. Suspended students are in neither.
struct Pegs: Sendable {
    struct Peg: Sendable, Equatable {
        let css: String
        let x: Int
        let y: Int
        let height: Int
    }
    struct Share: Sendable, Equatable {
        let css: String
        /// In thousandths of the bar.
        let x: Int
        let width: Int
    }

    let label: String
    let isPegs: Bool
    let isBar: Bool
    let width: Int
    let pegs: [Peg]
    let shares: [Share]

    /// Who is in comes first, then who is on the way, then who needs the teacher.
    private static let order: [StudentState] = [
        .active, .mailed, .sending, .printed, .handed, .maybe, .ranOut, .notMailed, .noAddress, .locked, .failed,
        .bounced,
    ]

    init(_ counts: StateCounts, _ words: Words) {
        label = Summary.groups(counts, words)
        let total = Summary.total(counts)
        isPegs = (1...40).contains(total)
        isBar = total > 40
        width = isPegs ? 11 * total - 3 : 0
        pegs =
            isPegs
            ? Self.order.flatMap { Array(repeating: $0, count: counts[$0]) }.enumerated().map { index, state in
                let height = Self.height(state.group)
                return Peg(css: StateMark(state, words).css, x: 11 * index, y: 28 - height, height: height)
            } : []
        shares = isBar ? Self.shares(counts, total, words) : []
    }

    private static func height(_ group: StudentState.Group) -> Int {
        switch group {
        case .active: 28
        case .onTheWay: 18
        case .needsYou, .out, .gone: 9
        }
    }

    /// Widths by the running sum, so that they fill the bar without a gap whatever is rounded.
    private static func shares(_ counts: StateCounts, _ total: Int, _ words: Words) -> [Share] {
        var shares: [Share] = []
        var sum = 0
        for state in order where counts[state] > 0 {
            let start = 1_000 * sum / total
            sum += counts[state]
            shares.append(Share(css: StateMark(state, words).css, x: start, width: 1_000 * sum / total - start))
        }
        return shares
    }
}
