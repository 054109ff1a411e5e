import Core
import Rendering

/// Search, tracker and order above the board: a form that only reads.
struct FilterBar: Sendable {
    struct Option: Sendable {
        let value: String
        let name: String
        let isChosen: Bool
    }
    let search: String
    let state: String?
    let trackers: [Option]
    let orders: [Option]

    init(_ filter: StudentFilter, _ trackers: [TrackerName], _ words: Words) {
        search = filter.search
        state = filter.state?.rawValue
        let all = words.plural("Your {count} tracker", "All {count} trackers", trackers.count)
        self.trackers =
            [Option(value: "", name: all, isChosen: filter.tracker == nil)]
            + trackers.map { Option(value: $0.id.description, name: $0.name, isChosen: $0.id == filter.tracker) }
        orders = StudentFilter.Order.allCases.map { order in
            Option(value: order.rawValue, name: Self.name(order, words), isChosen: order == filter.order)
        }
    }

    private static func name(_ order: StudentFilter.Order, _ words: Words) -> String {
        switch order {
        case .need: words("Needs you first")
        case .name: words("By name")
        case .mail: words("Newest mail first")
        }
    }
}
